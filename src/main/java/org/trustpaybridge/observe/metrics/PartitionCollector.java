package org.trustpaybridge.observe.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.PartitionLag;
import org.trustpaybridge.delivery.WindowStatus;

/**
 * The gauges of the assigned partitions, and of those of which Kafka was asked though none is assigned. Which ones those are changes with
 * every rebalance, so there are no meters to keep: what a scrape shows is composed when it comes. A number that is not known is left out.
 */
public final class PartitionCollector implements MultiCollector {

    private static final List<Metric> METRICS = List.of(Metric.PARTITION_COMMITTED, Metric.PARTITION_FINISHED, Metric.PARTITION_POSITION,
        Metric.PARTITION_END, Metric.PARTITION_LAG, Metric.PARTITION_HELD, Metric.PARTITION_OPEN);

    private final EngineSources sources;

    /** @param sources what is read */
    public PartitionCollector(EngineSources sources) {
        this.sources = sources;
    }

    @Override
    public MetricSnapshots collect() {
        List<WindowStatus.Partition> partitions = new ArrayList<>(sources.window().get().partitions());
        Map<PartitionId, PartitionLag> lags = sources.lags().get();
        Set<PartitionId> assigned = partitions.stream().map(WindowStatus.Partition::id).collect(Collectors.toSet());
        lags.keySet().stream().filter(id -> !assigned.contains(id)).forEach(id -> partitions.add(new WindowStatus.Partition(id, -1, -1, -1,
            0)));
        return new MetricSnapshots(METRICS.stream().map(metric -> snapshot(metric, partitions, lags)).toList());
    }

    @Override
    public List<String> getPrometheusNames() {
        return METRICS.stream().map(Metric::prometheusName).toList();
    }

    private static MetricSnapshot snapshot(Metric metric, List<WindowStatus.Partition> partitions, Map<PartitionId, PartitionLag> lags) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(metric.prometheusName()).help(metric.meaning());
        for (WindowStatus.Partition partition : partitions) {
            value(metric, partition, lags.get(partition.id())).ifPresent(value -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(Label.TOPIC.name(), partition.id().topic(), Label.PARTITION.name(),
                    Integer.toString(partition.id().partition())))
                .value(value).build()));
        }
        return gauge.build();
    }

    private static OptionalLong value(Metric metric, WindowStatus.Partition partition, PartitionLag lag) {
        return switch (metric) {
            case PARTITION_FINISHED -> known(partition.finishedUpTo());
            case PARTITION_POSITION -> known(partition.position());
            case PARTITION_OPEN -> OptionalLong.of(partition.open());
            case PARTITION_COMMITTED -> known(lag == null ? partition.committed() : lag.committedSince(partition.committed()).committed());
            case PARTITION_END -> lag == null ? OptionalLong.empty() : OptionalLong.of(lag.end());
            case PARTITION_LAG -> lag == null ? OptionalLong.empty() : OptionalLong.of(lag.committedSince(partition.committed()).records());
            case PARTITION_HELD -> lag == null ? OptionalLong.empty() : OptionalLong.of(lag.held());
            default -> throw new IllegalArgumentException(metric + " is not of a partition");
        };
    }

    private static OptionalLong known(long offset) {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}
