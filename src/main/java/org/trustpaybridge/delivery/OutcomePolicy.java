package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.Outcome;

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
    private final AtomicReference<Instant> lastCreated = new AtomicReference<>(Instant.MIN);

    /**
     * @param schedule        waits between calls
     * @param giveUpAfter     how long an order must have kept failing, while others succeeded, to be given up
     * @param unclearAttempts calls for an order whose answers cannot be understood
     * @param clock           wall clock
     */
    public OutcomePolicy(RetrySchedule schedule, Duration giveUpAfter, int unclearAttempts, Clock clock) {
        this.schedule = schedule;
        this.giveUpAfter = giveUpAfter;
        this.unclearAttempts = unclearAttempts;
        this.clock = clock;
    }

    /**
     * Writes the consequence of an outcome into the record: a {@link Decision}, or the {@link Verdict} to come again later.
     *
     * @param inFlight the record
     * @param order    the order that was posted for it
     * @param outcome  what the POST came to
     */
    public void apply(InFlightRecord inFlight, TrustPayOrder order, Outcome outcome) {
        outcome.fold(new Consequence(inFlight, order, clock.instant()));
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
            return null;
        }

        @Override
        public Void rejected(Outcome.Rejected rejected) {
            return deadLetter(Code.PROVIDER_REJECTED, "The provider refused the order", rejected.cause());
        }

        @Override
        public Void duplicate(Outcome.Duplicate duplicate) {
            return deadLetter(Code.ORDER_EXISTS, "The provider knows this order id already", duplicate.cause());
        }

        @Override
        public Void accountFault(Outcome.AccountFault fault) {
            return later(Optional.empty());
        }

        /**
         * An order is to blame only if others got through while it failed, and still did since it failed last. Otherwise the provider is,
         * and the order waits; what it failed before anyone got through does not count either, so that no order that sat out an outage
         * is given up at the first hiccup after it.
         */
        @Override
        public Void transientFailure(Outcome.Transient failure) {
            Instant othersSucceeded = lastCreated.get();
            Instant since = inFlight.failingSince().filter(othersSucceeded::isAfter).orElse(now);
            boolean stillSucceed = inFlight.lastFailure().filter(othersSucceeded::isAfter).isPresent();
            if (stillSucceed && Duration.between(since, now).compareTo(giveUpAfter) >= 0) {
                return deadLetter(Code.GAVE_UP, "The order kept failing while others succeeded", failure.cause());
            }
            if (since.equals(now)) {
                inFlight.failsFrom(now);
            } else {
                inFlight.failsAgain(now);
            }
            return later(failure.retryAfter());
        }

        @Override
        public Void unclear(Outcome.Unclear unclear) {
            inFlight.countUnclearAnswer();
            if (inFlight.unclearAnswers() >= unclearAttempts) {
                return deadLetter(Code.PROVIDER_UNCLEAR, "The provider's answers could not be understood", unclear.cause());
            }
            return later(Optional.empty());
        }

        private Void deadLetter(Code code, String message, Failure failure) {
            inFlight.decide(new Decision.DeadLetter(DeadLetterReason.afterAnswer(code, message, failure), now));
            return null;
        }

        private Void later(Optional<Duration> retryAfter) {
            inFlight.conclude(new Verdict.Later(schedule.delay(inFlight.posts(), retryAfter)));
            return null;
        }
    }
}
