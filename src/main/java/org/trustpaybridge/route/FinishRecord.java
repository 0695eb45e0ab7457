package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.provider.Failure;

/** Kafka has acknowledged what was decided: the record is done with, and one log line says how. */
public final class FinishRecord implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("org.trustpaybridge.Outcome");

    private final Clock clock;

    /** @param clock tells how long the record took */
    public FinishRecord(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        Decision decision = inFlight.decision().orElseThrow(() -> new IllegalStateException("nothing was decided for " + inFlight));
        inFlight.conclude(new Verdict.Finished());
        log(inFlight, decision);
    }

    private void log(InFlightRecord inFlight, Decision decision) {
        boolean published = decision instanceof Decision.PaymentUrl;
        LoggingEventBuilder line = LOG.atInfo()
            .addKeyValue("outcome", published ? "published" : "dead-letter")
            .addKeyValue("order_id", inFlight.orderId().map(OrderId::text).orElse("-"))
            .addKeyValue("record", inFlight)
            .addKeyValue("posts", inFlight.posts())
            .addKeyValue("took_ms", Duration.between(inFlight.fetchedAt(), clock.instant()).toMillis());
        if (decision instanceof Decision.DeadLetter deadLetter) {
            DeadLetterReason reason = deadLetter.reason();
            line.addKeyValue("code", reason.code());
            reason.failure().ifPresent(failure -> line.addKeyValue("http_status", failure.httpStatus()));
            reason.failure().map(Failure::providerErrorCode).ifPresent(code -> code.ifPresent(c -> line.addKeyValue("provider_error_code", c)));
            if (!reason.violations().isEmpty()) {
                line.addKeyValue("violations", reason.violations().size());
            }
        }
        line.log(published ? "Payment URL published" : "Dead letter published");
    }
}
