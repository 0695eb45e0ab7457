package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.Lookup;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.ReasonWords;

/**
 * Decides what an outcome means for a record: a payment URL to publish, a dead letter, or another call later.
 *
 * <p>Safe for use by several threads.
 */
public final class OutcomePolicy {

    private final RetrySchedule schedule;
    private final Duration giveUpAfter;
    private final int unclearAttempts;
    private final Clock clock;
    private final ProviderGate gate;
    private final Runnable onRecovery;
    private final AtomicReference<Instant> lastCreated = new AtomicReference<>(Instant.MIN);

    /**
     * @param schedule        waits between calls
     * @param giveUpAfter     how long an order must have kept failing, while others succeeded, to be given up
     * @param unclearAttempts calls for an order whose answers cannot be understood
     * @param clock           wall clock
     * @param gate            told how the provider is doing
     * @param onRecovery      run when an answer ended an outage or account fault
     */
    public OutcomePolicy(RetrySchedule schedule, Duration giveUpAfter, int unclearAttempts, Clock clock, ProviderGate gate,
                         Runnable onRecovery) {
        this.schedule = schedule;
        this.giveUpAfter = giveUpAfter;
        this.unclearAttempts = unclearAttempts;
        this.clock = clock;
        this.gate = gate;
        this.onRecovery = onRecovery;
    }

    /**
     * Writes the consequence of an outcome into the record: a {@link Decision}, or the {@link Verdict} to come again later. After
     * {@link Outcome.Duplicate} neither is written: the order is to be looked up first.
     *
     * @param inFlight the record
     * @param order    the order that was posted for it
     * @param outcome  what the POST came to
     */
    public void apply(InFlightRecord inFlight, TrustPayOrder order, Outcome outcome) {
        outcome.fold(new Consequence(inFlight, order, clock.instant()));
    }

    /**
     * Writes the consequence of a look-up after {@link Outcome.Duplicate}. One that told nothing is made again with the next call, a few
     * times.
     *
     * @param inFlight the record
     * @param order    the order that was posted for it
     * @param lookup   what the provider knows of its id
     */
    public void apply(InFlightRecord inFlight, TrustPayOrder order, Lookup lookup) {
        inFlight.countUnclearAnswer();
        if (lookup.inconclusive() && inFlight.unclearAnswers() < unclearAttempts) {
            inFlight.conclude(new Verdict.Later(schedule.delay(inFlight.posts(), Optional.empty())));
            return;
        }
        Optional<Failure> failure = inFlight.duplicate().or(() -> Optional.of(lookup.cause()));
        String message = lookup.money().map(money -> money.equals(order.money())
                ? "The provider has an order of this id, amount and currency already"
                : "The provider has an order of this id for another amount or currency")
            .orElse(!lookup.asked() ? "The provider says that the order id was used; what of it cannot be asked, since the id would be another place"
                : lookup.inconclusive() ? "The provider says that the order id was used, and the look-up told nothing"
                : "The provider says that the order id was used, but knows no order of it");
        inFlight.decide(new Decision.DeadLetter(DeadLetterReason.orderExists(message, failure,
            new ExistingOrder(ExistingOrder.Source.PROVIDER, lookup.money(), lookup.status(), Optional.of(lookup))), clock.instant()));
    }

    private void providerWorks(InFlightRecord inFlight) {
        if (gate.goodAnswer(inFlight)) {
            onRecovery.run();
        }
    }

    private final class Consequence implements Outcome.Cases<Void> {

        private final InFlightRecord inFlight;
        private final TrustPayOrder order;
        private final Instant now;

        Consequence(InFlightRecord inFlight, TrustPayOrder order, Instant now) {
            this.inFlight = inFlight;
            this.order = order;
            this.now = now;
        }

        @Override
        public Void created(Outcome.Created created) {
            lastCreated.set(now);
            inFlight.decide(new Decision.PaymentUrl(order, created, now));
            providerWorks(inFlight);
            return null;
        }

        @Override
        public Void rejected(Outcome.Rejected rejected) {
            providerWorks(inFlight);
            if (rejected.ofOrderId() && order.orderId().isInteger(order.orderIdType())) {
                inFlight.decide(new Decision.DeadLetter(DeadLetterReason.integerRefused(rejected.cause()), now));
                return null;
            }
            return deadLetter(Code.PROVIDER_REJECTED, "The provider refused the order", rejected.cause());
        }

        @Override
        public Void duplicate(Outcome.Duplicate duplicate) {
            inFlight.saidDuplicate(duplicate.cause());
            providerWorks(inFlight);
            return null;
        }

        /** If others got through since this order met the same, the fault is its own: a currency that the site may not use, for instance. */
        @Override
        public Void accountFault(Outcome.AccountFault fault) {
            boolean alone = stillSucceed();
            if (failedTooLong()) {
                return deadLetter(Code.GAVE_UP, "The account was refused for this order while others succeeded", fault.cause());
            }
            noteFailure();
            if (!alone) {
                gate.accountFault(fault.cause());
            }
            return later(Optional.empty());
        }

        @Override
        public Void transientFailure(Outcome.Transient failure) {
            if (failedTooLong()) {
                return deadLetter(Code.GAVE_UP, with("The order kept failing while others succeeded", failure.cause()), failure.cause());
            }
            noteFailure();
            gate.failed(inFlight, failure.cause());
            return later(failure.retryAfter());
        }

        /**
         * An order is to blame only if others got through while it failed, and still did since it failed last. Otherwise the provider is,
         * and the order waits; what it failed before anyone got through, or before an outage ended, does not count either.
         */
        private boolean failedTooLong() {
            return stillSucceed() && Duration.between(failingSince(), now).compareTo(giveUpAfter) >= 0;
        }

        private boolean stillSucceed() {
            return inFlight.lastFailure().filter(lastCreated.get()::isAfter).isPresent();
        }

        private Instant failingSince() {
            return inFlight.failingSince().filter(lastCreated.get()::isAfter).filter(gate.lastRecovery()::isBefore).orElse(now);
        }

        private void noteFailure() {
            if (failingSince().equals(now)) {
                inFlight.failsFrom(now);
            } else {
                inFlight.failsAgain(now);
            }
        }

        @Override
        public Void unclear(Outcome.Unclear unclear) {
            inFlight.countUnclearAnswer();
            if (inFlight.unclearAnswers() >= unclearAttempts) {
                return deadLetter(Code.PROVIDER_UNCLEAR, with("The provider's answers could not be understood", unclear.cause()), unclear.cause());
            }
            return later(Optional.empty());
        }

        private Void deadLetter(Code code, String message, Failure failure) {
            inFlight.decide(new Decision.DeadLetter(DeadLetterReason.afterAnswer(code, message, failure), now));
            return null;
        }

        private String with(String sentence, Failure last) {
            String why = ReasonWords.of(last);
            return why.isEmpty() ? sentence : sentence + ": " + why;
        }

        private Void later(Optional<Duration> retryAfter) {
            inFlight.conclude(new Verdict.Later(schedule.delay(inFlight.posts(), retryAfter)));
            return null;
        }
    }
}
