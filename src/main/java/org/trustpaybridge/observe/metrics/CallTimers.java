package org.trustpaybridge.observe.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The timers of one kind of call, by outcome and class of the HTTP status. Most of the combinations never happen, so each timer is made
 * when it is first needed, and found by its place afterwards.
 *
 * @param <E> the outcomes
 */
final class CallTimers<E extends Enum<E>> {

    private static final Duration[] BUCKETS = {Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
        Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60)};
    private static final int CLASSES = StatusClass.values().length;

    private final MeterRegistry registry;
    private final String call;
    private final AtomicReferenceArray<Timer> timers;

    CallTimers(MeterRegistry registry, String call, E[] outcomes) {
        this.registry = registry;
        this.call = call;
        this.timers = new AtomicReferenceArray<>(outcomes.length * CLASSES);
    }

    Timer of(E outcome, StatusClass status) {
        int place = outcome.ordinal() * CLASSES + status.ordinal();
        Timer timer = timers.get(place);
        if (timer == null) {
            // The registry gives everybody the same one.
            timer = Meters.timer(registry, Metric.PROVIDER_CALLS, BUCKETS, call, outcome.name(), status.label());
            timers.set(place, timer);
        }
        return timer;
    }
}
