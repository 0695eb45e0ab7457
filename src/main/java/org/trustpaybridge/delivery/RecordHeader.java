package org.trustpaybridge.delivery;

/**
 * A header of a Kafka record. Not unique by name, and the order counts, so a list of these and not a map carries them.
 *
 * @param name  its name
 * @param value its bytes, or null; not copied, and not to be changed
 */
public record RecordHeader(String name, byte[] value) {

    @Override
    public String toString() {
        return name;
    }
}
