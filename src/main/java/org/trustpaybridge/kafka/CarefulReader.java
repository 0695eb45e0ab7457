package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.trustpaybridge.delivery.InFlightWindow;

/**
 * Reads the partitions of which a poll failed to return records, each by itself and one record at a time, into the window. So what can be
 * read is read, the record that cannot is known by its place, and the consumer of the group goes on with the other partitions. A partition
 * is given back when it was read beyond what the failed poll can have touched.
 *
 * <p>Used by the polling thread only.
 */
final class CarefulReader implements AutoCloseable {

    /** Most that one turn takes from the other partitions. */
    private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Properties properties;
    private final InFlightWindow window;
    private final ReadingFaults faults;
    private final Predicate<Throwable> endsTheProcess;
    private final int pollRecords;
    private final Map<TopicPartition, Care> cares = new LinkedHashMap<>();
    private KafkaConsumer<byte[], byte[]> consumer;
    private TopicPartition current;

    /**
     * @param ofGroup        properties of the consumer of the group
     * @param endsTheProcess told of each failure before it is taken for one of a record
     */
    CarefulReader(Properties ofGroup, InFlightWindow window, ReadingFaults faults, Predicate<Throwable> endsTheProcess) {
        this.properties = ClientDefaults.ofReader(ofGroup);
        this.pollRecords = Integer.parseInt(String.valueOf(ofGroup.getOrDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            ConsumerConfig.DEFAULT_MAX_POLL_RECORDS)));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.window = window;
        this.faults = faults;
        this.endsTheProcess = endsTheProcess;
    }

    /** @return partitions that nobody else is to read */
    Set<TopicPartition> partitions() {
        return cares.keySet();
    }

    /** Takes a partition over from the consumer of the group, which reads nothing of it until it is given back. */
    void takeOver(TopicPartition partition, long from) {
        cares.put(partition, new Care(from));
    }

    /** These partitions are not this member's any more. */
    void forget(Collection<TopicPartition> partitions) {
        cares.keySet().removeAll(partitions);
        faults.forget(partitions);
        closeIfIdle();
    }

    /**
     * Reads on, for a short while, in one of the partitions.
     *
     * @param mayRead  whether records of a partition are wanted now
     * @param giveBack told of a partition that the consumer of the group can read again
     * @return time until there is more to do; empty when there is nothing
     */
    Optional<Duration> read(Predicate<TopicPartition> mayRead, GiveBack giveBack) {
        long now = System.nanoTime();
        TopicPartition next = cares.keySet().stream().filter(mayRead).filter(partition -> cares.get(partition).dueNanos - now <= 0)
            .findFirst().orElse(null);
        if (next != null) {
            // To the end of the row.
            Care care = cares.remove(next);
            cares.put(next, care);
            if (read(next, care)) {
                cares.remove(next);
                giveBack.partition(next, care.from, care.position);
            }
            closeIfIdle();
        }
        return cares.entrySet().stream().filter(each -> mayRead.test(each.getKey()))
            .map(each -> Duration.ofNanos(Math.max(0, each.getValue().dueNanos - System.nanoTime()))).min(Duration::compareTo);
    }

    /** @return whether the partition can be given back */
    private boolean read(TopicPartition partition, Care care) {
        try {
            turnTo(partition, care);
            long until = System.nanoTime() + TURN_NANOS;
            while (System.nanoTime() - until < 0 && window.hasRoom()) {
                if (care.passed(pollRecords)) {
                    faults.readable(partition);
                    return true;
                }
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    each.leaderEpoch().ifPresent(epoch -> window.standings().epoch(KafkaRecords.idOf(partition), each.offset(), epoch));
                    window.open(KafkaRecords.sourceOf(each));
                    care.records++;
                }
                moved(partition, care, consumer.position(partition));
            }
        } catch (InvalidOffsetException e) {
            // Where to read from then is for the consumer of the group to judge.
            leave();
            faults.readable(partition);
            return true;
        } catch (InterruptException e) {
            // Nobody's fault. If Camel wants this thread to end, it does not poll again.
            leave();
            care.dueNanos = System.nanoTime() + (Thread.interrupted() ? 0 : Backoff.after(1).toNanos());
        } catch (TimeoutException e) {
            // Kafka is away, which is told elsewhere.
            leave();
            care.dueNanos = System.nanoTime() + Backoff.after(1).toNanos();
        } catch (RuntimeException | Error e) {
            failed(partition, care, e);
        }
        return false;
    }

    private void turnTo(TopicPartition partition, Care care) {
        if (consumer == null) {
            consumer = new BoundedConsumer(properties, true);
        }
        if (!partition.equals(current)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, care.position);
            current = partition;
        }
        if (care.end < 0) {
            care.end = consumer.endOffsets(List.of(partition), ANSWER).get(partition);
        }
    }

    private void moved(TopicPartition partition, Care care, long position) {
        if (position > care.position) {
            care.position = position;
            care.failures = 0;
            faults.readable(partition);
        }
        window.advance(KafkaRecords.idOf(partition), position);
    }

    /** The client keeps a failure that it had with a fetched record, so it is made anew, and fetches it once more. */
    private void failed(TopicPartition partition, Care care, Throwable failure) {
        leave();
        if (endsTheProcess.test(failure)) {
            return;
        }
        Duration wait = Backoff.after(++care.failures);
        care.dueNanos = System.nanoTime() + wait.toNanos();
        faults.unreadable(partition, care.position, failure, wait);
    }

    private void closeIfIdle() {
        if (cares.isEmpty()) {
            leave();
        }
    }

    private void leave() {
        current = null;
        if (consumer != null) {
            KafkaConsumer<byte[], byte[]> closing = consumer;
            consumer = null;
            closing.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        forget(List.copyOf(cares.keySet()));
    }

    /** How far one partition is read. */
    private static final class Care {
        private final long from;
        private long position;
        /** Where the partition ended when this began; -1: not known yet. */
        private long end = -1;
        private int records;
        private int failures;
        private long dueNanos = System.nanoTime();

        Care(long from) {
            this.from = from;
            this.position = from;
        }

        /** A poll looks at no more records than it returns at most, and at the one behind. */
        boolean passed(int pollRecords) {
            return end >= 0 && (position >= end || records > pollRecords);
        }
    }

    /** Told of a partition that the consumer of the group can read again. */
    @FunctionalInterface
    interface GiveBack {

        /**
         * @param partition which
         * @param from      where it was taken over
         * @param offset    where to go on
         */
        void partition(TopicPartition partition, long from, long offset);
    }
}
