package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what lies behind an open transaction, which a reader of committed records cannot. There, and as long as that lasts, those records
 * are believed that only a bridge writes: a bridge writes in no transaction, so they are as good as committed. What others wrote is left to
 * the reader of committed records, which gets to it when the transaction has ended.
 *
 * <p>For one thread.
 */
final class HeldRecords implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** Common transactions are over sooner. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Properties properties = new Properties();
    private final Tail tail;
    private final Map<TopicPartition, Stand> stands = new HashMap<>();
    private KafkaConsumer<byte[], byte[]> consumer;

    /** @param properties of a reader */
    HeldRecords(Properties properties, Tail tail) {
        this.tail = tail;
        this.properties.putAll(properties);
        this.properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_UNCOMMITTED.toString()
            .toLowerCase(java.util.Locale.ROOT));
        this.properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    }

    /** Whether something is read here at the moment. */
    boolean any() {
        return consumer != null;
    }

    /** How far a partition is read, by the reader of committed records or here. */
    long position(KafkaConsumer<byte[], byte[]> reading, TopicPartition partition) {
        long committed = reading.position(partition, ANSWER);
        return any() && consumer.assignment().contains(partition) ? Math.max(committed, consumer.position(partition, ANSWER)) : committed;
    }

    /**
     * Reads on. A partition is read here once the reader of committed records has stood still for a while before its end, and until that
     * one is as far as this.
     *
     * @param reading the reader of committed records
     * @param ends    ends of the topic that are to be reached
     */
    void follow(KafkaConsumer<byte[], byte[]> reading, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> from = new HashMap<>();
        ends.forEach((partition, end) -> {
            long committed = reading.position(partition, ANSWER);
            Stand stand = stands.get(partition);
            if (stand == null || stand.position != committed) {
                stands.put(partition, new Stand(committed, System.nanoTime()));
            } else if (committed < end && System.nanoTime() - stand.since > PATIENCE.toNanos()) {
                from.put(partition, committed);
            }
        });
        assign(from);
        if (any()) {
            consumer.poll(Duration.ZERO).forEach(record -> {
                if (tail.ofBridge(record)) {
                    tail.note(record);
                }
            });
        }
    }

    private void assign(Map<TopicPartition, Long> from) {
        if (from.isEmpty()) {
            close();
            return;
        }
        if (consumer == null) {
            consumer = new BoundedConsumer(properties);
        }
        if (!consumer.assignment().equals(from.keySet())) {
            Map<TopicPartition, Long> positions = new HashMap<>(from);
            consumer.assignment().forEach(partition -> positions.computeIfPresent(partition,
                (known, start) -> Math.max(start, consumer.position(known, ANSWER))));
            consumer.assign(positions.keySet());
            positions.forEach(consumer::seek);
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(Duration.ZERO);
            consumer = null;
        }
    }

    private record Stand(long position, long since) {
    }
}
