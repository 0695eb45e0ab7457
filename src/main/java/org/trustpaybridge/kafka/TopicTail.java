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
        Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(partitions));
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, Math.max(first.get(partition), end.get(partition) - most)));
        end.entrySet().removeIf(each -> each.getValue() <= first.get(each.getKey()));
        List<SourceRecord> read = read(end);
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

    /** Reads up to these offsets. The position counts, not the records: markers of transactions have an offset and are no record. */
    private List<SourceRecord> read(Map<TopicPartition, Long> open) {
        List<SourceRecord> read = new ArrayList<>();
        long deadline = System.nanoTime() + KafkaClients.ANSWER.toNanos();
        while (!open.isEmpty()) {
            int before = read.size();
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                Long end = open.get(new TopicPartition(each.topic(), each.partition()));
                if (end != null && each.offset() < end) {
                    read.add(KafkaRecords.sourceOf(each));
                }
            }
            if (open.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue()) || read.size() > before) {
                deadline = System.nanoTime() + KafkaClients.ANSWER.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no record arrived for " + KafkaClients.ANSWER.toSeconds() + " s");
            }
        }
        return read;
    }
}
