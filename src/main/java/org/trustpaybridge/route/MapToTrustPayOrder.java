package org.trustpaybridge.route;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.Repair;
import org.trustpaybridge.order.Violation;

/** Maps the event, or what the mapping made of it, to the TrustPay order, which becomes the body. An event that is none is refused with all its violations. */
public final class MapToTrustPayOrder implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(MapToTrustPayOrder.class);

    private final OrderMapper mapper;
    private final Clock clock;
    private final BridgeMetrics metrics;
    private final Set<String> doubts = ConcurrentHashMap.newKeySet();

    /**
     * @param mapper the mapping
     * @param clock  tells when a violation was found
     * @param metrics counts repairs
     */
    public MapToTrustPayOrder(OrderMapper mapper, Clock clock, BridgeMetrics metrics) {
        this.mapper = mapper;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @throws InvalidEventException when the event cannot become an order; the record then knows why */
    @Override
    public void process(Exchange exchange) throws InvalidEventException {
        InFlightRecord inFlight = InFlight.of(exchange);
        Mapping mapping = inFlight.read() instanceof ReadEvent.Mapped mapped ? mapper.map(mapped) : mapper.map(inFlight.source().event());
        if (mapping instanceof Mapping.Refused refused) {
            DeadLetterReason reason = DeadLetterReason.invalidEvent(refused.violations());
            inFlight.decide(new Decision.DeadLetter(reason, clock.instant()));
            throw new InvalidEventException(reason);
        }
        Mapping.Accepted accepted = (Mapping.Accepted) mapping;
        if (inFlight.passes() == 1) {
            accepted.warnings().forEach(warning -> warn(inFlight, accepted.orderId(), warning));
            if (!accepted.repairs().isEmpty()) {
                tellRepairs(inFlight, accepted);
            }
        }
        exchange.getMessage().setBody(accepted.order());
    }

    /** What was changed is said for each order. What is doubtful is the same for all orders of a shop, so it is said once. */
    private void warn(InFlightRecord inFlight, OrderId orderId, Violation warning) {
        boolean changed = warning.field().endsWith("description");
        LogEvent event = changed ? LogEvent.ORDER_SENT_CHANGED : LogEvent.ORDER_SENT_DOUBTED;
        event.on(LOG, changed || doubts.add(warning.field()))
            .addKeyValue("order_id", orderId).addKeyValue("record", inFlight).addKeyValue("field", warning.field())
            .addArgument(warning.problem()).log();
    }

    /** One line for all of them: which members, and what was done to each. */
    private void tellRepairs(InFlightRecord inFlight, Mapping.Accepted accepted) {
        accepted.repairs().forEach(metrics::repaired);
        LogEvent.ORDER_SENT_REPAIRED.on(LOG).addKeyValue("order_id", accepted.orderId()).addKeyValue("record", inFlight)
            .addKeyValue("repairs", accepted.repairs().stream().map(Repair::toString).collect(Collectors.joining(" ")))
            .log();
    }
}
