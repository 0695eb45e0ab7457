package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "15m, PT15M", "24h, PT24H", "7d, PT168H", "0s, PT0S", "5 s, PT5S",
        "999999999d, PT23999999976H"})
    void a_number_with_a_unit_is_a_duration(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "1e3s", "30S", "30 sec", "1m30s", "PT30S", "9999999999s", "\u0663s", "30s "})
    void anything_else_is_none(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
