package org.trustpaybridge.order.mapping;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.trustpaybridge.order.IncomingEvent;

/**
 * A record as a mapping sees it.
 *
 * @param event     its value with the headers that say how to read it
 * @param place     where it stands; empty for an event that is not on a topic
 * @param timestamp time of the record
 * @param key       its key as text; empty without one, or when it is no text
 * @param headers   its headers as text by their names, made when the program asks for them
 */
public record MappingInput(IncomingEvent event, Optional<Place> place, Instant timestamp, Supplier<Optional<String>> key,
                           Supplier<Map<String, String>> headers) {

    /** An event without a record around it, such as one out of a file. */
    public static MappingInput of(IncomingEvent event, Map<String, String> headers) {
        return new MappingInput(event, Optional.empty(), Instant.EPOCH, Optional::empty, () -> headers);
    }

    /** Tells nothing of what is in it. */
    @Override
    public String toString() {
        return "MappingInput[" + event + "]";
    }

    /** Where a record stands. */
    public record Place(String topic, int partition, long offset) {
    }
}
