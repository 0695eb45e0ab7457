package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.trustpaybridge.delivery.SourceRecord;

/** Reads the newest records of a topic, with a consumer that has no group: nobody notices, and nothing is committed. */
public final class TopicTail {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;

    /** @param consumer one of {@link KafkaClients#reader()}; the caller closes it */
    public TopicTail(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * @param topic topic that exists
     * @param most  how many records at most; at least 1
     * @return the newest records that were on the topic at the moment of the call, by their time and then by offset, oldest first
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer, refuses, or has no such topic
     */
    public List<SourceRecord> newest(String topic, int most) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Range> next = new HashMap<>();
        consumer.endOffsets(partitions).forEach((partition, end) -> next.put(partition,
            new Range(Math.max(first.get(partition), end - most), end)));
        List<SourceRecord> read = new ArrayList<>();
        Map<Integer, Integer> found = new HashMap<>();
        consumer.assign(partitions);
        next.values().removeIf(Range::empty);
        while (!next.isEmpty()) {
            for (SourceRecord each : read(next)) {
                read.add(each);
                found.merge(each.partition(), 1, Integer::sum);
            }
            // Offsets of markers, and of what was aborted or compacted, hold nothing: then there is more further back.
            next.keySet().removeIf(partition -> found.getOrDefault(partition.partition(), 0) >= most);
            next.replaceAll((partition, range) -> range.before(first.get(partition)));
            next.values().removeIf(Range::empty);
        }
        Comparator<SourceRecord> byTime = Comparator.comparing(SourceRecord::timestamp).thenComparing(SourceRecord::partition)
            .thenComparing(SourceRecord::offset);
        return read.stream().sorted(byTime).skip(Math.max(0, read.size() - most)).toList();
    }

    /**
     * @param topic topic
     * @return its partitions
     * @throws UnknownTopicOrPartitionException when there is no such topic
     */
    public List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return partitions.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    }

    /** Reads these offsets. The position counts, not the records: markers of transactions have an offset and are no record. */
    private List<SourceRecord> read(Map<TopicPartition, Range> ranges) {
        ranges.forEach((partition, range) -> consumer.seek(partition, range.start()));
        consumer.resume(consumer.assignment());
        consumer.pause(consumer.assignment().stream().filter(partition -> !ranges.containsKey(partition)).toList());
        Map<TopicPartition, Range> open = new HashMap<>(ranges);
        List<SourceRecord> read = new ArrayList<>();
        long deadline = System.nanoTime() + KafkaClients.ANSWER.toNanos();
        while (!open.isEmpty()) {
            int before = read.size();
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                Range range = ranges.get(new TopicPartition(each.topic(), each.partition()));
                if (range != null && each.offset() < range.end()) {
                    read.add(KafkaRecords.sourceOf(each));
                }
            }
            if (open.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue().end()) || read.size() > before
                || BoundedConsumer.looking(consumer)) {
                deadline = System.nanoTime() + KafkaClients.ANSWER.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no record arrived for " + KafkaClients.ANSWER.toSeconds() + " s");
            }
        }
        return read;
    }

    /** Offsets of a partition, the end not among them. */
    private record Range(long start, long end) {

        boolean empty() {
            return start >= end;
        }

        /** The range before this one, of twice its length, as far as the partition goes. */
        Range before(long first) {
            return new Range(Math.max(first, start - 2 * (end - start)), start);
        }
    }
}
