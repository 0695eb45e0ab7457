package org.trustpaybridge.route;

import java.util.List;
import java.util.Optional;

import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.EventFormat;
import org.trustpaybridge.order.EventFormat.Decoded;
import org.trustpaybridge.order.IncomingEvent;
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
    private final Optional<EventFormat> format;

    /** @param mapping makes orders of events of another shape; empty: the event is the order */
    public EventReader(Optional<EventMapping> mapping) {
        this(mapping, Optional.empty());
    }

    /**
     * @param mapping makes orders of events of another shape; empty: the event is the order
     * @param format  how values are written; empty: as JSON
     */
    public EventReader(Optional<EventMapping> mapping, Optional<EventFormat> format) {
        this.mapping = mapping;
        this.format = format;
    }

    /**
     * @param source a record
     * @return what its event is
     */
    public ReadEvent read(SourceRecord source) {
        if (source.excerpt().isPresent()) {
            return new ReadEvent.Unmappable(List.of(new Violation("$", source.excerpt().get().inWords())));
        }
        return format.isPresent() ? read(source, format.get().decode(source.event())) : mapping
            .map(program -> program.read(input(source, source.event())))
            .orElseGet(() -> new ReadEvent.AsItCame(OrderIdPeek.peek(source.event())));
    }

    private ReadEvent read(SourceRecord source, Decoded decoded) {
        if (decoded instanceof Decoded.AsJson json) {
            return mapping.map(program -> program.read(input(source, json.event())))
                .orElseGet(() -> new ReadEvent.Decoded(json.event(), OrderIdPeek.peek(json.event())));
        }
        return decoded instanceof Decoded.Undecodable undecodable ? new ReadEvent.Unmappable(undecodable.violations())
            : new ReadEvent.NotYet();
    }

    /**
     * @param source a record
     * @return its order id, if it can be read
     * @throws SchemaMissingException when that is not known yet
     */
    public Optional<OrderId> orderIdOf(SourceRecord source) {
        ReadEvent read = read(source);
        if (read instanceof ReadEvent.NotYet) {
            throw new SchemaMissingException("the schema of " + source + " is not known yet");
        }
        return read.orderId();
    }

    private static MappingInput input(SourceRecord source, IncomingEvent event) {
        return new MappingInput(event, Optional.of(new MappingInput.Place(source.topic(), source.partition(), source.offset())),
            source.timestamp(), source::keyText, source::headerTexts);
    }
}
