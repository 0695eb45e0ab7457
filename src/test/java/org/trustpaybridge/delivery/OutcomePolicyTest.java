package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    private final MovableClock clock = new MovableClock();
    private final ProviderGate gate = new ProviderGate(MAX, clock, () -> 0);
    private final AtomicInteger recoveries = new AtomicInteger();
    private final OutcomePolicy policy = new OutcomePolicy(new RetrySchedule(Duration.ofMillis(500), MAX, new Random(1)), GIVE_UP_AFTER, 3,
        clock, gate, recoveries::incrementAndGet);
    private final InFlightRecord inFlight = Records.inFlight(source(0, 7, "o-1"));

    @Test
    void a_created_payment_is_published() {
        // Given
        Outcome.Created created = created();

        // When
        policy.apply(inFlight, ORDER, created);

        // Then
        assertThat(inFlight.decision()).contains(new Decision.PaymentUrl(ORDER, created, START));
        assertThat(inFlight.verdict()).isEmpty();
    }

    @Test
    void a_refused_order_becomes_a_dead_letter_at_once() {
        // When
        policy.apply(inFlight, ORDER, new Outcome.Rejected(FAILURE));

        // Then
        assertDeadLetter(Code.PROVIDER_REJECTED);
    }

    @Test
    void an_order_id_that_was_used_before_is_looked_up_before_anything_is_decided() {
        // When
        policy.apply(inFlight, ORDER, new Outcome.Duplicate(FAILURE));

        // Then
        assertThat(inFlight.decision()).isEmpty();
        assertThat(inFlight.verdict()).isEmpty();
    }

    @Test
    void what_the_look_up_found_stands_in_the_dead_letter() {
        // When
        Lookup lookUp = new Lookup(false, Optional.of(new Money(1000, "CZK")), Optional.of("completed"), FAILURE);
        policy.apply(inFlight, ORDER, lookUp);

        // Then
        assertDeadLetter(Code.ORDER_EXISTS);
        assertThat(reason().known()).isEqualTo(
            new ExistingOrder(ExistingOrder.Source.PROVIDER, Optional.of(new Money(1000, "CZK")), Optional.of("completed"), Optional.of(lookUp)));
        assertThat(reason().message()).contains("amount and currency already");
    }

    @Test
    void what_the_post_was_answered_stands_beside_what_the_look_up_said() {
        // Given
        Failure used = new Failure(404, OptionalInt.of(1006), "Invalid transaction ID", "ERROR_CODE");
        policy.apply(inFlight, ORDER, new Outcome.Duplicate(used));

        // When
        policy.apply(inFlight, ORDER, new Lookup(false, Optional.empty(), Optional.empty(), FAILURE));

        // Then
        assertThat(reason().failure()).contains(used);
        assertThat(reason().known().lookUp()).map(Lookup::cause).contains(FAILURE);
    }

    @Test
    void an_existing_order_of_another_amount_is_told_apart() {
        // When
        policy.apply(inFlight, ORDER, new Lookup(false, Optional.of(new Money(999, "CZK")), Optional.of("initialized"), FAILURE));

        // Then
        assertDeadLetter(Code.ORDER_EXISTS);
        assertThat(reason().message()).contains("another amount or currency");
    }

    @Test
    void a_look_up_without_an_answer_is_made_again_later() {
        // When
        policy.apply(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT));

        // Then
        assertWaits();
    }

    @Test
    void orders_of_several_ids_failing_in_a_row_are_an_outage_and_the_first_good_answer_ends_it() {
        // Given
        for (int i = 0; i < 5; i++) {
            policy.apply(Records.inFlight(source(0, 10 + i, "o-" + i)), ORDER, transientFailure());
        }
        assertThat(gate.state().name()).isEqualTo("OUTAGE");

        // When
        policy.apply(inFlight, ORDER, new Outcome.Rejected(FAILURE));

        // Then
        assertThat(gate.flowing()).isTrue();
        assertThat(recoveries).hasValue(1);
    }

    @Test
    void one_order_failing_many_times_is_no_outage() {
        // When
        for (int i = 0; i < 100; i++) {
            policy.apply(inFlight, ORDER, transientFailure());
        }

        // Then
        assertThat(gate.flowing()).isTrue();
    }

    @Test
    void with_an_account_fault_the_order_waits_however_long_it_lasts() {
        // Given
        policy.apply(inFlight, ORDER, new Outcome.AccountFault(FAILURE));
        clock.advance(GIVE_UP_AFTER.multipliedBy(10));

        // When
        policy.apply(inFlight, ORDER, new Outcome.AccountFault(FAILURE));

        // Then
        assertWaits();
        assertThat(gate.state().name()).isEqualTo("ACCOUNT_FAULT");
    }

    @Test
    void an_order_that_alone_is_refused_the_account_holds_nobody_and_is_given_up() {
        // Given
        policy.apply(inFlight, ORDER, new Outcome.AccountFault(FAILURE));
        gate.goodAnswer(probe());

        // When
        for (Instant end = clock.instant().plus(GIVE_UP_AFTER).plusSeconds(60); clock.instant().isBefore(end);) {
            othersSucceed(Duration.ofSeconds(15));
            clock.advance(Duration.ofSeconds(15));
            policy.apply(inFlight, ORDER, new Outcome.AccountFault(FAILURE));
            assertThat(gate.flowing()).isTrue();
        }

        // Then
        assertThat(reason().code()).isEqualTo(Code.GAVE_UP);
    }

    @Test
    void a_look_up_that_tells_nothing_is_not_made_for_ever() {
        // Given
        policy.apply(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT));
        policy.apply(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT));
        assertWaits();

        // When
        policy.apply(inFlight, ORDER, Lookup.failed(TransportFault.TIMED_OUT));

        // Then
        assertThat(reason().code()).isEqualTo(Code.ORDER_EXISTS);
    }

    @Test
    void a_transient_failure_is_tried_again() {
        // When
        policy.apply(inFlight, ORDER, transientFailure());

        // Then
        assertWaits();
    }

    @Test
    void what_the_provider_asks_for_is_respected_up_to_the_longest_wait() {
        // When
        policy.apply(inFlight, ORDER, new Outcome.Transient(FAILURE, Optional.of(Duration.ofHours(1)), false));

        // Then
        assertThat(inFlight.verdict()).contains(new Verdict.Later(MAX));
    }

    @Test
    void an_order_that_fails_while_others_succeed_is_given_up_after_the_time_for_it() {
        // Given
        failsFor(GIVE_UP_AFTER, true);
        assertThat(inFlight.decision()).isEmpty();
        othersSucceed(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(29));

        // When
        policy.apply(inFlight, ORDER, transientFailure());

        // Then
        assertDeadLetter(Code.GAVE_UP);
    }

    @Test
    void before_that_time_it_is_not_given_up() {
        // When
        failsFor(GIVE_UP_AFTER, true);

        // Then
        assertWaits();
    }

    @Test
    void while_the_provider_is_down_for_everybody_no_order_is_given_up() {
        // When
        failsFor(GIVE_UP_AFTER.multipliedBy(20), false);

        // Then
        assertWaits();
    }

    @Test
    void an_order_that_failed_just_before_the_last_success_sits_the_outage_out() {
        // Given
        policy.apply(inFlight, ORDER, transientFailure());
        othersSucceed(Duration.ofMillis(10));

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
        clock.advance(Duration.ofSeconds(1));

        // When
        policy.apply(inFlight, ORDER, transientFailure());

        // Then
        assertWaits();
    }

    @Test
    void with_few_orders_it_is_given_up_soon_after_another_one_succeeded() {
        // Given: one other order every ten minutes
        failsFor(Duration.ofMinutes(1), false);
        othersSucceed(Duration.ofSeconds(1));
        failsFor(Duration.ofMinutes(10), false);
        othersSucceed(Duration.ofSeconds(1));
        failsFor(Duration.ofMinutes(10), false);
        assertThat(inFlight.decision()).isEmpty();
        othersSucceed(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(30));

        // When
        policy.apply(inFlight, ORDER, transientFailure());

        // Then
        assertDeadLetter(Code.GAVE_UP);
    }

    @Test
    void unclear_answers_are_borne_a_few_times() {
        // Given
        policy.apply(inFlight, ORDER, new Outcome.Unclear(FAILURE));
        policy.apply(inFlight, ORDER, new Outcome.Unclear(FAILURE));
        assertWaits();

        // When
        policy.apply(inFlight, ORDER, new Outcome.Unclear(FAILURE));

        // Then
        assertDeadLetter(Code.PROVIDER_UNCLEAR);
    }

    @Test
    void failures_of_another_kind_do_not_count_as_unclear_answers() {
        // Given
        for (int i = 0; i < 10; i++) {
            policy.apply(inFlight, ORDER, transientFailure());
        }

        // When
        policy.apply(inFlight, ORDER, new Outcome.Unclear(FAILURE));

        // Then
        assertWaits();
    }

    /** Fails every 30 seconds, first after as long; the time is that of the last failure. */
    private void failsFor(Duration duration, boolean othersSucceed) {
        for (Instant end = clock.instant().plus(duration); clock.instant().isBefore(end);) {
            if (othersSucceed) {
                othersSucceed(Duration.ofSeconds(15));
            } else {
                clock.advance(Duration.ofSeconds(15));
            }
            clock.advance(Duration.ofSeconds(15));
            policy.apply(inFlight, ORDER, transientFailure());
        }
    }

    private void othersSucceed(Duration afterwards) {
        clock.advance(afterwards);
        policy.apply(Records.inFlight(source(0, 8, "another")), ORDER, created());
    }

    private void assertWaits() {
        assertThat(inFlight.decision()).isEmpty();
        assertThat(inFlight.verdict()).get().isInstanceOfSatisfying(Verdict.Later.class,
            later -> assertThat(later.delay()).isBetween(Duration.ZERO, MAX));
    }

    private void assertDeadLetter(Code code) {
        assertThat(inFlight.decision()).get().isInstanceOfSatisfying(Decision.DeadLetter.class, deadLetter -> {
            assertThat(deadLetter.at()).isEqualTo(clock.instant());
            assertThat(deadLetter.reason().code()).isEqualTo(code);
            assertThat(deadLetter.reason().failure()).contains(FAILURE);
            assertThat(deadLetter.reason().violations()).isEmpty();
            assertThat(deadLetter.reason().message()).isNotBlank();
        });
    }

    private static InFlightRecord probe() {
        InFlightRecord probe = Records.inFlight(source(0, 99, "probe"));
        probe.probe = true;
        return probe;
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

    private static final class MovableClock extends Clock {

        private Instant now = START;

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
