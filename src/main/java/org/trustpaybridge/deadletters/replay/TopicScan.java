package org.trustpaybridge.deadletters.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.trustpaybridge.deadletters.Place;
import org.trustpaybridge.deadletters.StoredRecord;
import org.trustpaybridge.kafka.screen.Excerpts;

/** Reads topics up to the ends that they have when the reading begins, one record after the other, without a group and without a commit. */
public final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);
    /** How long nothing may come from a broker that has more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Consumer<byte[], byte[]>> readers;
    private final Watcher watcher;
    private final StopRequest stop;

    /**
     * @param readers makes consumers that are in no group and cannot commit
     * @param watcher told how far it is
     * @param stop    ends the reading early
     */
    public TopicScan(Supplier<Consumer<byte[], byte[]>> readers, Watcher watcher, StopRequest stop) {
        this.readers = readers;
        this.watcher = watcher;
        this.stop = stop;
    }

    /**
     * Reads a topic from its beginning.
     *
     * @param topic a topic
     * @param each  takes the records
     */
    public void whole(String topic, java.util.function.Consumer<StoredRecord> each) {
        try (Consumer<byte[], byte[]> reader = readers.get()) {
            List<TopicPartition> partitions = partitions(reader, topic);
            read(reader, topic, reader.beginningOffsets(partitions), reader.endOffsets(partitions), each);
        }
    }

    /**
     * Reads parts of a topic.
     *
     * @param topic a topic
     * @param from  partitions to read, each from this offset, or its first one if that is higher
     * @param held  told first which offsets each partition of the topic holds
     * @param each  takes the records
     */
    public void from(String topic, Map<Integer, Long> from, RangeListener held, java.util.function.Consumer<StoredRecord> each) {
        try (Consumer<byte[], byte[]> reader = readers.get()) {
            List<TopicPartition> partitions = partitions(reader, topic);
            Map<TopicPartition, Long> first = reader.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            partitions.forEach(partition -> held.range(partition.partition(), first.get(partition), ends.get(partition)));
            Map<TopicPartition, Long> starts = new HashMap<>();
            first.forEach((partition, offset) -> Optional.ofNullable(from.get(partition.partition()))
                .ifPresent(wanted -> starts.put(partition, Math.max(wanted, offset))));
            read(reader, topic, starts, ends, each);
        }
    }

    /**
     * Reads one record.
     *
     * @param topic a topic
     * @param place where it stands
     * @return the record; empty if there is none at that place
     */
    public Optional<StoredRecord> at(String topic, Place place) {
        List<StoredRecord> found = new ArrayList<>(1);
        try (Consumer<byte[], byte[]> reader = readers.get()) {
            TopicPartition partition = new TopicPartition(topic, place.partition());
            if (partitions(reader, topic).contains(partition)) {
                long first = reader.beginningOffsets(List.of(partition)).get(partition);
                long end = reader.endOffsets(List.of(partition)).get(partition);
                if (place.offset() >= first && place.offset() < end) {
                    read(reader, topic, Map.of(partition, place.offset()), Map.of(partition, place.offset() + 1), found::add);
                }
            }
        }
        return found.stream().findFirst();
    }

    /** @return the partitions of a topic; at least one */
    static List<TopicPartition> partitions(Consumer<byte[], byte[]> reader, String topic) {
        List<PartitionInfo> infos = reader.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return infos.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    }

    private void read(Consumer<byte[], byte[]> reader, String topic, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends,
                      java.util.function.Consumer<StoredRecord> each) {
        List<TopicPartition> open = new ArrayList<>(starts.keySet());
        open.removeIf(partition -> starts.get(partition) >= ends.get(partition));
        long total = open.stream().mapToLong(partition -> ends.get(partition) - starts.get(partition)).sum();
        long left = total;
        reader.assign(open);
        open.forEach(partition -> reader.seek(partition, starts.get(partition)));
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!open.isEmpty() && !stop.requested()) {
            for (ConsumerRecord<byte[], byte[]> got : reader.poll(POLL)) {
                if (got.offset() < ends.get(new TopicPartition(got.topic(), got.partition()))) {
                    each.accept(stored(got));
                }
            }
            long now = open.stream().mapToLong(partition -> Math.max(0, ends.get(partition) - reader.position(partition))).sum();
            if (now < left) {
                left = now;
                deadline = Instant.now().plus(PATIENCE);
                watcher.progress("Reading " + topic, total - left, total);
            } else if (Instant.now().isAfter(deadline)) {
                throw new TimeoutException("nothing more came of topic " + topic + " for " + PATIENCE.toSeconds() + " s");
            }
            if (open.removeIf(partition -> reader.position(partition) >= ends.get(partition))) {
                reader.assign(open);
            }
        }
    }

    static StoredRecord stored(ConsumerRecord<byte[], byte[]> got) {
        return new StoredRecord(new Place(got.partition(), got.offset()), Instant.ofEpochMilli(got.timestamp()), got.key(), got.value(),
            Excerpts.headers(got), Excerpts.of(got));
    }

    /** Is told which offsets a partition holds. */
    @FunctionalInterface
    public interface RangeListener {

        /**
         * @param partition partition
         * @param first     first offset that may hold a record
         * @param end       offset behind the last record
         */
        void range(int partition, long first, long end);
    }
}
