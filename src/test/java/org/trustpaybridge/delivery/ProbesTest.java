package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.P0;
import static org.trustpaybridge.delivery.Records.source;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which records the window hands out while calls are held back, and while bad ones lie ahead. */
class ProbesTest {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration FALLBACK = Duration.ofSeconds(9);

    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = Clock.fixed(Records.FETCHED, ZoneOffset.UTC);
    private final ProviderGate gate = new ProviderGate(new GateRules(Duration.ofSeconds(30), Duration.ofSeconds(30), 8), clock, nanos::get);
    private final InFlightWindow window = new InFlightWindow(new WindowLimits(16, 100, 1000, 1000), Records::orderId, clock, nanos::get,
        gate);
    private long offset;

    @BeforeEach
    void five_orders_fail_for_longer_than_a_moment() {
        window.assign(P0);
        open(5);
        take().forEach(record -> fail(record, Duration.ofSeconds(20 + record.source().offset())));
        assertThat(gate.holdingBack()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(gate.state().name()).isEqualTo("OUTAGE");
    }

    @Test
    void a_probe_does_not_wait_for_its_record_to_be_due() {
        assertThat(offsets(take())).containsExactly(0L);

        assertThat(take()).isEmpty();
        pass(Duration.ofMillis(7500));

        assertThat(offsets(take())).containsExactly(1L);
    }

    @Test
    void orders_that_were_not_tried_yet_are_probes_before_all_others_and_from_both_ends() {
        open(6);
        List<Long> probes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<InFlightRecord> taken = take();
            probes.addAll(offsets(taken));
            taken.forEach(record -> fail(record, Duration.ofSeconds(1)));
            pass(Duration.ofMillis(7500));
        }

        assertThat(probes).containsExactly(10L, 5L, 9L, 6L);
    }

    @Test
    void an_order_that_comes_while_nothing_else_waits_but_known_ones_goes_out_at_once() {
        take().forEach(record -> fail(record, Duration.ofSeconds(1)));
        assertThat(take()).isEmpty();

        open(1);

        assertThat(offsets(take())).containsExactly(5L);
    }

    @Test
    void what_was_handed_out_before_calls_were_held_back_gets_its_place_back_without_a_call() {
        ProviderGate fresh = new ProviderGate(new GateRules(Duration.ofSeconds(30), Duration.ofSeconds(30), 8), clock, nanos::get);
        InFlightWindow other = new InFlightWindow(new WindowLimits(16, 100, 1000, 1000), Records::orderId, clock, nanos::get, fresh);
        other.assign(P0);
        for (int i = 0; i < 10; i++) {
            other.open(source(0, i, "o-" + i));
        }
        List<InFlightRecord> taken = Records.take(other);
        assertThat(taken).hasSize(10);
        taken.subList(0, 5).forEach(record -> {
            record.countPost();
            Records.providerFails(fresh, record);
        });

        for (InFlightRecord record : taken.subList(5, 10)) {
            assertThat(other.heldBack(record)).isTrue();
            record.conclude(new Verdict.NotNow());
            other.passEnded(record, FALLBACK);
        }

        assertThat(other.status().ready()).isEqualTo(5);
        List<InFlightRecord> probe = Records.take(other);
        assertThat(offsets(probe)).containsExactly(9L);
        assertThat(other.heldBack(probe.get(0))).isFalse();
    }

    /** Network gone: the provider does not answer, and nobody knows any more whose the partitions are. */
    @Test
    void records_that_cannot_be_called_for_are_looked_at_no_more_often_than_they_ask_for() {
        open(20);

        int passes = 0;
        int wakeUpsForNothing = 0;
        for (int millis = 0; millis < 5000; millis++) {
            boolean due = window.untilNextDue().filter(Duration::isZero).isPresent();
            List<InFlightRecord> taken = take();
            taken.forEach(record -> later(record, LOOK_AGAIN));
            passes += taken.size();
            wakeUpsForNothing += due && taken.isEmpty() ? 1 : 0;
            pass(Duration.ofMillis(1));
        }

        assertThat(passes).as("25 records for 5 s, each every 500 ms at most, and as probes far fewer").isLessThanOrEqualTo(60);
        assertThat(wakeUpsForNothing).isLessThanOrEqualTo(60);
    }

