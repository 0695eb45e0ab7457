package org.trustpaybridge.observe.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what became of notifications. Made only where they are received. Safe for use by several threads. */
public final class NotificationMetrics {

    private final Map<String, Counter> counters = new HashMap<>();
    private final MeterRegistry registry;

    /** @param registry where the meters are kept */
    public NotificationMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (NotificationOutcome outcome : NotificationOutcome.values()) {
            if (outcome != NotificationOutcome.REFUSED) {
                add(outcome, Label.NONE);
            }
        }
        Label.REFUSAL.values().stream().filter(reason -> !reason.equals(Label.NONE))
            .forEach(reason -> add(NotificationOutcome.REFUSED, reason));
    }

    private void add(NotificationOutcome outcome, String reason) {
        counters.put(outcome + reason, Meters.counter(registry, Metric.NOTIFICATIONS, outcome.word(), reason));
    }

    /**
     * @param orders how many orders' statuses are remembered
     * @param bytes  memory that they take
     */
    public void watch(Supplier<Number> orders, Supplier<Number> bytes) {
        Meters.gauge(registry, Metric.STATUS_ORDERS, orders);
        Meters.gauge(registry, Metric.STATUS_BYTES, bytes);
    }

    /** @param outcome what became of a notification that was not refused */
    public void ended(NotificationOutcome outcome) {
        counters.get(outcome + Label.NONE).increment();
    }

    /** @param reason why a notification was refused, one of the values of the label */
    public void refused(String reason) {
        counters.get(NotificationOutcome.REFUSED + reason).increment();
    }
}
