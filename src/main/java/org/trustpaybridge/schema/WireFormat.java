package org.trustpaybridge.schema;

import java.nio.ByteBuffer;
import java.util.Optional;

import org.trustpaybridge.order.EventFormat.Decoded.Undecodable;
import org.trustpaybridge.order.IncomingEvent;

/**
 * How a value names its schema, as Confluent's serializers write it: a byte 0, the schema's id in four bytes, and then the value itself.
 */
final class WireFormat {

    /** Magic byte and id. */
    static final int PREFIX = 5;

    private static final int MAGIC = 0;
    private static final String EXPECTED = "the byte 0 and the id of a schema, as schema-registry.url is set";

    private WireFormat() {
    }

    /** Why a value names no schema; empty where it does. */
    static Optional<Undecodable> problem(byte[] value) {
        if (value.length > IncomingEvent.MAX_BYTES) {
            return Optional.of(Undecodable.of("$", value.length + " bytes", "at most " + IncomingEvent.MAX_BYTES));
        }
        if (value.length < PREFIX) {
            return Optional.of(Undecodable.of("$", "a value of " + value.length + (value.length == 1 ? " byte" : " bytes"), EXPECTED));
        }
        if (value[0] == MAGIC) {
            // Registries count from 1 in a signed number, and none can be asked for one below 0.
            return schemaId(value) >= 0 ? Optional.empty()
                : Optional.of(Undecodable.of("$", "the schema id " + Integer.toUnsignedString(schemaId(value)), "at most "
                    + Integer.MAX_VALUE));
        }
        boolean json = value[0] == '{' || value[0] == '[';
        return Optional.of(Undecodable.of("$", "a value that begins with the byte 0x%02X".formatted(value[0] & 0xff)
            + (json ? ", as JSON without a schema does" : ""), EXPECTED));
    }

    /** Not negative where there is no {@link #problem}. */
    static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    }
}
