package org.trustpaybridge.observe.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.trustpaybridge.delivery.PartitionId;

/** Counts where partitions were read from, and what was deleted before that. Safe for use by several threads. */
public final class PositionMetrics {

    private final MeterRegistry registry;
    private final Map<String, Counter> decisions = new HashMap<>();
    private final Map<PartitionId, Counter> deletedUnread = new ConcurrentHashMap<>();
    private final Map<PartitionId, Counter> passedOver = new ConcurrentHashMap<>();

    /** @param registry where the meters are kept */
    public PositionMetrics(MeterRegistry registry) {
        this.registry = registry;
        Label.DECISION.values().forEach(word -> decisions.put(word, Meters.counter(registry, Metric.POSITION_DECISIONS, word)));
    }

    /** @param held partitions that are not read until somebody says where to begin */
    public void watch(IntSupplier held) {
        Meters.gauge(registry, Metric.HELD_PARTITIONS, held::getAsInt);
    }

    /** @param word what was decided about a partition, one of the values of the label */
    public void decided(String word) {
        decisions.get(word).increment();
    }

    /**
     * @param id    a partition
     * @param count how many of its records another program passed over, at most
     */
    public void passedOver(PartitionId id, long count) {
        passedOver.computeIfAbsent(id, same -> Meters.counter(registry, Metric.RECORDS_PASSED_OVER, id.topic(),
            Integer.toString(id.partition()))).increment(count);
    }

    /**
     * @param id    a partition
     * @param count how many of its records were deleted before they were read, at most
     */
    public void deletedUnread(PartitionId id, long count) {
        deletedUnread.computeIfAbsent(id, same -> Meters.counter(registry, Metric.RECORDS_DELETED_UNREAD, id.topic(),
            Integer.toString(id.partition()))).increment(count);
    }
}
