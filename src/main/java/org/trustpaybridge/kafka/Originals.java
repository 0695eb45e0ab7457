package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.delivery.OriginalUnreadException;
import org.trustpaybridge.delivery.SourceRecord;

/**
 * Reads a record of the inbound topic once more, of which only the beginning was kept while it was held. One at a time, and nothing else
 * beside it, so that it takes the memory of one record however many are held.
 */
public final class Originals implements Function<SourceRecord, Optional<SourceRecord>>, AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    private Properties properties;
    private KafkaConsumer<byte[], byte[]> consumer;
    private boolean closed;

    /** Knows from here on how Kafka is reached: with the properties of a consumer of the group. */
    synchronized void start(Properties ofGroup) {
        if (properties == null) {
            Properties made = ClientDefaults.ofReader(ofGroup);
            made.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            made.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            made.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
            // It was read as committed before.
            made.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_UNCOMMITTED.toString().toLowerCase(Locale.ROOT));
            made.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
            // The batch that it is in comes whatever is said here.
            made.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1);
            made.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
            properties = made;
        }
    }

    /**
     * @param brief what was kept of the record
     * @return the record as it came; empty when it is gone for good: deleted, compacted, or of a topic that was made anew
     * @throws OriginalUnreadException when that cannot be known at the moment
     */
    @Override
    public synchronized Optional<SourceRecord> apply(SourceRecord brief) {
        if (properties == null || closed) {
            throw new OriginalUnreadException("The record cannot be read again, as the bridge stops", null);
        }
        try {
            return find(brief);
        } catch (InvalidOffsetException e) {
            leave();
            return Optional.empty();
        } catch (OriginalUnreadException e) {
            throw e;
        } catch (RuntimeException e) {
            leave();
            throw new OriginalUnreadException("The record cannot be read again: " + ReadingFailure.inWords(e), e);
        }
    }

    private Optional<SourceRecord> find(SourceRecord brief) {
        if (consumer == null) {
            consumer = new BoundedConsumer(properties);
        }
        TopicPartition partition = new TopicPartition(brief.topic(), brief.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, brief.offset());
        try {
            long until = System.nanoTime() + ANSWER.toNanos();
            while (System.nanoTime() - until < 0 || BoundedConsumer.looking(consumer)) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    return Optional.of(KafkaRecords.sourceOf(found)).filter(whole -> whole.isWholeOf(brief));
                }
                if (consumer.position(partition, POLL) > brief.offset()) {
                    return Optional.empty();
                }
            }
        } finally {
            // What else came with it is not to be kept.
            consumer.unsubscribe();
        }
        throw new OriginalUnreadException("The record cannot be read again: Kafka gave nothing for " + ANSWER.toSeconds() + " s", null);
    }

    private void leave() {
        if (consumer != null) {
            KafkaConsumer<byte[], byte[]> closing = consumer;
            consumer = null;
            closing.close(Duration.ZERO);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        leave();
    }
}
