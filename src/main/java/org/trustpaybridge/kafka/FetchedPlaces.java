package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightWindow;

/** Tells the window up to where was fetched, and of which leader epoch. Used by the polling thread alone. */
final class FetchedPlaces {

    private static final Logger LOG = LoggerFactory.getLogger(FetchedPlaces.class);
    /** As often as offsets are committed: a look at every partition with each of many polls would cost more than it tells. */
    private static final Duration POSITIONS = Duration.ofMillis(200);

    private final Consumer<?, ?> consumer;
    private final InFlightWindow window;
    /** Leader epoch of the record that was fetched last of each partition. */
    private final Map<TopicPartition, Integer> epochs = new HashMap<>();
    private long positionsNoted = System.nanoTime();

    FetchedPlaces(Consumer<?, ?> consumer, InFlightWindow window) {
        this.consumer = consumer;
        this.window = window;
    }

    void noteEpoch(ConsumerRecord<?, ?> fetched) {
        fetched.leaderEpoch().ifPresent(epoch -> {
            TopicPartition partition = new TopicPartition(fetched.topic(), fetched.partition());
            if (!epoch.equals(epochs.put(partition, epoch))) {
                window.standings().epoch(KafkaRecords.idOf(partition), fetched.offset(), epoch);
            }
        });
    }

    /**
     * Also of partitions that gave no record: markers of transactions and what was aborted have offsets too. Of those that are held
     * nothing is noted, as it may not be decided yet where they begin.
     */
    void notePositions(Set<TopicPartition> fetched) {
        fetched.forEach(partition -> window.advance(KafkaRecords.idOf(partition), consumer.position(partition)));
        if (!fetched.isEmpty() && System.nanoTime() - positionsNoted < POSITIONS.toNanos()) {
            return;
        }
        positionsNoted = System.nanoTime();
        Set<TopicPartition> held = consumer.paused();
        for (TopicPartition partition : consumer.assignment()) {
            if (!held.contains(partition) && !fetched.contains(partition)) {
                try {
                    window.advance(KafkaRecords.idOf(partition), consumer.position(partition, Duration.ZERO));
                } catch (TimeoutException e) {
                    LOG.trace("Where {} is to be read from is not known yet", partition);
                }
            }
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(epochs::remove);
    }
}
