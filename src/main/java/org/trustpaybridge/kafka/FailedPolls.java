package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.kafka.screen.NoRoomException;

/**
 * What is done about a poll that failed with something else than that Kafka is away. A failure that concerns partitions has them read by
 * the {@link CarefulReader}, and the others go on. Any other is left to Camel, which makes the consumer anew, but not at once, nor without
 * a word. One that is the virtual machine's own ends the process.
 *
 * <p>Used by the polling thread only.
 */
final class FailedPolls implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final BiConsumer<TopicPartition, Long> seek;
    private final ConsumerContext context;
    private final CarefulReader careful;
    private final Properties properties;
    /** Read elsewhere now, for a failure that the consumer of the group still has. */
    private final Set<TopicPartition> withFailure = new HashSet<>();
    private RuntimeException pending;
    private long throwAtNanos;

    /**
     * @param consumer   of the group
     * @param seek       Kafka's own seek
     * @param properties of that consumer
     */
    FailedPolls(Consumer<?, ?> consumer, BiConsumer<TopicPartition, Long> seek, Properties properties, ConsumerContext context) {
        this.consumer = consumer;
        this.seek = seek;
        this.context = context;
        this.properties = properties;
        this.careful = new CarefulReader(properties, context.window(), context.alive().faults(), this::endsTheProcess);
    }

    /** @return partitions that the consumer of the group is not to read */
    Set<TopicPartition> readElsewhere() {
        return careful.partitions();
    }

    /**
     * @param wanted whether records of a partition are wanted now
     * @return time until there is more to read; empty when there is nothing
     */
    Optional<Duration> readOn(Predicate<TopicPartition> wanted) {
        return careful.read(wanted, this::takeBack);
    }

    void forget(Collection<TopicPartition> partitions) {
        withFailure.removeAll(partitions);
        careful.forget(partitions);
    }

    /**
     * @param timeout longest wait
     * @return whether the consumer is given up, and only waits for its end
     * @throws RuntimeException what ended it, when its time has come
     */
    boolean givenUp(Duration timeout) {
        if (pending == null) {
            return outOfGroup(timeout) || cutOff();
        }
        if (System.nanoTime() - throwAtNanos >= 0) {
            throw pending;
        }
        try {
            Thread.sleep(Math.min(timeout.toMillis(), STEP.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /**
     * Whatever a poll threw, it may have moved positions over records that it did not return: they are put back to what the window has.
     *
     * @param failure what a poll threw
     */
    void handle(Throwable failure) {
        if (endsTheProcess(failure)) {
            return;
        }
        if (context.alive().conflicts().takes(failure, properties)) {
            // Another member may have its partitions by now: what runs of them is not published by this one.
            context.lease().end();
            context.window().revoke(consumer.assignment().stream().map(KafkaRecords::idOf).toList());
            return;
        }
        Set<TopicPartition> fetched = new HashSet<>(consumer.assignment());
        fetched.removeAll(consumer.paused());
        Set<TopicPartition> suspects = ReadingFailure.named(failure, fetched);
        if (suspects.isEmpty() && ReadingFailure.whileLookingAtRecords(failure)) {
            suspects = fetched;
        }
        if (suspects.isEmpty()) {
            giveUp(failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure));
            return;
        }
        context.alive().faults().pollFailed(failure, suspects);
        Map<TopicPartition, Long> positions = positions(fetched);
        positions.forEach(seek);
        if (!(failure instanceof NoRoomException)) {
            withFailure.addAll(suspects);
        }
        suspects.forEach(partition -> careful.takeOver(partition, positions.get(partition)));
    }

    private boolean cutOff() {
        if (context.brokerWatch().cutOff(consumer)) {
            throw new DisconnectException("Kafka answers at the addresses from the settings, and at none of those that this client knows");
        }
        return false;
    }

    private boolean outOfGroup(Duration timeout) {
        boolean out = context.alive().conflicts().holds(timeout, properties);
        if (out) {
            context.brokerWatch().idle();
        }
        return out;
    }

    private void giveUp(RuntimeException failure) {
        pending = failure;
        throwAtNanos = System.nanoTime() + context.alive().faults().consumerFailed(failure).toNanos();
    }

    /**
     * The client keeps the records it fetched, and the failure it had with them, until it is sent to another offset. Where that is the
     * same, because nothing could be read, only another client forgets them.
     */
    private void takeBack(TopicPartition partition, long from, long offset) {
        if (withFailure.remove(partition) && from == offset) {
            giveUp(new IllegalStateException("nothing is left of " + partition + " from " + offset + " on"));
        } else {
            seek.accept(partition, offset);
        }
    }

    /** What the window does not know yet begins where the assignment would have it begin. */
    private Map<TopicPartition, Long> positions(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (WindowStatus.Partition known : context.window().status().partitions()) {
            TopicPartition partition = KafkaRecords.partitionOf(known.id());
            if (partitions.contains(partition)) {
                long position = known.position() >= 0 ? known.position() : known.committed();
                positions.put(partition, position >= 0 ? position : consumer.beginningOffsets(List.of(partition), ANSWER).get(partition));
            }
        }
        return positions;
    }

    private boolean endsTheProcess(Throwable failure) {
        return context.alive().lifeline().endsWith(failure, "reading orders");
    }

    @Override
    public void close() {
        careful.close();
    }
}
