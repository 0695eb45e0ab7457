package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {

    private static final Duration INITIAL = Duration.ofMillis(500);
    private static final Duration MAX = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "8, 30000", "64, 30000", "2147483647, 30000"})
    void the_bound_doubles_up_to_the_longest_wait(int failures, long bound) {
        // When
        Duration delay = new RetrySchedule(INITIAL, MAX, highest()).delay(failures, Optional.empty());

        // Then
        assertThat(delay).isEqualTo(Duration.ofMillis(bound));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void every_wait_up_to_the_bound_may_come(int failures) {
        // Given
        RetrySchedule schedule = new RetrySchedule(Duration.ofMillis(1), Duration.ofMillis(4), new Random(1));
        long bound = Math.min(4, 1L << (failures - 1));

        // When
        long[] delays = IntStream.range(0, 500).mapToLong(i -> schedule.delay(failures, Optional.empty()).toMillis()).distinct().sorted()
            .toArray();

        // Then
        assertThat(delays).hasSize((int) bound + 1).startsWith(0L).endsWith(bound);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 500", "PT0.2S, 500", "PT12S, 12000", "PT30S, 30000", "PT1H, 30000", "P10000000D, 30000"})
    void what_the_provider_asks_for_is_waited_at_least_but_never_longer_than_the_longest_wait(Duration asked, long expected) {
        // When
        Duration delay = new RetrySchedule(INITIAL, MAX, highest()).delay(1, Optional.of(asked));

        // Then
        assertThat(delay).isEqualTo(Duration.ofMillis(expected));
    }

    @Test
    void the_longest_settings_do_not_overflow() {
        // Given
        Duration year = Duration.ofDays(365);

        // When
        Duration delay = new RetrySchedule(year, year, highest()).delay(1000, Optional.of(year));

        // Then
        assertThat(delay).isEqualTo(year);
    }

    /** Always draws the highest number. */
    private static RandomGenerator highest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }
}
