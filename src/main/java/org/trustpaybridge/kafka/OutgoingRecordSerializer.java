package org.trustpaybridge.kafka;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.outbound.OutgoingRecord;

/**
 * Writes a record's value, and its headers just as they are listed. Camel's headers are a map of names that differ by more than case, so
 * they could not carry a dead letter's headers unchanged; a serializer is where Kafka itself lets a value bring headers along.
 */
public final class OutgoingRecordSerializer implements Serializer<OutgoingRecord> {

    @Override
    public byte[] serialize(String topic, OutgoingRecord outgoing) {
        return outgoing == null ? null : outgoing.value();
    }

    @Override
    public byte[] serialize(String topic, Headers headers, OutgoingRecord outgoing) {
        if (outgoing == null) {
            return null;
        }
        for (RecordHeader header : outgoing.headers()) {
            headers.add(header.name(), header.value());
        }
        return outgoing.value();
    }
}
