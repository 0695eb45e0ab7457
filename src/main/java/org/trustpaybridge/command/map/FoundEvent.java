package org.trustpaybridge.command.map;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.EventFormat.Decoded;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.order.mapping.MappingInput;

/**
 * An event, and where it was found.
 *
 * @param place {@code line 3}, or {@code order-created-0@17}: topic, partition, offset
 * @param event the event as the rules see it
 * @param input the same as a mapping sees it
 * @param unreadable why its value is in no format that can be read; empty where it can
 */
public record FoundEvent(String place, IncomingEvent event, MappingInput input, List<Violation> unreadable) {

    FoundEvent(String place, IncomingEvent event, MappingInput input) {
        this(place, event, input, List.of());
    }

    /**
     * @param place   where it is in a file
     * @param event   the event
     * @param headers headers of its record
     * @return an event that is not on a topic
     */
    static FoundEvent inFile(String place, IncomingEvent event, Map<String, String> headers) {
        return new FoundEvent(place, event, MappingInput.of(event, headers));
    }

    /** The same event, with a value that was in another format. */
    FoundEvent decoded(Decoded decoded) {
        if (decoded instanceof Decoded.Undecodable undecodable) {
            return new FoundEvent(place, event, input, undecodable.violations());
        }
        IncomingEvent json = ((Decoded.AsJson) decoded).event();
        return new FoundEvent(place, json, new MappingInput(json, input.place(), input.timestamp(), input.key(), input.headers()));
    }

    /** @return the event of a record */
    static FoundEvent of(SourceRecord record) {
        IncomingEvent event = record.event();
        return new FoundEvent(record.toString(), event, new MappingInput(event,
            Optional.of(new MappingInput.Place(record.topic(), record.partition(), record.offset())), record.timestamp(), record::keyText,
            record::headerTexts));
    }
}
