package org.trustpaybridge.route;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.outbound.DeadLetterRecord;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.outbound.PaymentUrlCreated;

/**
 * Makes the record that says what was decided. Nothing of the message so far is left: an answer's header could otherwise name another
 * topic.
 *
 * <p>The record's time is that of the check before it. A process that stood still may send it much later, when another member has published
 * the order; a broker whose topic has {@code message.timestamp.before.max.ms} refuses it then, which no check on this side could.
 */
public final class ComposeRecord implements Processor {

    private final BiFunction<InFlightRecord, SourceRecord, OutgoingRecord> composition;
    private final Function<SourceRecord, Optional<SourceRecord>> originals;
    private final CheckStillOurs again;
    private final BridgeMetrics metrics;

    private ComposeRecord(BiFunction<InFlightRecord, SourceRecord, OutgoingRecord> composition,
                          Function<SourceRecord, Optional<SourceRecord>> originals, CheckStillOurs again, BridgeMetrics metrics) {
        this.composition = composition;
        this.originals = originals;
        this.again = again;
        this.metrics = metrics;
    }

    /**
     * @param metrics told that publishing begins
     * @return composes the event that a payment URL was created
     */
    public static ComposeRecord paymentUrl(BridgeMetrics metrics) {
        return new ComposeRecord((inFlight, source) ->
            PaymentUrlCreated.of(source, decision(inFlight, Decision.PaymentUrl.class), inFlight.trace()), Optional::of, null, metrics);
    }

    /**
     * @param originals reads a record again of which only the beginning was kept
     * @param again     asked once more after that, as it takes its time
     * @param metrics   told that publishing begins
     * @return composes the dead letter; of what is gone from its topic, with the beginning that was kept
     */
    public static ComposeRecord deadLetter(Function<SourceRecord, Optional<SourceRecord>> originals, CheckStillOurs again,
                                           BridgeMetrics metrics) {
        return new ComposeRecord((inFlight, source) -> DeadLetterRecord.of(inFlight, source, decision(inFlight, Decision.DeadLetter.class)),
            originals, again, metrics);
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        SourceRecord source = inFlight.source();
        if (inFlight.isBrief()) {
            Optional<SourceRecord> original = originals.apply(source);
            InFlight.originalGone(exchange, original.isEmpty());
            again.process(exchange);
            if (exchange.isRouteStop()) {
                return;
            }
            source = original.orElse(source);
        }
        metrics.begins(inFlight);
        OutgoingRecord outgoing = composition.apply(inFlight, source);
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
