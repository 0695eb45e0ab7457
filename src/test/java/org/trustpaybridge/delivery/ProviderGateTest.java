package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.source;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.provider.Failure;

class ProviderGateTest {

    private static final Failure BUSY = new Failure(503, OptionalInt.empty(), "", "HTTP_STATUS");
    private static final Failure BAD_KEY = new Failure(401, OptionalInt.of(1032), "Invalid API key", "ERROR_CODE");

    private final AtomicLong nanos = new AtomicLong();
    private final ProviderGate gate = new ProviderGate(Duration.ofSeconds(30), Clock.systemUTC(), nanos::get);
    private final List<String> told = new ArrayList<>();

    ProviderGateTest() {
        gate.whenChanged(state -> told.add(state.name()));
    }

    @Test
    void while_orders_flow_any_call_may_be_made_and_none_is_a_probe() {
        for (int i = 0; i < 1000; i++) {
            assertThat(gate.untilCall()).isZero();
            assertThat(gate.call()).isFalse();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void five_different_orders_failing_in_a_row_are_an_outage() {
        fail(4);
        assertThat(gate.flowing()).isTrue();

        fail(5, 1);

        assertThat(gate.state()).isInstanceOf(ProviderState.Outage.class);
        assertThat(gate.state().why()).contains(BUSY);
        assertThat(told).containsExactly("OUTAGE");
    }

    @Test
    void the_same_order_failing_again_and_again_is_none() {
        InFlightRecord stuck = Records.inFlight(source(0, 1, "stuck"));

        for (int i = 0; i < 100; i++) {
            gate.failed(stuck, BUSY);
        }

        assertThat(gate.flowing()).isTrue();
    }

    @Test
    void a_good_answer_between_them_begins_the_count_anew() {
        fail(4);
        gate.goodAnswer(probe());

        fail(10, 4);

        assertThat(gate.flowing()).isTrue();
    }

    @Test
    void in_an_outage_calls_are_spaced_and_at_most_four_at_a_time() {
        fail(5);
        assertThat(gate.untilCall()).as("the first probe follows soon").isEqualTo(Duration.ofSeconds(1));

        int calls = 0;
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(7500));
            if (gate.untilCall().isZero()) {
                assertThat(gate.call()).isTrue();
                assertThat(gate.untilCall()).isPositive();
                calls++;
            }
        }

        assertThat(calls).isEqualTo(4);
        gate.probeEnded();
        assertThat(gate.untilCall()).isZero();
    }

    @Test
    void with_an_account_fault_one_call_at_a_time_is_made() {
        gate.accountFault(BAD_KEY);
        pass(Duration.ofSeconds(15));
        assertThat(gate.call()).isTrue();

        pass(Duration.ofSeconds(60));

        assertThat(gate.untilCall()).isPositive();
        gate.probeEnded();
        assertThat(gate.untilCall()).isZero();
    }

    @Test
    void an_account_fault_is_told_once_however_many_orders_meet_it() {
        for (int i = 0; i < 1000; i++) {
            gate.accountFault(BAD_KEY);
        }

        assertThat(told).containsExactly("ACCOUNT_FAULT");
    }

    @Test
    void an_account_fault_in_an_outage_is_the_newer_knowledge() {
        fail(5);

        gate.accountFault(BAD_KEY);

        assertThat(gate.state()).isInstanceOf(ProviderState.AccountFault.class);
    }

    @Test
    void failures_of_a_passing_kind_do_not_hide_an_account_fault() {
        gate.accountFault(BAD_KEY);

        fail(50);

        assertThat(gate.state()).isInstanceOf(ProviderState.AccountFault.class);
    }

    @Test
    void a_good_answer_ends_either_state() {
        gate.accountFault(BAD_KEY);
        assertThat(gate.goodAnswer(probe())).isTrue();
        fail(20, 5);
        assertThat(gate.goodAnswer(probe())).isTrue();

        assertThat(gate.goodAnswer(probe())).isFalse();

        assertThat(told).containsExactly("ACCOUNT_FAULT", "FLOWING", "OUTAGE", "FLOWING");
        assertThat(gate.lastRecovery()).isEqualTo(gate.state().since());
    }

    @Test
    void an_account_fault_is_not_ended_by_an_answer_to_a_call_that_was_begun_before_it() {
        InFlightRecord before = Records.inFlight(source(0, 1, "before"));
        gate.accountFault(BAD_KEY);

        assertThat(gate.goodAnswer(before)).isFalse();

        assertThat(gate.flowing()).isFalse();
    }

    @Test
    void an_operator_can_let_a_probe_out_at_once() {
        fail(5);

        gate.probeNow();

        assertThat(gate.untilCall()).isZero();
    }

    /** A record whose call was let out by the gate. */
    private static InFlightRecord probe() {
        InFlightRecord inFlight = Records.inFlight(source(0, 999, "probe"));
        inFlight.probe = true;
        return inFlight;
    }

    private void fail(int orders) {
        fail(0, orders);
    }

    private void fail(int from, int orders) {
        for (int i = from; i < from + orders; i++) {
            gate.failed(Records.inFlight(source(0, i, "order-" + i)), BUSY);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
