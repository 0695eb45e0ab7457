package org.trustpaybridge.route;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.OriginalUnreadException;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.delivery.PublishGate.Target;
import org.trustpaybridge.delivery.RetrySchedule;
import org.trustpaybridge.delivery.StuckRecords;
import org.trustpaybridge.delivery.StuckRecords.Kind;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.observe.metrics.RetryReason;
import org.trustpaybridge.outbound.OutgoingRecord;

/**
 * A step failed: the record stays in flight and is passed through again. What was decided for it stands, so nothing is posted twice. What
 * cannot be published is held apart from the others, or published in a smaller form.
 */
public final class KeepForLater implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(KeepForLater.class);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);
    /** Somebody has to change the topic first. */
    private static final Duration ALONE = Duration.ofSeconds(1);
    /** A record larger than that is odd; a topic that takes none of this size takes no other either. */
    private static final int USUAL_SIZE = 16 * 1024;

    private final RetrySchedule schedule;
    private final PublishGate gate;
    private final StuckRecords stuck;
    private final Supplier<CompletableFuture<Void>> caughtUp;
    private final boolean oversizeHeld;
    private final BridgeMetrics metrics;
    private final ThrottledLog seldom;

    /**
     * @param schedule     waits between passes
     * @param gate         told what could not be published
     * @param stuck        told of records that fail alone
     * @param caughtUp     gives what is completed when all that is published now is known
     * @param oversizeHeld whether a dead letter that is too large is held rather than trimmed
     * @param metrics      counts the passes
     * @param nanoTime     monotonic time in nanoseconds
     */
    public KeepForLater(RetrySchedule schedule, PublishGate gate, StuckRecords stuck, Supplier<CompletableFuture<Void>> caughtUp,
                        boolean oversizeHeld, BridgeMetrics metrics, LongSupplier nanoTime) {
        this.schedule = schedule;
        this.gate = gate;
        this.stuck = stuck;
        this.caughtUp = caughtUp;
        this.oversizeHeld = oversizeHeld;
        this.metrics = metrics;
        this.seldom = new ThrottledLog(SAY_AGAIN, nanoTime);
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Throwable cause = caught instanceof ExecutionException ? caught.getCause() : caught;
        Optional<Decision> decision = inFlight.decision();
        if (cause instanceof OriginalUnreadException) {
            holdAlone(exchange, inFlight, Kind.STEP_FAILS, cause.getMessage());
            return;
        }
        PublishFault fault = decision.isPresent() ? PublishFault.of(cause) : PublishFault.NONE;
        String why = describe(cause);
        switch (fault) {
            case NONE -> comeAgain(exchange, inFlight, why);
            case TOO_LARGE -> tooLarge(exchange, inFlight, decision.get(), why);
            case RECORD -> holdAlone(exchange, inFlight, Kind.REFUSED, why);
            case CAME_TOO_LATE -> hold(exchange, inFlight, decision.get(), false, LogEvent.PUBLISHED_LATE, why);
            case TOPIC -> hold(exchange, inFlight, decision.get(), true, LogEvent.STEP_FAILED, why);
            default -> {
                inFlight.perhapsPublished(caughtUp.get());
                hold(exchange, inFlight, decision.get(), false, LogEvent.NOT_ACKNOWLEDGED, why);
            }
        }
    }

    private void comeAgain(Exchange exchange, InFlightRecord inFlight, String why) {
        metrics.retried(RetryReason.STEP_FAILED);
        Duration delay = schedule.delay(inFlight.passes(), Optional.empty());
        stuck.failed(inFlight, Kind.STEP_FAILS, why);
        inFlight.conclude(new Verdict.Later(delay));
        log(LogEvent.STEP_FAILED, exchange, inFlight, why, delay);
    }

    private void tooLarge(Exchange exchange, InFlightRecord inFlight, Decision decision, String why) {
        boolean held = oversizeHeld && decision instanceof Decision.DeadLetter;
        Optional<Decision> smaller = held ? Optional.empty() : decision.smaller();
        if (smaller.isPresent()) {
            // The same in less room goes out at once.
            inFlight.decide(smaller.get());
            inFlight.conclude(new Verdict.Later(Duration.ZERO));
            metrics.retried(RetryReason.TOO_LARGE);
            log(LogEvent.PUBLISHED_SMALLER, exchange, inFlight, why, Duration.ZERO);
        } else if (held) {
            stuck.failed(inFlight, Kind.TOO_LARGE, why);
            metrics.retried(RetryReason.STEP_FAILED);
            inFlight.conclude(new Verdict.Held(gate.failed(Target.LARGE_DEAD_LETTERS, inFlight, why, true).orElseThrow(), true));
        } else if (size(exchange) > USUAL_SIZE) {
            holdAlone(exchange, inFlight, Kind.REFUSED, why);
        } else {
            hold(exchange, inFlight, decision, true, LogEvent.STEP_FAILED, why);
        }
    }

    /** Others may get through, this one cannot. */
    private void holdAlone(Exchange exchange, InFlightRecord inFlight, Kind kind, String why) {
        metrics.retried(RetryReason.STEP_FAILED);
        Duration delay = ALONE.plus(schedule.delay(inFlight.passes(), Optional.empty()));
        stuck.failed(inFlight, kind, why);
        inFlight.conclude(new Verdict.Held(delay, true));
        log(LogEvent.STEP_FAILED, exchange, inFlight, why, delay);
    }

    /** It may be a matter of the topic: then that is told once, and not by every record that it holds. */
    private void hold(Exchange exchange, InFlightRecord inFlight, Decision decision, boolean forAll, LogEvent event, String why) {
        metrics.retried(RetryReason.STEP_FAILED);
        Optional<Duration> closed = gate.failed(Target.of(decision), inFlight, why, forAll);
        Duration delay = closed.orElseGet(() -> schedule.delay(inFlight.passes(), Optional.empty()));
        inFlight.conclude(new Verdict.Held(delay, closed.isPresent()));
        if (closed.isEmpty() || event == LogEvent.NOT_ACKNOWLEDGED) {
            log(event, exchange, inFlight, why, delay);
        }
    }

    private void log(LogEvent event, Exchange exchange, InFlightRecord inFlight, String why, Duration delay) {
        OptionalLong leftOut = seldom.now(event + exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class) + why.split("[: ]", 2)[0]);
        event.on(LOG, leftOut.isPresent())
            .addKeyValue("record", inFlight)
            .addKeyValue("route", exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class))
            .addKeyValue("cause", why)
            .addKeyValue("retry_in_ms", delay.toMillis())
            .addKeyValue("left_out", leftOut.orElse(0))
            .log();
    }

    private static int size(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof OutgoingRecord outgoing ? outgoing.size() : 0;
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
