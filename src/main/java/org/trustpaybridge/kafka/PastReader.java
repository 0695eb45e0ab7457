package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.trustpaybridge.delivery.position.TopicTrace;
import org.trustpaybridge.kafka.FirstRecords.First;
import org.trustpaybridge.kafka.FirstRecords.Unknown;

/**
 * Reads what topics hold of the past, with consumers that have no group: nobody notices, and nothing is committed. A record that cannot be
 * read is told from Kafka being away, and named.
 */
public final class PastReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MANY = 5000;

    private final IntFunction<Consumer<byte[], byte[]>> consumers;
    private final Predicate<Throwable> fatal;
    private final Runnable signOfLife;
    private final TimeQuestions times = new TimeQuestions(this::many);
    private Consumer<byte[], byte[]> many;
    /** Gets one record with each poll: an error of a codec would take those before it along. */
    private Consumer<byte[], byte[]> single;

    /**
     * @param consumers  makes a consumer without a group that gets at most so many records with a poll; closed by this object
     * @param fatal      whether a failure is of the virtual machine, and not of a record
     * @param signOfLife run again and again while it reads, which may take long
     */
    public PastReader(IntFunction<Consumer<byte[], byte[]>> consumers, Predicate<Throwable> fatal, Runnable signOfLife) {
        this.consumers = consumers;
        this.fatal = fatal;
        this.signOfLife = signOfLife;
    }

    /**
     * @param topic a topic
     * @return how far back it says what was done
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
     */
    public TopicTrace trace(String topic) {
        try {
            List<TopicPartition> partitions = partitions(topic);
            Map<TopicPartition, Long> starts = many().beginningOffsets(partitions, ANSWER);
            Map<TopicPartition, Long> ends = many().endOffsets(partitions, ANSWER);
            FirstRecords firsts = firstRecords(starts, ends);
            return new TopicTrace(TopicTrace.State.THERE, partitions.stream().map(each -> new TopicTrace.Partition(starts.get(each),
                ends.get(each), Optional.ofNullable(firsts.found().get(each)).map(First::time))).toList());
        } catch (UnknownTopicOrPartitionException e) {
            return new TopicTrace(TopicTrace.State.MISSING, List.of());
        } catch (AuthorizationException e) {
            return new TopicTrace(TopicTrace.State.UNREADABLE, List.of());
        }
    }

    /**
     * Reads partitions apart where one of them has a record that cannot be read. Its time is the broker's word then.
     *
     * @param from by partition, an offset that is there, or the end
     * @param ends by partition, the offset before which to look
     * @return the first record from that offset on
     */
    public FirstRecords firstRecords(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> wanted = new HashMap<>(ends);
        wanted.keySet().retainAll(from.keySet());
        wanted.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
        if (wanted.isEmpty()) {
            return FirstRecords.NONE;
        }
        // Nobody can read what lies behind an open transaction.
        Map<TopicPartition, Long> stable = single().endOffsets(wanted.keySet(), ANSWER);
        Map<TopicPartition, Long> readable = new HashMap<>(wanted);
        readable.replaceAll((partition, end) -> Math.min(end, stable.get(partition)));
        Map<TopicPartition, First> found = new HashMap<>();
        Map<TopicPartition, Unknown> unknown = new HashMap<>();
        try {
            first(from, readable, found);
        } catch (RuntimeException | Error e) {
            passOn(e);
            readable.forEach((partition, end) -> apart(partition, from.get(partition), end, found, unknown));
        }
        wanted.forEach((partition, end) -> {
            if (!found.containsKey(partition) && readable.get(partition) < end) {
                unknown.putIfAbsent(partition, new Unknown(Math.max(from.get(partition), readable.get(partition)), Optional.empty()));
            }
        });
        return new FirstRecords(found, unknown);
    }

    private void first(Map<TopicPartition, Long> from, Map<TopicPartition, Long> readable, Map<TopicPartition, First> found) {
        Map<TopicPartition, Long> open = new HashMap<>(readable);
        open.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
        read(single(), from, open, (record, rest) -> {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() < readable.get(partition)) {
                found.putIfAbsent(partition, First.of(record));
            }
            rest.remove(partition);
            single().pause(List.of(partition));
        });
    }

    private void apart(TopicPartition partition, long from, long end, Map<TopicPartition, First> found,
                       Map<TopicPartition, Unknown> unknown) {
        if (found.containsKey(partition)) {
            return;
        }
        try {
            first(Map.of(partition, from), Map.of(partition, end), found);
        } catch (RuntimeException | Error e) {
            passOn(e);
            long offset = single().position(partition, ANSWER);
            timeOfOldest(partition, offset).ifPresentOrElse(time -> found.put(partition, new First(offset, time, Optional.empty())),
                () -> unknown.put(partition, new Unknown(offset, Optional.of(e))));
        }
    }

    /** The client reads no record for that. What is not the first of its partition is said to be as old as that one. */
    private Optional<Instant> timeOfOldest(TopicPartition partition, long offset) {
        return times.at(partition, 0).filter(oldest -> oldest.offset() <= offset).map(oldest -> Instant.ofEpochMilli(oldest.timestamp()));
    }

    /**
     * @param topic a topic
     * @param since a time
     * @return by partition, the first offset that has to be read for all that was published since
     */
    public Map<TopicPartition, Long> offsetsSince(String topic, Instant since) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, OffsetAndTimestamp> offsets = times.at(since, partitions);
        Map<TopicPartition, Long> starts = many().beginningOffsets(partitions, ANSWER);
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
        return many().endOffsets(partitions, ANSWER);
    }

    /**
     * Reads on until these ends.
     *
     * @param from   by partition, where to begin
     * @param ends   by partition, where to end
     * @param reader takes every record
     * @throws TimeoutException          when nothing more comes, and the ends are not reached
     * @throws UnreadableRecordException with the place of a record that cannot be read
     */
    public void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends,
                     java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        open.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
        try {
            read(many(), from, open, (record, rest) -> reader.accept(record));
        } catch (RuntimeException | Error e) {
            passOn(e);
            throw located(open, e);
        }
    }

    /** A poll that fails tells neither always which partition it is about, nor where in it. */
    private RuntimeException located(Map<TopicPartition, Long> open, Throwable failure) {
        for (Map.Entry<TopicPartition, Long> end : open.entrySet()) {
            long from = many().position(end.getKey(), ANSWER);
            long last = Math.min(end.getValue(), from + MANY + 1);
            try {
                read(single(), Map.of(end.getKey(), from), new HashMap<>(Map.of(end.getKey(), last)), (record, rest) -> { });
            } catch (RuntimeException | Error e) {
                passOn(e);
                return new UnreadableRecordException(end.getKey(), single().position(end.getKey(), ANSWER), e);
            }
        }
        return failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
    }

    private interface Reading {
        void note(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> rest);
    }

    /**
     * The position counts, not the records: markers of transactions, and what was aborted or compacted, have an offset and are no record.
     */
    private void read(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> open, Reading reading) {
        // What was fetched before is forgotten, and with it a failure that the client had with it.
        consumer.unsubscribe();
        if (open.isEmpty()) {
            return;
        }
        consumer.assign(new ArrayList<>(open.keySet()));
        consumer.resume(consumer.assignment());
        open.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (!open.isEmpty()) {
            signOfLife.run();
            ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
            read.forEach(record -> reading.note(record, open));
            if (open.entrySet().removeIf(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue()) || !read.isEmpty()
                || BoundedConsumer.looking(consumer)) {
                deadline = System.nanoTime() + ANSWER.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no record arrived for " + ANSWER.toSeconds() + " s");
            }
        }
    }

    /** That Kafka is away, or refuses, is nothing that concerns a record. */
    private void passOn(Throwable failure) {
        if (failure instanceof Error error && fatal.test(error)) {
            throw error;
        }
        if (failure instanceof RuntimeException exception && (ReadingFailure.ofKafka(exception) || fatal.test(exception))) {
            throw exception;
        }
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> partitions = many().partitionsFor(topic, ANSWER);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("topic " + topic + " does not exist");
        }
        return partitions.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    }

    private Consumer<byte[], byte[]> many() {
        signOfLife.run();
        if (many == null) {
            many = consumers.apply(MANY);
        }
        return many;
    }

    private Consumer<byte[], byte[]> single() {
        signOfLife.run();
        if (single == null) {
            single = consumers.apply(1);
        }
        return single;
    }

    @Override
    public void close() {
        if (many != null) {
            many.close(Duration.ZERO);
        }
        if (single != null) {
            single.close(Duration.ZERO);
        }
    }
}
