package org.trustpaybridge.observe.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.MeterRegistry;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.WindowStatus;

/** The gauges: they cost something only when somebody scrapes. */
public final class EngineGauges {

    private final MeterRegistry registry;
    private final EngineSources sources;
    private final WindowMoment window;
    private final Clock clock;

    private EngineGauges(MeterRegistry registry, EngineSources sources, Clock clock) {
        this.registry = registry;
        this.sources = sources;
        this.clock = clock;
        this.window = new WindowMoment(sources.window(), System::nanoTime);
    }

    /**
     * @param registry    where the gauges are kept
     * @param sources     what they read
     * @param clock       wall clock, for ages
     * @param concurrency provider calls that may be in flight at once
     * @param version     version of the bridge
     */
    public static void register(MeterRegistry registry, EngineSources sources, Clock clock, int concurrency, String version) {
        EngineGauges gauges = new EngineGauges(registry, sources, clock);
        gauges.inFlight();
        gauges.provider();
        gauges.ledger();
        gauges.kafka();
        gauges.conditions();
        Meters.gauge(registry, Metric.CONCURRENCY, () -> concurrency);
        Meters.gauge(registry, Metric.BUILD_INFO, () -> 1, version, System.getProperty("java.version"));
    }

    private void inFlight() {
        state("running", WindowStatus::running);
        state("ready", WindowStatus::ready);
        state("waiting", WindowStatus::waiting);
        state("parked", WindowStatus::parked);
        Meters.gauge(registry, Metric.FAILING_ALONE, () -> sources.failingAlone().getAsInt());
        Meters.gauge(registry, Metric.HELD, () -> window.status().held());
        Meters.gauge(registry, Metric.IN_FLIGHT_BYTES, () -> window.status().bytes());
        Meters.gauge(registry, Metric.OLDEST_IN_FLIGHT, () -> window.status().oldestFetched()
            .map(fetched -> Math.max(0, Duration.between(fetched, clock.instant()).toMillis()) / 1000.0).orElse(0.0));
    }

    private void state(String name, ToIntFunction<WindowStatus> count) {
        Meters.gauge(registry, Metric.IN_FLIGHT, () -> count.applyAsInt(window.status()), name);
    }

    private void provider() {
        for (String state : Label.PROVIDER_STATE.values()) {
            Meters.gauge(registry, Metric.PROVIDER_STATE, () -> flag(sources.provider().get().name().equals(state)), state);
        }
        Meters.gauge(registry, Metric.PROVIDER_STATE_SINCE, () -> unixTime().apply(sources.provider().get().since()));
    }

    private void ledger() {
        Meters.gauge(registry, Metric.LEDGER_ORDERS, () -> sources.ledgerOrders().getAsLong());
        Meters.gauge(registry, Metric.LEDGER_BYTES, () -> sources.ledgerBytes().getAsLong());
        Meters.gauge(registry, Metric.LEDGER_COMPLETE, () -> flag(sources.ledgerComplete().getAsBoolean()));
    }

    private void kafka() {
        Meters.gauge(registry, Metric.KAFKA_WAITING, () -> flag(sources.waitingForKafka().getAsBoolean()));
        Meters.gauge(registry, Metric.KAFKA_LAST_POLL, () -> sources.lastPoll().get().map(unixTime()).orElse(0.0));
        Meters.gauge(registry, Metric.CONSUMPTION_PAUSED, () -> flag(sources.consumptionPaused().getAsBoolean()));
    }

    private void conditions() {
        for (Condition.Name name : Condition.Name.values()) {
            Meters.gauge(registry, Metric.CONDITION,
                () -> flag(sources.conditions().get().stream().anyMatch(condition -> condition.name() == name)), name.name());
        }
    }

    private static Function<Instant, Double> unixTime() {
        return time -> time.toEpochMilli() / 1000.0;
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }
}
