package org.trustpaybridge.deadletters.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.trustpaybridge.deadletters.Place;
import org.trustpaybridge.deadletters.StoredRecord;

/** Fetches chosen records of a topic one after the other, in the order of their places, and holds no more than one fetch of them. */
final class LetterReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Below that, reading over what is not wanted is cheaper than asking anew. */
    private static final long NEAR = 500;

    private final Consumer<byte[], byte[]> reader;
    private final String topic;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    private TopicPartition partition;

    LetterReader(Consumer<byte[], byte[]> reader, String topic) {
        this.reader = reader;
        this.topic = topic;
    }

    /** @return the record; empty if it is no longer there */
    Optional<StoredRecord> fetch(Place place) {
        TopicPartition wanted = new TopicPartition(topic, place.partition());
        if (!wanted.equals(partition)) {
            fetched.clear();
            reader.assign(List.of(wanted));
            reader.seek(wanted, place.offset());
            partition = wanted;
        }
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            while (!fetched.isEmpty() && fetched.peek().offset() < place.offset()) {
                fetched.remove();
            }
            if (!fetched.isEmpty()) {
                return fetched.peek().offset() == place.offset() ? Optional.of(TopicScan.stored(fetched.remove())) : Optional.empty();
            }
            long position = reader.position(partition);
            if (position > place.offset()) {
                return Optional.empty();
            }
            if (place.offset() - position > NEAR) {
                reader.seek(partition, place.offset());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new TimeoutException("dead letter " + place + " could not be read for " + PATIENCE.toSeconds() + " s");
            }
            reader.poll(POLL).forEach(fetched::add);
        }
    }

    @Override
    public void close() {
        reader.close(Duration.ofSeconds(5));
    }
}
