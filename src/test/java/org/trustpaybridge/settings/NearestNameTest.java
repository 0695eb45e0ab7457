package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> KNOWN = List.of("retry.max-delay", "retry.initial-delay", "kafka.brokers", "ab");

    @ParameterizedTest
    @CsvSource({"retry.maxdelay, retry.max-delay", "retry.max-dealy, retry.max-delay", "kafka.broker, kafka.brokers",
        "retry.initialDelay, retry.initial-delay", "kafka.brokers, kafka.brokers", "xx, ab"})
    void a_slip_finds_the_name_that_was_meant(String slip, String meant) {
        assertThat(NearestName.to(slip, KNOWN)).contains(meant);
    }

    @Test
    void a_name_that_is_like_none_finds_none() {
        assertThat(NearestName.to("spring.datasource.url", KNOWN)).isEmpty();
    }

    @Test
    void of_two_that_are_equally_near_the_first_by_name_is_taken() {
        assertThat(NearestName.to("axc", List.of("abc", "aac"))).contains("aac");
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "abc, abc, 0"})
    void the_distance_counts_single_edits(String a, String b, int expected) {
        assertThat(NearestName.distance(a, b)).isEqualTo(expected);
    }
}
