package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.GateDesk.BAD_KEY;
import static org.trustpaybridge.delivery.GateDesk.BUSY;
import static org.trustpaybridge.delivery.GateDesk.FORBIDDEN;
import static org.trustpaybridge.delivery.GateDesk.says;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.GatewayAnswer;
import org.trustpaybridge.provider.Reason;

class ProviderGateTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Failure ACTIVE = new Failure(200, OptionalInt.empty(), "", "");

    private final GateDesk desk = new GateDesk();
    private final ProviderGate gate = desk.gate;

    @Test
    void while_orders_flow_no_call_needs_leave() {
        for (int i = 0; i < 1000; i++) {
            desk.succeeds(desk.order());
        }

        assertThat(gate.holdingBack()).isFalse();
        assertThat(desk.told).isEmpty();
    }

    @Test
    void five_different_orders_failing_in_a_row_hold_calls_back_and_are_an_outage_when_nobody_gets_through_for_a_moment() {
        desk.succeeds(desk.order());
        Instant first = desk.now();
        desk.differentOrdersFail(4);
        assertThat(gate.holdingBack()).isFalse();
        desk.differentOrdersFail(1);
        assertThat(gate.holdingBack()).isTrue();
        assertThat(gate.flowing()).as("it may be these orders").isTrue();

        desk.pass(SECOND);
        desk.fails(desk.order());

        assertThat(gate.state()).isEqualTo(new ProviderState.Outage(first, BUSY, true));
        assertThat(desk.told).containsExactly("OUTAGE");
    }

    @Test
    void the_state_is_judged_by_time_too_when_somebody_asks() {
        desk.differentOrdersFail(5);

        desk.pass(SECOND);

        assertThat(gate.state().name()).isEqualTo("OUTAGE");
        assertThat(gate.state().everWorked()).isFalse();
    }

    @Test
    void few_orders_that_fail_are_an_outage_when_nothing_succeeds_for_as_long_as_the_longest_wait() {
        desk.succeeds(desk.order());
        desk.pass(Duration.ofMinutes(10));
        Instant first = desk.now();
        InFlightRecord one = desk.order();
        InFlightRecord other = desk.order();
        for (int i = 0; i < 10; i++) {
            desk.fails(one);
            desk.fails(other);
            assertThat(gate.flowing()).isTrue();
            desk.pass(Duration.ofMillis(2900));
        }

        desk.pass(SECOND);
        desk.fails(one);

        assertThat(gate.state()).isEqualTo(new ProviderState.Outage(first, BUSY, true));
    }

    @Test
    void one_failure_alone_is_no_outage_however_long_ago() {
        desk.fails(desk.order());

        desk.pass(Duration.ofHours(1));

        assertThat(gate.state().name()).isEqualTo("FLOWING");
    }

    @Test
    void a_success_between_them_begins_the_count_anew() {
        desk.differentOrdersFail(4);
        desk.succeeds(desk.order());

        desk.differentOrdersFail(4);

        assertThat(gate.holdingBack()).isFalse();
    }

    @Test
    void orders_that_fail_while_others_succeed_say_nothing_of_the_provider() {
        InFlightRecord[] bad = new InFlightRecord[20];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = desk.order();
            desk.fails(bad[i]);
            desk.succeeds(desk.order());
        }

        for (int minute = 0; minute < 30; minute++) {
            for (InFlightRecord order : bad) {
                assertThat(desk.fails(order).alone()).isTrue();
            }
            desk.pass(Duration.ofMinutes(1));
        }

        assertThat(gate.holdingBack()).isFalse();
        assertThat(desk.told).containsExactly("20 ALONE");
        assertThat(gate.failingOrders().alone()).hasSize(20);
        assertThat(gate.failingOrders().mostCommon()).contains(BUSY);
    }

    @Test
    void an_order_that_failed_before_an_outage_began_is_not_to_blame() {
        // Given: the outage begins while calls are under way. What began before it still succeeds, some of it later than others fail
        InFlightRecord began = desk.order();
        Records.handOut(began, desk.nanos());
        desk.pass(SECOND);
        InFlightRecord failed = desk.order();
        desk.fails(failed);
        gate.succeeded(began);
        desk.pass(SECOND);

        // When
        OrderStanding standing = desk.fails(failed);

        // Then
        assertThat(standing.alone()).isFalse();
    }

    @Test
    void an_order_that_fails_faster_than_others_succeed_is_to_blame_too() {
        InFlightRecord bad = desk.order();
        desk.succeeds(desk.order());
        desk.fails(bad);
        InFlightRecord slow = desk.order();
        Records.handOut(slow, desk.nanos());
        for (int i = 0; i < 3; i++) {
            desk.pass(SECOND);
            assertThat(desk.fails(bad).alone()).as("nobody has succeeded since it failed").isFalse();
        }
        gate.succeeded(slow);

        assertThat(desk.fails(bad).alone()).isTrue();
    }

    @Test
    void an_order_that_failed_behind_one_that_succeeds_is_to_blame_only_if_that_one_ended_later() {
        InFlightRecord slow = desk.order();
        Records.handOut(slow, desk.nanos());
        desk.pass(SECOND);
        desk.succeeds(desk.order());
        desk.pass(SECOND);
        gate.failed(slow, BUSY, false, Optional.empty());
        desk.pass(SECOND);
        assertThat(desk.fails(slow).alone()).as("nobody has succeeded since it failed").isFalse();

        desk.succeeds(desk.order());

        assertThat(desk.fails(slow).alone()).isTrue();
    }

    @Test
    void a_call_that_hung_while_a_later_one_succeeded_is_its_orders_own_though_nobody_comes_after_it() {
        InFlightRecord hanging = desk.order();
        Records.handOut(hanging, desk.nanos());
        desk.pass(SECOND.plusMillis(1));
        desk.succeeds(desk.order());
        desk.pass(SECOND.multipliedBy(29));

        assertThat(gate.failed(hanging, BUSY, false, Optional.empty()).alone()).isTrue();
    }

    @Test
    void a_call_that_hung_since_shortly_before_the_last_success_may_be_the_first_of_an_outage() {
        desk.slowlySucceeds(desk.order(), SECOND);
        InFlightRecord hanging = desk.order();
        Records.handOut(hanging, desk.nanos());
        desk.pass(Duration.ofMillis(100));
        desk.slowlySucceeds(desk.order(), SECOND.multipliedBy(3));
        desk.pass(SECOND.multipliedBy(27));

        assertThat(gate.failed(hanging, BUSY, false, Optional.empty()).alone()).isFalse();
    }

    @Test
    void where_failing_orders_get_better_of_themselves_one_is_to_blame_only_after_several_times() {
        desk.succeeds(desk.order());
        InFlightRecord unlucky = desk.order();
        for (int i = 0; i < 5; i++) {
            InFlightRecord other = desk.order();
            desk.fails(other);
            assertThat(desk.fails(unlucky).alone()).as("after %d times", i).isFalse();
            desk.succeeds(desk.order());
            desk.succeeds(other);
        }

        assertThat(desk.fails(unlucky).alone()).isTrue();
    }

    @Test
    void the_time_of_an_order_runs_only_while_the_provider_is_up() {
        InFlightRecord bad = desk.order();
        desk.fails(bad);
        desk.pass(Duration.ofMinutes(20));
        assertThat(desk.fails(bad).time()).as("nobody succeeded yet").isZero();
        desk.succeeds(desk.order());
        desk.pass(Duration.ofMinutes(3));
        assertThat(desk.fails(bad).time()).isCloseTo(Duration.ofMinutes(3), SECOND);

        // When: an outage of which nobody knows for a moment
        desk.differentOrdersFail(5);
        desk.pass(Duration.ofSeconds(2));
        desk.differentOrdersFail(5);
        desk.pass(Duration.ofMinutes(60));

        // Then
        assertThat(desk.fails(bad).time()).isCloseTo(Duration.ofMinutes(3), SECOND);
        desk.succeeds(desk.order());
        desk.pass(Duration.ofMinutes(2));
        assertThat(desk.fails(bad).time()).isCloseTo(Duration.ofMinutes(5), SECOND);
    }

    @Test
    void the_more_orders_are_bad_the_longer_it_takes_to_call_it_an_outage_when_a_few_more_fail() {
        for (int i = 0; i < 6; i++) {
            InFlightRecord bad = desk.order();
            desk.fails(bad);
            desk.succeeds(desk.order());
            desk.fails(bad);
        }
        InFlightRecord another = desk.order();
        desk.fails(another);
        desk.pass(Duration.ofSeconds(40));
        desk.fails(another);
        assertThat(gate.state().name()).isEqualTo("FLOWING");

        desk.pass(Duration.ofSeconds(180));

        assertThat(gate.state().name()).isEqualTo("OUTAGE");
    }

    @Test
    void while_calls_are_held_back_they_go_out_at_growing_distances_and_at_most_four_at_a_time() {
        desk.differentOrdersFail(5);
        assertThat(gate.untilCall(true)).isZero();
        int calls = 0;
        Duration all = Duration.ZERO;
        while (calls < 8) {
            Duration wait = gate.untilCall(true);
            desk.pass(wait);
            all = all.plus(wait);
            gate.probeBegan(true);
            gate.probeEnded(true);
            calls++;
        }
        assertThat(all).as("100 ms, 200 ms, ... up to a quarter of the longest wait")
            .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));

        for (int i = 0; i < 4; i++) {
            desk.pass(Duration.ofSeconds(8));
            gate.probeBegan(true);
        }
        desk.pass(Duration.ofMinutes(1));

        assertThat(gate.untilCall(true)).isPositive();
        gate.probeEnded(true);
        assertThat(gate.untilCall(true)).isZero();
    }

    @Test
    void orders_that_failed_before_never_take_the_turn_of_one_that_was_not_tried_yet() {
        desk.differentOrdersFail(5);
        desk.pass(Duration.ofHours(1));

        gate.probeBegan(false);

        assertThat(gate.untilCall(false)).isEqualTo(Duration.ofMillis(7500));
        assertThat(gate.untilCall(true)).isZero();
    }

    @Test
    void what_the_provider_asks_for_is_respected_up_to_the_longest_wait_while_calls_are_held_back() {
        desk.differentOrdersFail(5);

        gate.failed(desk.order(), BUSY, false, Optional.of(Duration.ofSeconds(20)));
        assertThat(gate.untilCall(true)).isEqualTo(Duration.ofSeconds(20));
        gate.failed(desk.order(), BUSY, false, Optional.of(Duration.ofHours(20)));

        assertThat(gate.untilCall(true)).isEqualTo(GateDesk.LONGEST_WAIT);
    }

    @Test
    void the_first_refusal_of_the_account_is_asked_about_once_before_anything_is_said() {
        desk.refused(desk.order());
        assertThat(gate.holdingBack()).as("for the time of a call").isTrue();
        assertThat(gate.flowing()).isTrue();
        assertThat(gate.wantsCheck()).isTrue();
        assertThat(gate.wantsCheck()).as("by one caller only").isFalse();

        gate.checked(says(GatewayAnswer.State.KEY_REFUSED, BAD_KEY));

        assertThat(gate.state()).isInstanceOf(ProviderState.AccountFault.class);
        assertThat(gate.state().why()).contains(BAD_KEY);
        for (int i = 0; i < 1000; i++) {
            desk.refused(desk.order());
            gate.wantsCheck();
        }
        assertThat(desk.told).containsExactly("ACCOUNT_FAULT");
    }

    @Test
    void an_account_that_is_good_holds_nobody_for_one_order() {
        InFlightRecord forbidden = desk.order();
        desk.fails(forbidden, FORBIDDEN, true);
        gate.wantsCheck();

        gate.checked(says(GatewayAnswer.State.ACTIVE, ACTIVE));

        assertThat(gate.holdingBack()).isFalse();
        desk.succeeds(desk.order());
        assertThat(desk.fails(forbidden, FORBIDDEN, true).alone()).isTrue();
        assertThat(gate.wantsCheck()).as("it is known whose fault it is").isFalse();
        assertThat(desk.told).isEmpty();
    }

    @Test
    void a_success_of_another_order_says_as_much_as_the_question() {
        desk.refused(desk.order());

        desk.succeeds(desk.order());

        assertThat(gate.holdingBack()).isFalse();
    }

    @Test
    void without_an_answer_to_the_question_other_orders_tell() {
        desk.refused(desk.order());
        gate.wantsCheck();
        gate.checked(Optional.empty());
        assertThat(gate.flowing()).isTrue();
        for (int i = 0; i < 4; i++) {
            desk.refused(desk.order());
        }

        desk.pass(SECOND);

        assertThat(gate.state().name()).isEqualTo("ACCOUNT_FAULT");
    }

    @Test
    void while_the_question_is_on_its_way_refusals_say_nothing_yet() {
        for (int i = 0; i < 4; i++) {
            desk.fails(desk.order(), FORBIDDEN, true);
        }
        desk.fails(desk.order(), FORBIDDEN, true);
        assertThat(gate.wantsCheck()).isTrue();
        desk.pass(SECOND);
        desk.fails(desk.order(), FORBIDDEN, true);

        assertThat(gate.flowing()).isTrue();
        assertThat(gate.holdingBack()).isTrue();
        gate.checked(says(GatewayAnswer.State.ACTIVE, ACTIVE));
        desk.succeeds(desk.order());

        assertThat(desk.told).isEmpty();
    }

    @Test
    void a_few_refusals_in_an_outage_are_no_fault_of_the_account() {
        desk.succeeds(desk.order());
        desk.differentOrdersFail(4);
        desk.fails(desk.order(), FORBIDDEN, true);
        gate.wantsCheck();
        gate.checked(says(GatewayAnswer.State.BUSY, BUSY));
        desk.pass(SECOND);

        desk.fails(desk.order(), FORBIDDEN, true);

        assertThat(gate.state().name()).isEqualTo("OUTAGE");
    }

    @Test
    void an_address_at_which_the_account_is_good_is_not_wrong() {
        InFlightRecord one = desk.order();
        Failure notTheApi = new Failure(404, OptionalInt.empty(), "", Reason.NOT_THE_API.name());
        desk.fails(one, notTheApi, true);
        gate.wantsCheck();
        gate.checked(says(GatewayAnswer.State.ACTIVE, ACTIVE));
        desk.pass(Duration.ofSeconds(31));

        desk.fails(one, notTheApi, true);

        assertThat(gate.state()).isInstanceOfSatisfying(ProviderState.Outage.class,
            outage -> assertThat(outage.cause()).isEqualTo(notTheApi));
    }

    @Test
    void a_good_answer_from_before_it_began_is_not_believed_for_long() {
        Failure notTheApi = new Failure(404, OptionalInt.empty(), "", Reason.NOT_THE_API.name());
        desk.succeeds(desk.order());
        desk.fails(desk.order(), notTheApi, true);
        gate.wantsCheck();
        gate.checked(says(GatewayAnswer.State.ACTIVE, ACTIVE));
        desk.succeeds(desk.order());
        InFlightRecord one = desk.order();
        desk.fails(one, notTheApi, true);
        assertThat(gate.wantsCheck()).as("it was said a moment ago").isFalse();
        desk.pass(Duration.ofSeconds(16));
        desk.fails(one, notTheApi, true);
        assertThat(gate.wantsCheck()).isTrue();
        assertThat(gate.wantsCheck()).as("by one caller only").isFalse();
        gate.checked(says(GatewayAnswer.State.NOT_THE_API, notTheApi));
        desk.pass(Duration.ofSeconds(16));

        desk.fails(one, notTheApi, true);

        assertThat(gate.state()).isInstanceOf(ProviderState.AccountFault.class);
        assertThat(gate.state().why()).contains(notTheApi);
    }

    @Test
    void before_known_orders_that_fail_are_an_outage_the_provider_is_shown_one_that_it_has_to_refuse() {
        desk.succeeds(desk.order());
        InFlightRecord one = desk.order();
        InFlightRecord other = desk.order();
        desk.fails(one);
        desk.fails(other);
        desk.pass(Duration.ofSeconds(16));
        desk.fails(one);
        assertThat(gate.wantsPostCheck(one)).isTrue();
        assertThat(gate.wantsPostCheck(other)).as("by one caller only").isFalse();
        gate.postChecked(true, true);
        desk.pass(Duration.ofSeconds(46));
        desk.fails(other);
        assertThat(gate.wantsPostCheck(other)).isTrue();

        assertThat(gate.postChecked(true, true)).as("nobody new has failed for a minute").isTrue();

        assertThat(gate.blames(one)).isTrue();
        assertThat(desk.told).isEmpty();
    }

    @Test
    void orders_that_were_not_tried_yet_and_fail_are_an_outage_though_what_has_to_be_refused_is_refused() {
        desk.succeeds(desk.order());
        InFlightRecord one = desk.order();
        desk.fails(one);
        desk.pass(Duration.ofSeconds(16));
        desk.fails(one);
        gate.wantsPostCheck(one);
        gate.postChecked(true, true);

        desk.differentOrdersFail(4);

        assertThat(gate.state().name()).isEqualTo("OUTAGE");
    }

    @Test
    void one_order_that_is_refused_for_long_while_nobody_succeeds_is_a_fault_of_the_account_too() {
        InFlightRecord only = desk.order();
        desk.refused(only);
        gate.wantsCheck();
        gate.checked(says(GatewayAnswer.State.ACTIVE, ACTIVE));
        desk.pass(Duration.ofSeconds(31));

        desk.refused(only);

        assertThat(gate.state()).isInstanceOfSatisfying(ProviderState.AccountFault.class, fault -> assertThat(fault.keyIsGood()).isTrue());
    }

    @Test
    void a_question_that_somebody_in_between_blocks_is_no_word_of_the_provider_once_orders_got_through() {
        desk.succeeds(desk.order());
        desk.fails(desk.order(), FORBIDDEN, true);
        gate.wantsCheck();

        gate.checked(says(GatewayAnswer.State.ACCOUNT_REFUSED, FORBIDDEN));

        assertThat(gate.flowing()).isTrue();
    }

    @Test
    void where_nothing_got_through_yet_two_refusals_without_a_code_are_one() {
        desk.fails(desk.order(), FORBIDDEN, true);
        gate.wantsCheck();

        gate.checked(says(GatewayAnswer.State.ACCOUNT_REFUSED, FORBIDDEN));

        assertThat(gate.state().name()).isEqualTo("ACCOUNT_FAULT");
    }

    @Test
    void with_an_account_fault_one_call_at_a_time_is_made_and_the_first_soon() {
        desk.refused(desk.order());
        gate.wantsCheck();
        gate.checked(says(GatewayAnswer.State.KEY_REFUSED, BAD_KEY));
        assertThat(gate.untilCall(true)).isEqualTo(SECOND);
        desk.pass(SECOND);
        gate.probeBegan(true);

        desk.pass(Duration.ofSeconds(60));

        assertThat(gate.untilCall(true)).isPositive();
        gate.probeEnded(true);
        assertThat(gate.untilCall(true)).isZero();
    }

    @Test
    void an_account_fault_in_an_outage_is_the_newer_knowledge() {
        desk.differentOrdersFail(5);
        desk.pass(SECOND);
        desk.fails(desk.order());
        assertThat(gate.state().name()).isEqualTo("OUTAGE");

        desk.refused(desk.order());
        assertThat(gate.wantsCheck()).isTrue();
        gate.checked(says(GatewayAnswer.State.KEY_REFUSED, BAD_KEY));

        assertThat(gate.state().name()).isEqualTo("ACCOUNT_FAULT");
    }

    @Test
    void failures_of_a_passing_kind_do_not_hide_an_account_fault() {
        accountFault();

        desk.differentOrdersFail(50);
        desk.pass(Duration.ofMinutes(5));

        assertThat(gate.state().why()).contains(BAD_KEY);
    }

    @Test
    void a_success_ends_either_state_and_says_so_once() {
        accountFault();
        InFlightRecord probe = desk.order();
        probe.probe = true;
        assertThat(gate.succeeded(probe)).isTrue();
        desk.differentOrdersFail(5);
        desk.pass(SECOND);
        desk.fails(desk.order());

        assertThat(gate.succeeded(desk.order())).isTrue();

        assertThat(gate.succeeded(desk.order())).isFalse();
        assertThat(desk.told).containsExactly("ACCOUNT_FAULT", "FLOWING", "OUTAGE", "FLOWING");
        assertThat(gate.state()).isInstanceOfSatisfying(ProviderState.Flowing.class, flowing ->
            assertThat(flowing.because()).isEqualTo(ProviderState.Flowing.Because.SUCCESS));
    }

    @Test
    void an_account_fault_is_not_ended_by_an_answer_to_a_call_that_was_begun_before_it() {
        accountFault();

        assertThat(gate.succeeded(desk.order())).isFalse();

        assertThat(gate.flowing()).isFalse();
    }

    @Test
    void when_no_failing_order_is_left_here_nothing_is_said_of_the_provider() {
        InFlightRecord only = desk.order();
        desk.fails(only);
        desk.pass(Duration.ofSeconds(31));
        desk.fails(only);
        assertThat(gate.state().name()).isEqualTo("OUTAGE");

        gate.left(only);

        assertThat(gate.holdingBack()).isFalse();
        assertThat(gate.state()).isInstanceOfSatisfying(ProviderState.Flowing.class, flowing ->
            assertThat(flowing.because()).isEqualTo(ProviderState.Flowing.Because.NOBODY_WAITS));
        assertThat(desk.told).containsExactly("OUTAGE", "FLOWING");
    }

    @Test
    void an_operator_can_let_a_probe_out_at_once() {
        desk.differentOrdersFail(5);
        gate.probeBegan(true);

        gate.probeNow();

        assertThat(gate.untilCall(true)).isZero();
    }

    private void accountFault() {
        desk.refused(desk.order());
        gate.wantsCheck();
        gate.checked(says(GatewayAnswer.State.KEY_REFUSED, BAD_KEY));
    }
}
