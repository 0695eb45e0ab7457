package org.trustpaybridge.route;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.RetrySchedule;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.metrics.BridgeMetrics;
import org.trustpaybridge.metrics.RetryReason;

/** A step failed: the record stays in flight and is passed through again. What was decided for it stands, so nothing is posted twice. */
public final class KeepForLater implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(KeepForLater.class);

    private final RetrySchedule schedule;
    private final BridgeMetrics metrics;

    /**
     * @param schedule waits between passes
     * @param metrics  counts them
     */
    public KeepForLater(RetrySchedule schedule, BridgeMetrics metrics) {
        this.schedule = schedule;
        this.metrics = metrics;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Throwable cause = caught instanceof ExecutionException ? caught.getCause() : caught;
        Optional<Decision> smaller = tooLarge(cause) ? inFlight.decision().flatMap(Decision::smaller) : Optional.empty();
        if (smaller.isPresent()) {
            publishSmaller(inFlight, smaller.get(), cause);
            return;
        }
        Duration delay = schedule.delay(inFlight.passes(), Optional.empty());
        inFlight.conclude(new Verdict.Later(delay));
        metrics.retried(RetryReason.STEP_FAILED);
        (cameTooLate(cause) ? LogEvent.PUBLISHED_LATE : LogEvent.STEP_FAILED).on(LOG)
            .addKeyValue("record", inFlight)
            .addKeyValue("route", exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class))
            .addKeyValue("cause", describe(cause))
            .addKeyValue("retry_in_ms", delay.toMillis())
            .log();
    }

    /** The same in less room goes out at once. */
    private void publishSmaller(InFlightRecord inFlight, Decision smaller, Throwable cause) {
        inFlight.decide(smaller);
        inFlight.conclude(new Verdict.Later(Duration.ZERO));
        metrics.retried(RetryReason.TOO_LARGE);
        LogEvent.PUBLISHED_SMALLER.on(LOG)
            .addKeyValue("record", inFlight)
            .addKeyValue("bytes", inFlight.source().size())
            .addKeyValue("cause", describe(cause))
            .log();
    }

    /** The client itself refuses what is larger than its buffer, a broker what is larger than the topic, or than a segment of it. */
    static boolean tooLarge(Throwable cause) {
        return cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException;
    }

    /**
     * A broker refuses whole batches, and of a record in one of them the client (kafka-clients 3.9.2) says in no more than its message that
     * it came too late, or that it was in a batch with one that did.
     */
    static boolean cameTooLate(Throwable cause) {
        return cause instanceof InvalidTimestampException
            || cause instanceof InvalidRecordException && cause.getMessage().startsWith("Timestamp ")
            || cause instanceof KafkaException && String.valueOf(cause.getMessage()).contains("part of a batch");
    }

    /** Kafka's messages name topics and sizes. Those of other exceptions could quote an order, so only their place is named. */
    private static String describe(Throwable cause) {
        if (cause instanceof KafkaException) {
            return cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
        StackTraceElement[] trace = cause == null ? new StackTraceElement[0] : cause.getStackTrace();
        return cause == null ? "unknown" : cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
