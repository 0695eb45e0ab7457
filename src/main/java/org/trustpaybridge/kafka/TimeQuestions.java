package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Which offset is the first of a time. One record that a broker cannot read itself keeps it from looking for any time in the partition. */
final class TimeQuestions {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** A broker that cannot read a record itself answers that it is to be asked again. */
    private static final Duration SHORT_ANSWER = Duration.ofSeconds(3);

    private final Supplier<Consumer<byte[], byte[]>> consumer;
    /** Partitions in which a broker can look for no time. */
    private final Set<TopicPartition> timeless = new HashSet<>();

    TimeQuestions(Supplier<Consumer<byte[], byte[]>> consumer) {
        this.consumer = consumer;
    }

    /** @param time in milliseconds since 1970 */
    Optional<OffsetAndTimestamp> at(TopicPartition partition, long time) {
        if (timeless.contains(partition)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(consumer.get().offsetsForTimes(Map.of(partition, time), SHORT_ANSWER).get(partition));
        } catch (TimeoutException e) {
            timeless.add(partition);
            return Optional.empty();
        }
    }

    /**
     * @return by partition; null or missing where nothing is newer, or that cannot be told
     * @throws TimeoutException when none of them can be told
     */
    Map<TopicPartition, OffsetAndTimestamp> at(Instant since, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        times.keySet().removeAll(timeless);
        try {
            return consumer.get().offsetsForTimes(times, ANSWER);
        } catch (TimeoutException e) {
            Map<TopicPartition, OffsetAndTimestamp> apart = new HashMap<>();
            times.forEach((partition, time) -> at(partition, time).ifPresent(offset -> apart.put(partition, offset)));
            if (timeless.containsAll(times.keySet())) {
                timeless.clear();
                throw e;
            }
            return apart;
        }
    }
}
