package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderIdType;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.Lookup;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.TransportFault;

class OutcomePolicyTest {

    private static final Instant START = Instant.parse("2026-11-22T10:15:30Z");
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(15);
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final Failure FAILURE = new Failure(503, OptionalInt.of(1021), "busy", "ERROR_CODE");
    private static final TrustPayOrder ORDER = new TrustPayOrder(new OrderId("o-1"), OrderIdType.AUTO, new Money(1000, "CZK"), "d",
        Map.of(),
        new TrustPayOrder.PaymentOptions("https://a.example", "https://b.example", "https://c.example", null, null),
        new TrustPayOrder.Customer("a@example.com", "cs_CZ", Map.of(), null), null, null, Map.of(), null, Map.of());

    private final GateDesk desk = new GateDesk();
    private final ProviderGate gate = desk.gate;
    private final AtomicInteger recoveries = new AtomicInteger();
    private final OutcomePolicy policy = new OutcomePolicy(new RetrySchedule(Duration.ofMillis(500), MAX, new Random(1)), GIVE_UP_AFTER, 3,
        desk.clock, gate, recoveries::incrementAndGet);
    private final InFlightRecord inFlight = Records.inFlight(source(0, 7, "o-1"));

    @Test
    void a_created_payment_is_published() {
        // Given
        Outcome.Created created = created();

        // When
        apply(inFlight, created);

        // Then
        assertThat(inFlight.decision()).contains(new Decision.PaymentUrl(ORDER, created, START));
        assertThat(inFlight.verdict()).isEmpty();
    }

    @Test
    void a_refused_order_becomes_a_dead_letter_at_once() {
        // When
        apply(inFlight, new Outcome.Rejected(FAILURE));

        // Then
        assertDeadLetter(Code.PROVIDER_REJECTED);
    }

    @Test
    void an_order_id_that_was_used_before_is_looked_up_before_anything_is_decided() {
        // When
        apply(inFlight, new Outcome.Duplicate(FAILURE));

        // Then
        assertThat(inFlight.decision()).isEmpty();
        assertThat(inFlight.verdict()).isEmpty();
    }

    @Test
    void what_the_look_up_found_stands_in_the_dead_letter() {
        // When
        Lookup lookUp = new Lookup(false, Optional.of(new Money(1000, "CZK")), Optional.of("completed"), FAILURE);
        inFlight.follow(policy.judge(inFlight, ORDER, lookUp));

        // Then
        assertDeadLetter(Code.ORDER_EXISTS);
        assertThat(reason().known()).isEqualTo(
            new ExistingOrder(ExistingOrder.Source.PROVIDER, Optional.of(new Money(1000, "CZK")), Optional.of("completed"),
                Optional.of(lookUp)));
        assertThat(reason().message()).contains("amount and currency already");
    }

    @Test
    void what_the_post_was_answered_stands_beside_what_the_look_up_said() {
        // Given
        Failure used = new Failure(404, OptionalInt.of(1006), "Invalid transaction ID", "ERROR_CODE");
        inFlight.follow(policy.judge(inFlight, ORDER, new Outcome.Duplicate(used)));

        // When
        inFlight.follow(policy.judge(inFlight, ORDER, new Lookup(false, Optional.empty(), Optional.empty(), FAILURE)));

        // Then
        assertThat(reason().failure()).contains(used);
        assertThat(reason().known().lookUp()).map(Lookup::cause).contains(FAILURE);
    }

    @Test
    void an_existing_order_of_another_amount_is_told_apart() {
        // When
        inFlight.follow(policy.judge(inFlight, ORDER,
            new Lookup(false, Optional.of(new Money(999, "CZK")), Optional.of("initialized"), FAILURE)));

        // Then
        assertDeadLetter(Code.ORDER_EXISTS);
        assertThat(reason().message()).contains("another amount or currency");
    }

    @Test
    void a_look_up_without_an_answer_is_made_again_later() {
        // When
        inFlight.follow(policy.judge(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT)));

