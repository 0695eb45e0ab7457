package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ATTEMPTS = 5;

    private final Consumer<?, ?> consumer;
    private final InFlightWindow window;
    private final BrokerWatch brokerWatch;
    private final WakeUps wakeUps;
    private final Duration interval;
    private boolean underWay;
    /** Brokers may take less beside an offset than they do by default. */
    private boolean briefly;
    private long lastNanos = System.nanoTime();

    /** @param interval between two commits */
    Commits(Consumer<?, ?> consumer, InFlightWindow window, BrokerWatch brokerWatch, WakeUps wakeUps, Duration interval) {
        this.consumer = consumer;
        this.window = window;
        this.brokerWatch = brokerWatch;
        this.wakeUps = wakeUps;
        this.interval = interval;
    }

    /** Commits what is finished without waiting for the answer; one commit at a time. */
    void whenDue() {
        if (underWay || System.nanoTime() - lastNanos < interval.toNanos()) {
            return;
        }
        Map<PartitionId, CommitPoint> points = window.commitPoints();
        if (points.isEmpty()) {
            return;
        }
        lastNanos = System.nanoTime();
        underWay = true;
        try {
            consumer.commitAsync(toKafka(points), (committed, failure) -> {
                underWay = false;
                if (failure == null) {
                    window.committed(points);
                } else {
                    briefly |= failure instanceof OffsetMetadataTooLarge;
                    brokerWatch.notCommitted(failure);
                }
            });
        } catch (KafkaException e) {
            // It was not even sent, and nobody will be called back.
            underWay = false;
            throw e;
        }
    }

    /** Commits what is finished of partitions that are given away, and waits for the answer. */
    void last(Collection<PartitionId> ids) {
        now(ids).ifPresent(failure -> LogEvent.LAST_COMMIT_FAILED.on(LOG).addKeyValue("partitions", ids)
            .addKeyValue("cause", failure.getClass().getSimpleName()).log());
    }

    /** Commits where these partitions begin, and waits for the answer. Whether Kafka took it. */
    boolean first(Collection<PartitionId> ids) {
        Optional<KafkaException> failure = now(ids);
        failure.ifPresent(brokerWatch::notCommitted);
        return failure.isEmpty();
    }

    private Optional<KafkaException> now(Collection<PartitionId> ids) {
        Map<PartitionId, CommitPoint> points = new LinkedHashMap<>(window.commitPoints());
        points.keySet().retainAll(ids);
        KafkaException failure = null;
        for (int attempt = 1; !points.isEmpty() && attempt <= ATTEMPTS; attempt++) {
            try {
                consumer.commitSync(toKafka(points), PATIENCE);
                window.committed(points);
                return Optional.empty();
            } catch (WakeupException e) {
                // Meant for a poll that was over. Each thread that had begun to wake it disturbs one attempt.
                wakeUps.caught();
                failure = e;
            } catch (OffsetMetadataTooLarge e) {
                briefly = true;
                failure = e;
            } catch (KafkaException e) {
                return Optional.of(e);
            }
        }
        return Optional.ofNullable(failure);
    }

    private Map<TopicPartition, OffsetAndMetadata> toKafka(Map<PartitionId, CommitPoint> points) {
        Map<TopicPartition, OffsetAndMetadata> kafka = new LinkedHashMap<>();
        points.forEach((id, point) -> kafka.put(KafkaRecords.partitionOf(id),
            new OffsetAndMetadata(point.offset(), point.leaderEpoch(), briefly ? point.brief() : point.metadata())));
        return kafka;
    }
}
