package org.trustpaybridge.observe.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;

/** Makes meters as the catalogue has them. */
final class Meters {

    private Meters() {
    }

    static Counter counter(MeterRegistry registry, Metric metric, String... values) {
        return Counter.builder(metric.meterName()).description(metric.meaning()).tags(tags(metric, values)).register(registry);
    }

    static Timer timer(MeterRegistry registry, Metric metric, Duration[] buckets, String... values) {
        return Timer.builder(metric.meterName()).description(metric.meaning()).tags(tags(metric, values))
            .serviceLevelObjectives(buckets).register(registry);
    }

    static void gauge(MeterRegistry registry, Metric metric, Supplier<Number> value, String... values) {
        Gauge.builder(metric.meterName(), value).description(metric.meaning()).tags(tags(metric, values)).register(registry);
    }

    private static List<Tag> tags(Metric metric, String... values) {
        List<Label> labels = metric.labels();
        if (labels.size() != values.length) {
            throw new IllegalArgumentException(metric + " has " + labels.size() + " labels, not " + values.length);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!labels.get(i).values().isEmpty() && !labels.get(i).values().contains(values[i])) {
                throw new IllegalArgumentException(values[i] + " is no value of the label " + labels.get(i).name() + " of " + metric);
            }
            tags.add(Tag.of(labels.get(i).name(), values[i]));
        }
        return tags;
    }
}