        // Then
        assertWaits();
    }

    @Test
    void an_outage_is_ended_by_a_payment_and_waiting_orders_are_tried_at_once() {
        // Given
        for (int i = 0; i < 5; i++) {
            apply(Records.inFlight(source(0, 10 + i, "o-" + i)), transientFailure());
        }
        desk.pass(Duration.ofSeconds(1));
        apply(Records.inFlight(source(0, 15, "o-15")), transientFailure());
        assertThat(gate.state().name()).isEqualTo("OUTAGE");
        apply(Records.inFlight(source(0, 16, "o-16")), new Outcome.Rejected(FAILURE));
        assertThat(gate.flowing()).as("a refused order shows that somebody answers, not that orders are taken").isFalse();
        assertThat(gate.untilCall(true)).as("but then the next probe need not wait").isZero();

        // When
        apply(inFlight, created());

        // Then
        assertThat(gate.flowing()).isTrue();
        assertThat(recoveries).hasValue(1);
    }

    @Test
    void with_an_account_fault_the_order_waits_however_long_it_lasts() {
        // Given
        apply(inFlight, new Outcome.AccountFault(FAILURE));
        desk.pass(GIVE_UP_AFTER.multipliedBy(10));

        // When
        apply(inFlight, new Outcome.AccountFault(FAILURE));

        // Then
        assertWaits();
        assertThat(gate.state().name()).isEqualTo("ACCOUNT_FAULT");
    }

    @Test
    void an_order_that_alone_is_refused_the_account_holds_nobody_and_is_given_up() {
        // Given
        apply(inFlight, new Outcome.AccountFault(FAILURE));

        // When
        for (Instant end = desk.now().plus(GIVE_UP_AFTER).plusSeconds(60); desk.now().isBefore(end);) {
            othersSucceed(Duration.ofSeconds(15));
            desk.pass(Duration.ofSeconds(15));
            apply(inFlight, new Outcome.AccountFault(FAILURE));
            assertThat(gate.flowing()).isTrue();
        }

        // Then
        assertThat(reason().code()).isEqualTo(Code.GAVE_UP);
        assertThat(reason().message()).contains("account was refused for this order while others succeeded");
    }

    @Test
    void an_order_that_somebody_in_between_refuses_alone_is_given_up_after_a_few_tries() {
        // Given
        Outcome forbidden = new Outcome.AccountFault(GateDesk.FORBIDDEN);
        apply(inFlight, forbidden);
        othersSucceed(Duration.ofSeconds(1));
        apply(inFlight, forbidden);
        assertWaits();

        // When
        apply(inFlight, forbidden);

        // Then
        assertThat(reason().code()).isEqualTo(Code.GAVE_UP);
        assertThat(reason().message()).contains("HTTP 403", "this order alone", "while others succeeded");
    }

    @Test
    void a_firewall_that_refuses_everybody_costs_no_order() {
        // Given
        Outcome forbidden = new Outcome.AccountFault(GateDesk.FORBIDDEN);

        // When
        for (int i = 0; i < 100; i++) {
            apply(inFlight, forbidden);
            desk.pass(Duration.ofSeconds(30));
        }

        // Then
        assertWaits();
    }

    @Test
    void a_look_up_that_tells_nothing_is_not_made_for_ever() {
        // Given
        inFlight.follow(policy.judge(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT)));
        inFlight.follow(policy.judge(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT)));
        assertWaits();

        // When
        inFlight.follow(policy.judge(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT)));

        // Then
        assertThat(reason().code()).isEqualTo(Code.ORDER_EXISTS);
    }

    @Test
    void a_transient_failure_is_tried_again() {
        // When
        apply(inFlight, transientFailure());

        // Then
        assertWaits();
    }

    @Test
    void what_the_provider_asks_for_is_respected_up_to_the_longest_wait() {
        // When
        apply(inFlight, new Outcome.Transient(FAILURE, Optional.of(Duration.ofHours(1)), false));

        // Then
        assertThat(inFlight.verdict()).contains(new Verdict.Later(MAX));
    }

    @Test
    void an_order_that_fails_while_others_succeed_is_given_up_after_the_time_for_it() {
        // Given
        failsFor(GIVE_UP_AFTER, true);
        assertThat(inFlight.decision()).isEmpty();
        othersSucceed(Duration.ofSeconds(1));
        desk.pass(Duration.ofSeconds(29));

        // When
        apply(inFlight, transientFailure());

        // Then
        assertDeadLetter(Code.GAVE_UP);
    }

    @Test
    void it_is_tried_for_the_last_time_when_its_time_is_over() {
        // Given
        apply(inFlight, transientFailure());
        othersSucceed(Duration.ofSeconds(1));
        desk.pass(GIVE_UP_AFTER.minusMillis(10));

        // When
        apply(inFlight, transientFailure());

        // Then
        assertThat(inFlight.verdict()).get().isInstanceOfSatisfying(Verdict.Later.class,
            later -> assertThat(later.delay()).isLessThanOrEqualTo(Duration.ofMillis(20)));
    }

    @Test
    void it_is_not_tried_sooner_than_the_provider_asks_for_although_its_time_is_nearly_over() {
        // Given
        apply(inFlight, transientFailure());
        othersSucceed(Duration.ofSeconds(1));
        desk.pass(GIVE_UP_AFTER.minusMillis(10));

        // When
        apply(inFlight, new Outcome.Transient(FAILURE, Optional.of(Duration.ofSeconds(20)), false));

        // Then
        assertThat(inFlight.verdict()).get().isInstanceOfSatisfying(Verdict.Later.class,
            later -> assertThat(later.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(20)));
    }

    @Test
    void it_is_given_up_on_time_although_nobody_is_there_any_more_to_succeed() {
        // Given: one good order, and then silence
        apply(inFlight, transientFailure());
        othersSucceed(Duration.ofSeconds(1));

        // When
        failsFor(GIVE_UP_AFTER, false);

        // Then
        assertDeadLetter(Code.GAVE_UP);
    }

    @Test
    void while_the_provider_is_down_for_everybody_no_order_is_given_up() {
        // When
        failsFor(GIVE_UP_AFTER.multipliedBy(20), false);

        // Then
        assertWaits();
    }

    @Test
    void an_order_that_failed_when_an_outage_began_sits_it_out() {
        // Given
        InFlightRecord before = Records.inFlight(source(0, 8, "before"));
        Records.handOut(before, desk.nanos());
        desk.pass(Duration.ofMillis(10));
        apply(inFlight, transientFailure());
        before.follow(policy.judge(before, ORDER, created()));

        // When
        failsFor(GIVE_UP_AFTER.multipliedBy(2), false);

        // Then
        assertWaits();
    }

    @Test
    void a_hiccup_after_a_long_outage_does_not_cost_an_order() {
        // Given
        failsFor(GIVE_UP_AFTER.multipliedBy(2), false);
        othersSucceed(Duration.ofSeconds(1));
        desk.pass(Duration.ofSeconds(1));

        // When
        apply(inFlight, transientFailure());

        // Then
        assertWaits();
    }

    @Test
    void unclear_answers_are_borne_a_few_times() {
        // Given
        apply(inFlight, new Outcome.Unclear(FAILURE));
        apply(inFlight, new Outcome.Unclear(FAILURE));
        assertWaits();

        // When
        apply(inFlight, new Outcome.Unclear(FAILURE));

        // Then
        assertDeadLetter(Code.PROVIDER_UNCLEAR);
    }

    @Test
    void failures_of_another_kind_do_not_count_as_unclear_answers() {
        // Given
        for (int i = 0; i < 10; i++) {
            apply(inFlight, transientFailure());
        }

        // When
        apply(inFlight, new Outcome.Unclear(FAILURE));

        // Then
        assertWaits();
    }

    /** Fails every 30 seconds, first after as long; the time is that of the last failure. */
    private void failsFor(Duration duration, boolean othersSucceed) {
        for (Instant end = desk.now().plus(duration); desk.now().isBefore(end);) {
            if (othersSucceed) {
                othersSucceed(Duration.ofSeconds(15));
            } else {
                desk.pass(Duration.ofSeconds(15));
            }
            desk.pass(Duration.ofSeconds(15));
            apply(inFlight, transientFailure());
        }
    }

    private void othersSucceed(Duration afterwards) {
        desk.pass(afterwards);
        apply(Records.inFlight(source(0, 8, "another")), created());
    }

    private void apply(InFlightRecord record, Outcome outcome) {
        Records.handOut(record, desk.nanos());
        record.follow(policy.judge(record, ORDER, outcome));
    }

    private void assertWaits() {
        assertThat(inFlight.decision()).isEmpty();
        assertThat(inFlight.verdict()).get().isInstanceOfSatisfying(Verdict.Later.class,
            later -> assertThat(later.delay()).isBetween(Duration.ZERO, MAX));
    }

    private void assertDeadLetter(Code code) {
        assertThat(inFlight.decision()).get().isInstanceOfSatisfying(Decision.DeadLetter.class, deadLetter -> {
            assertThat(deadLetter.at()).isEqualTo(desk.now());
            assertThat(deadLetter.reason().code()).isEqualTo(code);
            assertThat(deadLetter.reason().failure()).contains(FAILURE);
            assertThat(deadLetter.reason().violations()).isEmpty();
            assertThat(deadLetter.reason().message()).isNotBlank();
        });
    }

    private DeadLetterReason reason() {
        return ((Decision.DeadLetter) inFlight.decision().orElseThrow()).reason();
    }

    private static Outcome.Created created() {
        return new Outcome.Created("https://pay.example/1", Optional.empty());
    }

    private static Outcome.Transient transientFailure() {
        return new Outcome.Transient(FAILURE, Optional.empty(), false);
    }
}
