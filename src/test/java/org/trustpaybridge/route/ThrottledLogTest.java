package org.trustpaybridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class ThrottledLogTest {

    private long nanos = Long.MAX_VALUE - 5;
    private final ThrottledLog seldom = new ThrottledLog(Duration.ofSeconds(1), () -> nanos);

    @Test
    void the_first_of_a_kind_is_said_and_then_one_in_a_while_with_the_number_of_those_left_out() {
        assertThat(seldom.now("a")).hasValue(0);
        assertThat(seldom.now("a")).isEmpty();
        assertThat(seldom.now("b")).hasValue(0);
        assertThat(seldom.now("a")).isEmpty();

        nanos += Duration.ofSeconds(1).toNanos();

        assertThat(seldom.now("a")).hasValue(2);
        assertThat(seldom.now("a")).isEmpty();
    }

    @Test
    void very_many_kinds_are_said_no_more_often_than_a_bounded_number_of_them() {
        long said = 0;
        for (int i = 0; i < 10_000; i++) {
            said += seldom.now("kind " + i).isPresent() ? 1 : 0;
        }

        assertThat(said).isLessThanOrEqualTo(101);
    }
}
