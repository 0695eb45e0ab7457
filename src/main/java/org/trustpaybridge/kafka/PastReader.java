package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.trustpaybridge.position.TopicTrace;

/** Reads what topics hold of the past, with a consumer that has no group: nobody notices, and nothing is committed. */
public final class PastReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;

    /** @param consumer without a group, for this reader alone; the caller closes it */
    public PastReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * @param topic a topic
     * @return how far back it says what was done
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
     */
    public TopicTrace trace(String topic) {
        try {
            List<TopicPartition> partitions = partitions(topic);
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, ANSWER);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
            Map<TopicPartition, ConsumerRecord<byte[], byte[]>> firsts = firstRecords(starts, ends);
            return new TopicTrace(TopicTrace.State.THERE, partitions.stream().map(each -> new TopicTrace.Partition(starts.get(each),
                ends.get(each), Optional.ofNullable(firsts.get(each)).map(first -> Instant.ofEpochMilli(first.timestamp())))).toList());
        } catch (UnknownTopicOrPartitionException e) {
            return new TopicTrace(TopicTrace.State.MISSING, List.of());
        } catch (AuthorizationException e) {
            return new TopicTrace(TopicTrace.State.UNREADABLE, List.of());
        }
    }

    /**
     * @param from by partition, an offset that is there, or the end
     * @param ends by partition, the offset before which to look
     * @return by partition, the first record from that offset on; a partition without one is left out
     */
    public Map<TopicPartition, ConsumerRecord<byte[], byte[]>> firstRecords(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        open.keySet().retainAll(from.keySet());
        open.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
        read(from, open, (record, rest) -> {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (found.putIfAbsent(partition, record) == null) {
                rest.remove(partition);
                consumer.pause(List.of(partition));
            }
        });
        found.entrySet().removeIf(each -> each.getValue().offset() >= ends.get(each.getKey()));
        return found;
    }

    /**
     * @param topic a topic
     * @param since a time
     * @return by partition, the first offset that has to be read for all that was published since
     */
    public Map<TopicPartition, Long> offsetsSince(String topic, Instant since) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times, ANSWER);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, ANSWER);
        // Without an answer nothing is newer, or a broker overlooked some after compaction: then all is read.
        partitions.forEach(partition -> starts.computeIfPresent(partition, (same, start) ->
            Optional.ofNullable(offsets.get(partition)).map(OffsetAndTimestamp::offset).orElse(start)));
        return starts;
    }

    /**
     * @param partitions partitions
     * @return their ends at this moment
     */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions, ANSWER);
    }

    /**
     * Reads on until these ends.
     *
     * @param from   by partition, where to begin
     * @param ends   by partition, where to end
     * @param reader takes every record
     * @throws TimeoutException when nothing more comes, and the ends are not reached
     */
    public void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        open.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
        read(from, open, (record, rest) -> reader.accept(record));
    }

    private interface Reading {
        void note(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> rest);
    }

    /** The position counts, not the records: markers of transactions, and what was aborted or compacted, have an offset and are no record. */
    private void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> open, Reading reading) {
        if (open.isEmpty()) {
            return;
        }
        consumer.assign(new ArrayList<>(open.keySet()));
        consumer.resume(consumer.assignment());
        open.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
            read.forEach(record -> reading.note(record, open));
            if (open.entrySet().removeIf(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue()) || !read.isEmpty()) {
                deadline = System.nanoTime() + ANSWER.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no record arrived for " + ANSWER.toSeconds() + " s");
            }
        }
        consumer.unsubscribe();
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic, ANSWER);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("topic " + topic + " does not exist");
        }
        return partitions.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    }
}
