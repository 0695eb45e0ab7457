package org.trustpaybridge.command.map;

import java.util.Optional;

import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.mapping.EventMapping;

/** The way from an event to its order: a mapping, if there is one, and the rules. */
final class EventToOrder {

    private final Optional<EventMapping> mapping;
    private final OrderMapper mapper;

    /**
     * @param mapping makes orders of events of another shape; empty: the event is the order
     * @param rules   for orders
     */
    EventToOrder(Optional<EventMapping> mapping, MappingRules rules) {
        this.mapping = mapping;
        this.mapper = new OrderMapper(rules);
    }

    /** What the mapping makes of an event. */
    ReadEvent read(FoundEvent event) {
        if (!event.unreadable().isEmpty()) {
            return new ReadEvent.Unmappable(event.unreadable());
        }
        return mapping.map(program -> program.read(event.input())).orElse(new ReadEvent.AsItCame(Optional.empty()));
    }

    /** What becomes of that; null where the event is skipped. */
    Mapping map(FoundEvent event, ReadEvent read) {
        if (read instanceof ReadEvent.Mapped mapped) {
            return mapper.map(mapped);
        }
        if (read instanceof ReadEvent.Unmappable unmappable) {
            return new Mapping.Refused(Optional.empty(), unmappable.violations());
        }
        return read instanceof ReadEvent.NotForTrustPay ? null : mapper.map(event.event());
    }

    Mapping map(FoundEvent event) {
        return map(event, read(event));
    }
}
