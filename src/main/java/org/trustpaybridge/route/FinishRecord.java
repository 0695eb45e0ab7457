package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.Excerpt;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.provider.Failure;

/** Nothing is left to do for the record, Kafka has acknowledged what was decided: one log line says how it ended. */
public final class FinishRecord implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("org.trustpaybridge.Outcome");
    /** Name that Camel gives the header with the places of what was published. */
    private static final String METADATA = "kafka.RECORD_META";

    private final PublishedOrders published;
    private final PublishGate gate;
    private final Clock clock;
    private final BridgeMetrics metrics;

    /**
     * @param published told of a payment URL before the next record of the same order id is looked at
     * @param gate      told that a topic takes records
     * @param clock     tells how long the record took
     * @param metrics   told of each record that is done with
     */
    public FinishRecord(PublishedOrders published, PublishGate gate, Clock clock, BridgeMetrics metrics) {
        this.published = published;
        this.gate = gate;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        Decision decision = inFlight.decision().orElseThrow(() -> new IllegalStateException("nothing was decided for " + inFlight));
        if (decision instanceof Decision.PaymentUrl payment) {
            published.add(payment.order().orderId(), payment.order().money(), clock.instant());
        }
        inFlight.conclude(new Verdict.Finished());
        // A repeat of what Kafka had, and only did not say so in time, was published too.
        if (decision instanceof Decision.PaymentUrl || decision instanceof Decision.DeadLetter) {
            gate.published(PublishGate.Target.of(decision), inFlight);
        } else if (decision instanceof Decision.Repeat repeat && inFlight.certainty().isPresent()) {
            gate.published(repeat.of() == Decision.Repeat.Of.DEAD_LETTER ? PublishGate.Target.DEAD_LETTERS
                : PublishGate.Target.PAYMENT_URLS,
                inFlight);
        }
        metrics.finished(inFlight, decision);
        log(inFlight, decision);
        if (decision instanceof Decision.DeadLetter) {
            inFlight.source().excerpt().filter(Excerpt::tooLarge).ifPresent(excerpt -> logPlace(LogEvent.RECORD_TOO_LARGE, exchange,
                excerpt));
            inFlight.source().excerpt().filter(excerpt -> InFlight.originalGone(exchange))
                .ifPresent(excerpt -> logPlace(LogEvent.ORIGINAL_GONE, exchange, excerpt));
        }
    }

    private static void logPlace(LogEvent event, Exchange exchange, Excerpt excerpt) {
        event.on(LOG).addKeyValue("record", InFlight.of(exchange)).addKeyValue("bytes", excerpt.bytes())
            .addKeyValue("letter", published(exchange)).log();
    }

    private void log(InFlightRecord inFlight, Decision decision) {
        LoggingEventBuilder line = event(decision).on(LOG)
            .addKeyValue("outcome", outcome(decision))
            .addKeyValue("order_id", inFlight.orderId().map(OrderId::text).orElse("-"))
            .addKeyValue("record", inFlight)
            .addKeyValue("posts", inFlight.posts())
            .addKeyValue("took_ms", Duration.between(inFlight.fetchedAt(), clock.instant()).toMillis());
        if (decision instanceof Decision.DeadLetter deadLetter) {
            DeadLetterReason reason = deadLetter.reason();
            line = line.addKeyValue("code", reason.code());
            if (reason.failure().isPresent()) {
                Failure failure = reason.failure().get();
                line = line.addKeyValue("http_status", failure.httpStatus());
                if (failure.providerErrorCode().isPresent()) {
                    line = line.addKeyValue("provider_error_code", failure.providerErrorCode().getAsInt());
                }
            }
            if (!reason.violations().isEmpty()) {
                line = line.addKeyValue("violations", reason.violations().size());
            }
        }
        line.log();
    }

    /** Camel says it in a header. */
    private static String published(Exchange exchange) {
        Object metadata = exchange.getMessage().getHeader(METADATA);
        return metadata instanceof List<?> list && !list.isEmpty() ? String.valueOf(list.get(0)) : "-";
    }

    private static String outcome(Decision decision) {
        if (decision instanceof Decision.Repeat) {
            return "repeat";
        }
        if (decision instanceof Decision.Skipped) {
            return "skipped";
        }
        return decision instanceof Decision.PaymentUrl ? "published" : "dead-letter";
    }

    private static LogEvent event(Decision decision) {
        if (decision instanceof Decision.Repeat repeat) {
            return repeat.of() == Decision.Repeat.Of.PAYMENT_URL ? LogEvent.REPEAT_SKIPPED : LogEvent.DEAD_LETTER_REPEAT_SKIPPED;
        }
        if (decision instanceof Decision.Skipped) {
            return LogEvent.EVENT_SKIPPED;
        }
        return decision instanceof Decision.PaymentUrl ? LogEvent.PAYMENT_URL_PUBLISHED : LogEvent.DEAD_LETTER_PUBLISHED;
    }
}
