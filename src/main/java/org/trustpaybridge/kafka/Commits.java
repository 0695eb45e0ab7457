package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.CommitPoint;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.log.LogEvent;

/** Commits what the window says is finished, now and then while polling, and at once before partitions are given away. */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ATTEMPTS = 5;

    private final Consumer<?, ?> consumer;
    private final InFlightWindow window;
    private final BrokerWatch brokerWatch;
    private final WakeUps wakeUps;
    private boolean underWay;
    private boolean metadataTooLarge;
    private long lastNanos = System.nanoTime();

    Commits(Consumer<?, ?> consumer, InFlightWindow window, BrokerWatch brokerWatch, WakeUps wakeUps) {
        this.consumer = consumer;
        this.window = window;
        this.brokerWatch = brokerWatch;
        this.wakeUps = wakeUps;
    }

    /** Commits what is finished without waiting for the answer; one commit at a time. */
    void whenDue() {
        if (underWay || System.nanoTime() - lastNanos < INTERVAL.toNanos()) {
            return;
        }
        Map<PartitionId, CommitPoint> points = window.commitPoints();
        if (points.isEmpty()) {
            return;
        }
        lastNanos = System.nanoTime();
        underWay = true;
        consumer.commitAsync(toKafka(points), (committed, failure) -> {
            underWay = false;
            if (failure == null) {
                window.committed(points);
            } else {
                metadataTooLarge |= failure instanceof OffsetMetadataTooLarge;
                brokerWatch.notCommitted(failure);
            }
        });
    }

    /** Commits what is finished of these partitions, and waits for the answer. */
    void now(Collection<PartitionId> ids) {
        Map<PartitionId, CommitPoint> points = new LinkedHashMap<>(window.commitPoints());
        points.keySet().retainAll(ids);
        if (points.isEmpty()) {
            return;
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                consumer.commitSync(toKafka(points), PATIENCE);
                window.committed(points);
                return;
            } catch (WakeupException e) {
                // Meant for a poll that was over. Each thread that had begun to wake it disturbs one attempt.
                wakeUps.caught();
            } catch (KafkaException e) {
                LogEvent.LAST_COMMIT_FAILED.on(LOG).addKeyValue("partitions", points.keySet())
                    .addKeyValue("cause", e.getClass().getSimpleName()).log();
                return;
            }
        }
    }

    /** Without an answer, all behind the committed offset is passed through again, and found to be repeats. */
    Map<TopicPartition, OffsetAndMetadata> before(Collection<TopicPartition> partitions) {
        wakeUps.pollEnded();
        for (int attempt = 1; !partitions.isEmpty() && attempt <= ATTEMPTS; attempt++) {
            try {
                return consumer.committed(Set.copyOf(partitions), PATIENCE);
            } catch (WakeupException e) {
                // Meant for the poll. Threads that had begun to wake it may follow, and none may end the assignment half way.
                wakeUps.caught();
            } catch (KafkaException e) {
                LOG.debug("The committed offsets could not be read", e);
                return Map.of();
            }
        }
        return Map.of();
    }

    static CommitPoint pointOf(OffsetAndMetadata committed) {
        return committed == null ? new CommitPoint(-1, "") : new CommitPoint(committed.offset(), committed.metadata());
    }

    private Map<TopicPartition, OffsetAndMetadata> toKafka(Map<PartitionId, CommitPoint> points) {
        Map<TopicPartition, OffsetAndMetadata> kafka = new LinkedHashMap<>();
        points.forEach((id, point) -> kafka.put(KafkaRecords.partitionOf(id),
            new OffsetAndMetadata(point.offset(), metadataTooLarge ? "" : point.metadata())));
        return kafka;
    }
}
