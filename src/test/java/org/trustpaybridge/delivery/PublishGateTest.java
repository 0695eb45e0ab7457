package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.PublishGate.Target.DEAD_LETTERS;
import static org.trustpaybridge.delivery.PublishGate.Target.PAYMENT_URLS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class PublishGateTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private long nanos = Long.MAX_VALUE - 1_000_000_000L;
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final PublishGate gate = new PublishGate(Duration.ofSeconds(30), new Moving(), () -> nanos);
    private final List<String> told = new ArrayList<>();
    private long offset;

    PublishGateTest() {
        gate.whenChanged((target, closed) -> told.add(target + " " + closed.map(PublishGate.Closed::why).orElse("open")));
    }

    @Test
    void a_topic_that_takes_no_record_is_closed_at_once_and_the_other_one_stays_open() {
        // When
        Optional<Duration> wait = gate.failed(PAYMENT_URLS, record(), "no right", true);

        // Then
        assertThat(wait).isPresent();
        assertThat(gate.closed(PAYMENT_URLS)).contains(new PublishGate.Closed(now, "no right", true));
        assertThat(gate.closed(DEAD_LETTERS)).isEmpty();
        assertThat(gate.mayPublish(PAYMENT_URLS, record())).isPresent();
        assertThat(gate.mayPublish(DEAD_LETTERS, record())).isEmpty();
        assertThat(told).containsExactly("PAYMENT_URLS no right");
    }

    @Test
    void no_order_is_posted_while_payment_urls_cannot_be_published_and_dead_letters_do_not_matter_for_it() {
        // When
        gate.failed(DEAD_LETTERS, record(), "no right", true);
        assertThat(gate.mayCall(record())).isEmpty();
        gate.failed(PAYMENT_URLS, record(), "no right", true);

        // Then
        assertThat(gate.mayCall(record())).isPresent();
    }

    @Test
    void one_record_at_a_time_tries_after_a_wait_that_doubles_up_to_a_limit() {
        // Given
        gate.failed(PAYMENT_URLS, record(), "no right", true);
        Duration last = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            Duration wait = gate.mayPublish(PAYMENT_URLS, record()).orElseThrow();
            assertThat(wait).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Duration.ofSeconds(15));
            last = wait;

            // When
            later(wait);
            InFlightRecord prober = record();
            assertThat(gate.mayPublish(PAYMENT_URLS, prober)).isEmpty();
            assertThat(gate.mayPublish(PAYMENT_URLS, record())).as("another one").isPresent();
            gate.failed(PAYMENT_URLS, prober, "no right", true);
            gate.passEnded(prober);
        }

        // Then
        assertThat(last).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void the_first_record_that_gets_through_opens_the_topic() {
        // Given
        gate.failed(PAYMENT_URLS, record(), "no right", true);

        // When
        gate.published(PAYMENT_URLS, record());

        // Then
        assertThat(gate.closed(PAYMENT_URLS)).isEmpty();
        assertThat(gate.mayPublish(PAYMENT_URLS, record())).isEmpty();
        assertThat(gate.mayCall(record())).isEmpty();
        assertThat(told).containsExactly("PAYMENT_URLS no right", "PAYMENT_URLS open");
        gate.published(PAYMENT_URLS, record());
        assertThat(told).hasSize(2);
    }

    @Test
    void a_probe_whose_pass_ended_otherwise_leaves_its_turn_to_the_next() {
        // Given
        gate.failed(PAYMENT_URLS, record(), "no right", true);
        later(SECOND);
        InFlightRecord prober = record();
        gate.mayPublish(PAYMENT_URLS, prober);

        // When
        gate.passEnded(prober);

        // Then
        assertThat(gate.mayPublish(PAYMENT_URLS, record())).isEmpty();
    }

    @Test
    void when_nobody_is_left_to_try_an_order_is_posted_for_it() {
        // Given
        gate.failed(PAYMENT_URLS, record(), "no right", true);
        later(SECOND);
        Duration wait = gate.mayCall(record()).orElseThrow();

        // When
        later(wait);

        // Then
        InFlightRecord order = record();
        assertThat(gate.mayCall(order)).isEmpty();
        assertThat(gate.mayCall(record())).as("a second one").isPresent();
        assertThat(gate.mayPublish(PAYMENT_URLS, order)).as("its own URL").isEmpty();
    }

    @Test
    void single_failures_that_may_be_their_partitions_own_close_nothing_while_others_get_through() {
        for (int i = 0; i < 50; i++) {
            assertThat(gate.failed(PAYMENT_URLS, record(), "timed out", false)).isEmpty();
            gate.published(PAYMENT_URLS, record());
            later(SECOND);
        }

        assertThat(told).isEmpty();
    }

    @Test
    void five_records_in_a_row_close_the_topic_and_orders_for_other_partitions_may_open_it() {
        // Given
        for (int i = 0; i < 4; i++) {
            assertThat(gate.failed(PAYMENT_URLS, record(), "timed out", false)).isEmpty();
        }
        InFlightRecord fifth = record();
        gate.mayPublish(PAYMENT_URLS, fifth);

        // When
        assertThat(gate.failed(PAYMENT_URLS, fifth, "timed out", false)).isPresent();

        // Then
        later(Duration.ofSeconds(5));
        InFlightRecord stubborn = record();
        assertThat(gate.mayPublish(PAYMENT_URLS, stubborn)).isEmpty();
        assertThat(gate.mayCall(record())).as("beside a probe of a URL at hand").isEmpty();
    }

    @Test
    void few_failures_close_the_topic_when_none_got_through_for_a_while() {
        // Given
        InFlightRecord lonely = record();
        assertThat(gate.failed(PAYMENT_URLS, lonely, "timed out", false)).isEmpty();
        later(Duration.ofSeconds(19));
        assertThat(gate.failed(PAYMENT_URLS, lonely, "timed out", false)).isEmpty();

        // When
        later(SECOND);

        // Then
        assertThat(gate.failed(PAYMENT_URLS, lonely, "timed out", false)).isPresent();
    }

    @Test
    void few_dead_letters_go_at_once_until_one_got_through_and_large_ones_never_fill_the_producer() {
        // Given
        List<InFlightRecord> admitted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            admitted.add(record());
            assertThat(gate.mayPublish(DEAD_LETTERS, admitted.get(i))).isEmpty();
        }
        assertThat(gate.mayPublish(DEAD_LETTERS, record())).isPresent();
        gate.published(DEAD_LETTERS, record());
        admitted.forEach(gate::passEnded);

        // When
        int large = 0;
        while (gate.mayPublish(DEAD_LETTERS, record(new byte[3 << 20])).isEmpty()) {
            large++;
        }

        // Then
        assertThat(large).isEqualTo(5);
    }

    @Test
    void of_letters_that_were_refused_for_their_size_one_at_a_time_tries_again_and_others_flow() {
        // Given
        List<InFlightRecord> large = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            large.add(record(new byte[1 << 20]));
            assertThat(gate.mayPublish(DEAD_LETTERS, large.get(i))).isEmpty();
            gate.failed(PublishGate.Target.LARGE_DEAD_LETTERS, large.get(i), "too large", true);
            gate.passEnded(large.get(i));
        }

        // When
        later(SECOND);

        // Then
        assertThat(large).filteredOn(each -> gate.mayPublish(DEAD_LETTERS, each).isEmpty()).hasSize(1);
        InFlightRecord small = record();
        assertThat(gate.mayPublish(DEAD_LETTERS, small)).isEmpty();
        gate.published(DEAD_LETTERS, small);
        assertThat(gate.closed(PublishGate.Target.LARGE_DEAD_LETTERS)).isPresent();

        gate.published(DEAD_LETTERS, large.get(0));
        assertThat(gate.closed(PublishGate.Target.LARGE_DEAD_LETTERS)).isEmpty();
        assertThat(told).containsExactly("LARGE_DEAD_LETTERS too large", "LARGE_DEAD_LETTERS open");
    }

    @Test
    void a_letter_larger_than_all_that_goes_alone() {
        assertThat(gate.mayPublish(DEAD_LETTERS, record(new byte[70 << 20]))).isEmpty();
        assertThat(gate.mayPublish(DEAD_LETTERS, record())).isPresent();
    }

    private InFlightRecord record() {
        return record(new byte[1]);
    }

    private InFlightRecord record(byte[] value) {
        return Records.inFlight(Records.source(0, offset++, "o-" + offset, value, List.of()));
    }

    private void later(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    private final class Moving extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
