package org.trustpaybridge.route;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
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
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.order.Violation;

/**
 * Maps the event, or what the mapping made of it, to the TrustPay order, which becomes the body. Decides for an event that is none: it
 * becomes a dead letter with all its violations.
 */
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

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        // Asked for once: where memory is needed it is forgotten at any moment.
        Optional<TrustPayOrder> mapped = inFlight.mapped();
        if (mapped.isPresent()) {
            exchange.getMessage().setBody(mapped.get());
        } else if (inFlight.decision().isEmpty()) {
            map(exchange, inFlight);
        }
    }

    private void map(Exchange exchange, InFlightRecord inFlight) {
        Mapping mapping = map(inFlight);
        if (mapping instanceof Mapping.Refused refused) {
            inFlight.decide(new Decision.DeadLetter(DeadLetterReason.invalidEvent(refused.violations()), clock.instant()));
            InFlight.showDecision(exchange);
            return;
        }
        Mapping.Accepted accepted = (Mapping.Accepted) mapping;
        if (inFlight.passes() == 1) {
            accepted.changes().forEach(change -> tell(LogEvent.ORDER_SENT_CHANGED.on(LOG), inFlight, accepted.orderId(), change));
            accepted.doubts().forEach(doubt -> tell(LogEvent.ORDER_SENT_DOUBTED.on(LOG, doubts.add(doubt.field())), inFlight,
                accepted.orderId(), doubt));
            if (!accepted.repairs().isEmpty()) {
                tellRepairs(inFlight, accepted);
            }
        }
        inFlight.mapped(accepted.order());
        exchange.getMessage().setBody(accepted.order());
    }

    private Mapping map(InFlightRecord inFlight) {
        if (inFlight.read() instanceof ReadEvent.Mapped mapped) {
            return mapper.map(mapped);
        }
        return mapper.map(inFlight.read() instanceof ReadEvent.Decoded decoded ? decoded.event() : inFlight.source().event());
    }

    /** What was changed is said for each order. What is doubtful is the same for all orders of a shop, so it is said once. */
    private static void tell(LoggingEventBuilder line, InFlightRecord inFlight, OrderId orderId, Violation warning) {
        line.addKeyValue("order_id", orderId).addKeyValue("record", inFlight).addKeyValue("field", warning.field())
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