    @Test
    void a_record_that_waits_for_kafka_alone_is_no_probe_before_its_time() {
        open(1);
        InFlightRecord decided = take().get(0);
        assertThat(decided.source().offset()).isEqualTo(5);
        decided.decide(new Decision.Repeat(Decision.Repeat.Of.PAYMENT_URL, Records.FETCHED));
        later(decided, Duration.ofSeconds(1));

        assertThat(take()).as("the next probe, as this one told nothing of the provider").hasSize(1).doesNotContain(decided);
        pass(Duration.ofSeconds(1));
        assertThat(take()).containsExactly(decided);
    }

    @Test
    void more_is_fetched_while_calls_are_held_back_until_as_many_wait_as_may() {
        open(90);
        assertThat(window.hasRoom()).as("good ones may lie behind bad ones").isTrue();

        open(5);

        assertThat(window.hasRoom()).isFalse();
        assertThat(window.fullOfWaiting()).as("it is not the failing ones that fill it").isFalse();
    }

    @Test
    void a_success_makes_all_due_that_failed_and_orders_to_blame_take_a_part_of_the_calls_only() {
        open(40);
        List<InFlightRecord> good = take();
        good.get(0).countPost();
        assertThat(gate.succeeded(good.get(0))).isTrue();
        window.tryAgainNow();
        succeed(good.get(0));
        List<InFlightRecord> again = tried(take());
        assertThat(again).as("each may be good").hasSizeBetween(3, 4);
        again.forEach(record -> fail(record, Duration.ZERO));

        List<InFlightRecord> next = take();

        assertThat(tried(next).stream().filter(gate::blames)).as("an eighth of the calls while bad ones lie ahead").hasSize(1);
        assertThat(next).as("no more than calls at once").hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void failing_orders_take_no_room_of_those_that_were_not_tried_yet() {
        succeedOne();
        for (int i = 0; i < 60; i++) {
            open(1);
            take().forEach(record -> fail(record, Duration.ofHours(1)));
            succeedOne();
        }
        pass(Duration.ofMinutes(2));

        open(15);

        assertThat(window.status().waiting()).isGreaterThan(55);
        assertThat(window.hasRoom()).isTrue();
        open(1);
        assertThat(window.hasRoom()).isFalse();
    }

    @Test
    void as_many_failing_orders_as_may_wait_stop_fetching_and_that_is_told() {
        succeedOne();
        for (int i = 0; i < 100; i++) {
            open(1);
            take().forEach(record -> fail(record, Duration.ofHours(1)));
            succeedOne();
        }

        assertThat(window.hasRoom()).isFalse();
        assertThat(window.fullOfWaiting()).isTrue();
    }

    private void succeedOne() {
        InFlightRecord other = Records.inFlight(source(0, 999_999, "other"));
        Records.handOut(other, nanos.incrementAndGet());
        nanos.incrementAndGet();
        gate.succeeded(other);
    }

    private void succeed(InFlightRecord record) {
        record.conclude(new Verdict.Finished());
        window.passEnded(record, FALLBACK);
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            window.open(source(0, offset, "o-" + offset++));
        }
    }

    private List<InFlightRecord> take() {
        return Records.take(window);
    }

    private static List<InFlightRecord> tried(List<InFlightRecord> records) {
        return records.stream().filter(record -> record.posts() > 0).toList();
    }

    private void fail(InFlightRecord record, Duration delay) {
        record.countPost();
        pass(Duration.ofNanos(1));
        gate.failed(record, GateDesk.BUSY, false, Optional.empty());
        later(record, delay);
    }

    private void later(InFlightRecord record, Duration delay) {
        record.conclude(new Verdict.Later(delay));
        window.passEnded(record, FALLBACK);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static List<Long> offsets(List<InFlightRecord> records) {
        return records.stream().map(record -> record.source().offset()).toList();
    }
}
