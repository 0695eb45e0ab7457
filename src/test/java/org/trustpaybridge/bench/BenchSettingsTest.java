package org.trustpaybridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

class BenchSettingsTest {

    @Test
    void without_anything_a_short_set_is_run() {
        BenchSettings settings = with(Map.of(), BenchSettings::fromSystemProperties);

        assertThat(settings.scenarios()).extracting(Scenario::name).containsExactlyElementsOf(Scenarios.SHORT);
        assertThat(settings.scenarios()).allMatch(scenario -> !scenario.goals().isEmpty());
        assertThat(settings.rounds()).isEqualTo(3);
        assertThat(settings.contenders()).containsExactly(Contender.BRIDGE, Contender.BASELINE);
    }

    @Test
    void conditions_alone_make_a_scenario_without_goals() {
        BenchSettings settings = with(Map.of("bench.latency", "lognormal:20ms:0.5", "bench.orders", "300", "bench.concurrency", "8"),
            BenchSettings::fromSystemProperties);

        assertThat(settings.scenarios()).singleElement().satisfies(scenario -> {
            assertThat(scenario.time()).isEqualTo(new ProviderTime(20, 0.5));
            assertThat(scenario.orders()).isEqualTo(300);
            assertThat(scenario.concurrency()).isEqualTo(8);
            assertThat(scenario.goals()).isEmpty();
        });
    }

    @Test
    void goals_outlast_another_number_of_orders_but_not_another_provider() {
        Map<String, String> orders = Map.of("bench.scenarios", "one-partition", "bench.orders", "300");
        Map<String, String> provider = Map.of("bench.scenarios", "one-partition", "bench.latency", "50ms");

        assertThat(with(orders, BenchSettings::fromSystemProperties).scenarios().get(0).goals()).isNotEmpty();
        assertThat(with(provider, BenchSettings::fromSystemProperties).scenarios().get(0).goals()).isEmpty();
    }

    @Test
    void a_mistake_names_the_property_and_what_is_expected() {
        assertThatThrownBy(() -> with(Map.of("bench.scenarios", "fast"), BenchSettings::fromSystemProperties))
            .hasMessageContaining("-Dbench.scenarios").hasMessageContaining("'fast'").hasMessageContaining("one-partition");
        assertThatThrownBy(() -> with(Map.of("bench.latency", "quick"), BenchSettings::fromSystemProperties))
            .hasMessageContaining("-Dbench.latency").hasMessageContaining("'quick'").hasMessageContaining("100ms");
        assertThatThrownBy(() -> with(Map.of("bench.orders", "many"), BenchSettings::fromSystemProperties))
            .hasMessageContaining("-Dbench.orders").hasMessageContaining("'many'");
        assertThatThrownBy(() -> with(Map.of("bench.programs", "spring"), BenchSettings::fromSystemProperties))
            .hasMessageContaining("-Dbench.programs").hasMessageContaining("bridge, mapped, baseline");
    }

    private static <T> T with(Map<String, String> properties, Supplier<T> action) {
        properties.forEach(System::setProperty);
        try {
            return action.get();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }
}
