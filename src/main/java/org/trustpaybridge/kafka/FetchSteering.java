package org.trustpaybridge.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.log.LogEvent;

/**
 * Decides of which partitions nothing is fetched: none while there is no room or somebody paused, those whose open records stretch too far,
 * and those that wait until it is known what was published before.
 */
final class FetchSteering {

    private static final Logger LOG = LoggerFactory.getLogger(FetchSteering.class);

    private final InFlightWindow window;
    private final ConsumptionSwitch consumption;
    private final Consumer<Collection<TopicPartition>> pause;
    private final Consumer<Collection<TopicPartition>> resume;
    private final Runnable wakeUp;
    /** Assigned partitions that wait until all that was published before is known. */
    private final Map<TopicPartition, CompletableFuture<Void>> awaitingKnowledge = new HashMap<>();
    private Consumer<Collection<TopicPartition>> whenForgotten = partitions -> { };
    private boolean pausedByCamel;
    private boolean pausedByWindow;
    private boolean toldFull;
    private Set<PartitionId> toldStretched = Set.of();
    /** Partitions of which nobody is to read anything. */
    private Set<TopicPartition> unwanted = Set.of();

    /**
     * @param pause  Kafka's own pause
     * @param resume Kafka's own resume
     * @param wakeUp ends a poll under way; called by any thread
     */
    FetchSteering(InFlightWindow window, ConsumptionSwitch consumption, Consumer<Collection<TopicPartition>> pause,
                  Consumer<Collection<TopicPartition>> resume, Runnable wakeUp) {
        this.window = window;
        this.consumption = consumption;
        this.pause = pause;
        this.resume = resume;
        this.wakeUp = wakeUp;
    }

    boolean pausedByCamel() {
        return pausedByCamel;
    }

    /** Whether nothing can be fetched until the window has room. */
    boolean pausedByWindow() {
        return pausedByWindow;
    }

    /** Whether partitions are held until it is known what was published before. */
    boolean holding() {
        return !awaitingKnowledge.isEmpty();
    }

    /** Camel pauses all partitions on suspend and before it stops; what is assigned later must stay paused as well. */
    void camelPauses(Collection<TopicPartition> partitions) {
        pausedByCamel = true;
        pause.accept(partitions);
    }

    void camelResumes(Collection<TopicPartition> partitions) {
        pausedByCamel = false;
        if (!pausedByWindow) {
            resume.accept(partitions);
        }
    }

    /** Called during a poll, which began when there was nothing to wait for and would take its whole time. */
    void holdUntil(CompletableFuture<Void> caughtUp, Collection<TopicPartition> partitions) {
        pause.accept(partitions);
        partitions.forEach(partition -> awaitingKnowledge.put(partition, caughtUp));
        caughtUp.thenRun(wakeUp);
    }

    /** What is waited for may have become known while the poll could not be woken. */
    void wakeIfKnown() {
        if (awaitingKnowledge.values().stream().anyMatch(CompletableFuture::isDone)) {
            wakeUp.run();
        }
    }

    /** @param action told of partitions that are not this member's any more */
    void whenForgotten(Consumer<Collection<TopicPartition>> action) {
        whenForgotten = action;
    }

    void forget(Collection<TopicPartition> partitions) {
        awaitingKnowledge.keySet().removeAll(partitions);
        whenForgotten.accept(partitions);
    }

    /** Whether records of the partition are wanted, whoever reads it. */
    boolean wanted(TopicPartition partition) {
        return !pausedByCamel && !unwanted.contains(partition);
    }

    void steer(Set<TopicPartition> assigned, Set<TopicPartition> paused) {
        steer(assigned, paused, Set.of());
    }

    /** @param readElsewhere partitions that the consumer is not to read because somebody else does */
    void steer(Set<TopicPartition> assigned, Set<TopicPartition> paused, Set<TopicPartition> readElsewhere) {
        pausedByWindow = pausedByWindow ? !window.hasRoomForFetch() : !window.hasRoom();
        awaitingKnowledge.values().removeIf(CompletableFuture::isDone);
        Set<TopicPartition> held = new HashSet<>(awaitingKnowledge.keySet());
        if (pausedByWindow || pausedByCamel || consumption.paused()) {
            held.addAll(assigned);
        }
        Set<PartitionId> stretched = window.stretched();
        stretched.forEach(id -> held.add(KafkaRecords.partitionOf(id)));
        tell(stretched);
        unwanted = Set.copyOf(held);
        held.addAll(readElsewhere);
        held.retainAll(assigned);
        if (!held.equals(paused)) {
            pause.accept(held);
            resume.accept(assigned.stream().filter(partition -> !held.contains(partition)).toList());
        }
    }

    /** That orders keep others from being fetched is said when it begins; the conditions of the bridge say it for as long as it lasts. */
    private void tell(Set<PartitionId> stretched) {
        boolean full = pausedByWindow && window.fullOfWaiting();
        if (full && !toldFull) {
            LogEvent.WAITING_FULL.on(LOG).addKeyValue("orders", window.status().waiting()).log();
        }
        toldFull = full;
        stretched.stream().filter(id -> !toldStretched.contains(id))
            .forEach(id -> LogEvent.PARTITION_HELD_UP.on(LOG).addKeyValue("partition", id).log());
        toldStretched = stretched;
    }
}
