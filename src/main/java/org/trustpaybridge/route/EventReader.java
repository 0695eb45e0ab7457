package org.trustpaybridge.route;

import java.util.List;
import java.util.Optional;

import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderIdPeek;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.order.mapping.EventMapping;
import org.trustpaybridge.order.mapping.MappingInput;

/**
 * Reads the event of a record when it is fetched. Events of one order id are handled one after the other, in their order, so the id must be
 * known before any of them is: a mapping, which alone knows it, runs here, once for each record. Without a mapping the id is all that is
 * read.
 */
public final class EventReader {

    private final Optional<EventMapping> mapping;

    /** @param mapping makes orders of events of another shape; empty: the event is the order */
    public EventReader(Optional<EventMapping> mapping) {
        this.mapping = mapping;
    }

    /**
     * @param source a record
     * @return what its event is
     */
    public ReadEvent read(SourceRecord source) {
        if (source.excerpt().isPresent()) {
            return new ReadEvent.Unmappable(List.of(new Violation("$", source.excerpt().get().inWords())));
        }
        return mapping.map(program -> program.read(input(source)))
            .orElseGet(() -> new ReadEvent.AsItCame(OrderIdPeek.peek(source.event())));
    }

    /**
     * @param source a record
     * @return its order id, if it can be read
     */
    public Optional<OrderId> orderIdOf(SourceRecord source) {
        return read(source).orderId();
    }

    private static MappingInput input(SourceRecord source) {
        return new MappingInput(source.event(), Optional.of(new MappingInput.Place(source.topic(), source.partition(), source.offset())),
            source.timestamp(), source::keyText, source::headerTexts);
    }
}
