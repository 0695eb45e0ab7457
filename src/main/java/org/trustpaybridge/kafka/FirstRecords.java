package org.trustpaybridge.kafka;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The first record of each of some partitions, from some offset on. What cannot be read of one says nothing of the others.
 *
 * @param found   by partition; one without a record is left out
 * @param unknown by partition, why nothing is known of its first record
 */
public record FirstRecords(Map<TopicPartition, First> found, Map<TopicPartition, Unknown> unknown) {

    /** Of no partition. */
    static final FirstRecords NONE = new FirstRecords(Map.of(), Map.of());

    /** Copies the maps. */
    public FirstRecords {
        found = Map.copyOf(found);
        unknown = Map.copyOf(unknown);
    }

    /**
     * A first record.
     *
     * @param offset where it lies
     * @param time   its time
     * @param record the record; empty if it cannot be read, and only the broker said how old it is at most
     */
    public record First(long offset, Instant time, Optional<ConsumerRecord<byte[], byte[]>> record) {

        static First of(ConsumerRecord<byte[], byte[]> read) {
            return new First(read.offset(), Instant.ofEpochMilli(read.timestamp()), Optional.of(read));
        }
    }

    /**
     * Why nothing is known of it.
     *
     * @param offset where it lies
     * @param cause  what was thrown; empty while it lies behind an open transaction, where nobody can read it
     */
    public record Unknown(long offset, Optional<Throwable> cause) {

        /** @return in words, as the end of a sentence */
        public String words() {
            return cause.map(thrown -> "cannot be read: " + ReadingFailure.inWords(thrown)).orElse("lies behind an open transaction");
        }
    }
}
