package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "2s, PT2S", "1m, PT1M", "3h, PT3H", "0, PT0S", "' 5ms ', PT0.005S"})
    void a_fixed_latency_is_a_number_with_its_unit(String text, Duration expected) {
        assertThat(Latency.parse(text)).isEqualTo(new Latency.Fixed(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "1.5s", "-1s", "1d", "500ms..50ms", "50ms..", "lognormal:100ms", "lognormal:100ms:x",
        "lognormal:100ms:-1", "lognormal:100ms:NaN"})
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Latency.parse(text));
    }

    @Test
    void a_uniform_latency_stays_within_its_bounds_and_reaches_far_into_them() {
        Latency latency = Latency.parse("50ms..500ms");
        Random random = new Random(1);

        long[] millis = Stream.generate(() -> latency.next(random)).limit(10_000).mapToLong(Duration::toMillis).sorted().toArray();

        assertThat(millis[0]).isBetween(50L, 52L);
        assertThat(millis[5_000]).isBetween(265L, 285L);
        assertThat(millis[9_999]).isBetween(498L, 500L);
    }

    @Test
    void half_of_the_lognormal_latencies_are_below_the_median_and_some_far_above_it() {
        Latency latency = Latency.parse("lognormal:100ms:0.5");
        Random random = new Random(1);

        long[] millis = Stream.generate(() -> latency.next(random)).limit(10_000).mapToLong(Duration::toMillis).sorted().toArray();

        assertThat(millis[5_000]).isBetween(95L, 105L);
        // Two sigmas above the median of this distribution: 100 ms * e.
        assertThat(millis[9_770]).isBetween(245L, 305L);
    }
}
