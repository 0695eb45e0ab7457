package org.trustpaybridge.route;

import java.time.Clock;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.outbound.PaymentStatusChanged;

/** Makes the event of a change. Its record has the time of the decision: a topic with a time limit refuses what comes much later. */
public final class ComposeStatus implements Processor {

    private final Clock clock;

    /** @param clock wall clock */
    public ComposeStatus(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Notice notice = Notice.of(exchange);
        OutgoingRecord outgoing = PaymentStatusChanged.of(notice.report(), notice.before(), notice.source(), notice.at());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(KafkaConstants.KEY, outgoing.key());
        exchange.getMessage().setHeader(KafkaConstants.OVERRIDE_TIMESTAMP, clock.millis());
        exchange.getMessage().setBody(outgoing);
    }
}
