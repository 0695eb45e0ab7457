package org.trustpaybridge.route;

import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.outbound.DeadLetterRecord;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.outbound.PaymentUrlCreated;

/**
 * Makes the record that says what was decided. Nothing of the message so far is left: an answer's header could otherwise name another topic.
 *
 * <p>The record's time is that of the check before it. A process that stood still may send it much later, when another member has published
 * the order; a broker whose topic has {@code message.timestamp.before.max.ms} refuses it then, which no check on this side could.
 */
public final class ComposeRecord implements Processor {

    private final Function<InFlightRecord, OutgoingRecord> composition;
    private final BridgeMetrics metrics;

    private ComposeRecord(Function<InFlightRecord, OutgoingRecord> composition, BridgeMetrics metrics) {
        this.composition = composition;
        this.metrics = metrics;
    }

    /**
     * @param metrics told that publishing begins
     * @return composes the event that a payment URL was created
     */
    public static ComposeRecord paymentUrl(BridgeMetrics metrics) {
        return new ComposeRecord(inFlight ->
            PaymentUrlCreated.of(inFlight.source(), decision(inFlight, Decision.PaymentUrl.class), inFlight.trace()), metrics);
    }

    /**
     * @param metrics told that publishing begins
     * @return composes the dead letter
     */
    public static ComposeRecord deadLetter(BridgeMetrics metrics) {
        return new ComposeRecord(inFlight -> DeadLetterRecord.of(inFlight, decision(inFlight, Decision.DeadLetter.class)), metrics);
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        metrics.begins(inFlight);
        OutgoingRecord outgoing = composition.apply(inFlight);
        exchange.getMessage().removeHeaders("*");
        if (outgoing.key() != null) {
            exchange.getMessage().setHeader(KafkaConstants.KEY, outgoing.key());
        }
        exchange.getMessage().setHeader(KafkaConstants.OVERRIDE_TIMESTAMP, InFlight.checkedAt(exchange).toEpochMilli());
        exchange.getMessage().setBody(outgoing);
    }

    private static <D extends Decision> D decision(InFlightRecord inFlight, Class<D> kind) {
        return inFlight.decision().filter(kind::isInstance).map(kind::cast)
            .orElseThrow(() -> new IllegalStateException(kind.getSimpleName() + " was not decided for " + inFlight));
    }
}
