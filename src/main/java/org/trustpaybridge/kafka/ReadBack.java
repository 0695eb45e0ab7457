package org.trustpaybridge.kafka;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.delivery.position.TopicTrace;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PlacedRecord;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.order.OrderId;

/**
 * What was published longer ago than the ledger usually remembers, for as long as records are read that may have been done then. Used by
 * one thread.
 */
public final class ReadBack {

    private static final long BYTES_AN_ORDER = 48;
    private static final long BYTES_A_DEAD_LETTER = 120;
    /** Of the heap, at most one in so many bytes. */
    private static final int SHARE = 3;

    private final Tail outbound;
    private final Tail deadLetters;
    private final PublishedOrders published;
    private final DeadLetteredRecords deadLettered;
    private final Function<SourceRecord, Optional<OrderId>> orderIdOf;
    private Instant since = Instant.MAX;

    /**
     * @param before       reads both topics
     * @param published    filled with the payment URLs
     * @param deadLettered filled with the dead letters
     * @param orderIdOf    reads the order id of a record; throws where that cannot be said yet
     */
    public ReadBack(PublishedBefore before, PublishedOrders published, DeadLetteredRecords deadLettered,
                    Function<SourceRecord, Optional<OrderId>> orderIdOf) {
        this.outbound = before.ledger().tail();
        this.deadLetters = before.deadLetters().tail();
        this.published = published;
        this.deadLettered = deadLettered;
        this.orderIdOf = orderIdOf;
    }

    /** How far back the outbound topic says what was done. */
    TopicTrace outbound(PastReader reader) {
        return reader.trace(outbound.topic());
    }

    /** How far back the dead-letter topic says what was done. */
    TopicTrace deadLetters(PastReader reader) {
        return reader.trace(deadLetters.topic());
    }

    /** Whether what was published since then fits into memory. */
    boolean fits(PastReader reader, Instant time) {
        long bytes = records(reader, outbound.topic(), time) * BYTES_AN_ORDER
            + (reader.trace(deadLetters.topic()).state() == TopicTrace.State.THERE
            ? records(reader, deadLetters.topic(), time) * BYTES_A_DEAD_LETTER : 0);
        return bytes < Runtime.getRuntime().maxMemory() / SHARE;
    }

    private static long records(PastReader reader, String topic, Instant time) {
        Map<TopicPartition, Long> from = reader.offsetsSince(topic, time);
        return reader.ends(from.keySet()).entrySet().stream().mapToLong(end -> Math.max(0, end.getValue() - from.get(end.getKey()))).sum();
    }

    /** Reads what was published since then, unless that was done already. */
    void to(PastReader reader, Instant time) {
        if (!time.isBefore(since)) {
            return;
        }
        published.reachBackTo(time);
        deadLettered.rememberAll(true);
        read(reader, outbound, time);
        if (reader.trace(deadLetters.topic()).state() == TopicTrace.State.THERE) {
            read(reader, deadLetters, time);
        }
        since = time;
    }

    private static void read(PastReader reader, Tail tail, Instant time) {
        Map<TopicPartition, Long> from = reader.offsetsSince(tail.topic(), time);
        reader.read(from, reader.ends(from.keySet()), tail::note);
    }

    /** Nobody needs it any more. */
    void forget() {
        if (since.isBefore(Instant.MAX)) {
            since = Instant.MAX;
            published.reachBackNoFurther();
            deadLettered.rememberAll(false);
        }
    }

    /** Whether a payment URL or a dead letter of this record was published, as far as that was read. */
    boolean done(ConsumerRecord<byte[], byte[]> read) {
        SourceRecord source = KafkaRecords.sourceOf(read);
        return deadLettered.contains(new PlacedRecord(source.partition(), source.offset(), source.keyFingerprint(),
            source.valueFingerprint()),
            source.timestamp())
            || orderIdOf.apply(source).filter(orderId -> published.knows(orderId, source.timestamp())).isPresent();
    }
}
