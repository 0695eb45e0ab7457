package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * @param schedule        waits between calls
     * @param giveUpAfter     how long an order must have kept failing, while the provider was up, to be given up
     * @param unclearAttempts calls for an order whose answers cannot be understood, or are those of a firewall that dislikes it
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
     * Says what an outcome means. The gate is told, and answers that were unclear are counted; the record is the caller's to change.
     *
     * @param inFlight the record
     * @param order    the order that was posted for it
     * @param outcome  what the POST came to
     * @return what it means: after {@link Outcome.Duplicate} a look-up
     */
    public Consequence judge(InFlightRecord inFlight, TrustPayOrder order, Outcome outcome) {
        return outcome.fold(new Judging(inFlight, order, clock.instant()));
    }

    /**
     * Says what a look-up after {@link Outcome.Duplicate} means. One that told nothing is made again with the next call, a few times.
     *
     * @param inFlight the record
     * @param order    the order that was posted for it
     * @param lookup   what the provider knows of its id
     * @return what it means
     */
    public Consequence judge(InFlightRecord inFlight, TrustPayOrder order, Lookup lookup) {
        inFlight.countUnclearAnswer();
        if (lookup.inconclusive() && inFlight.unclearAnswers() < unclearAttempts) {
            return new Consequence.TryAgain(schedule.delay(inFlight.posts(), Optional.empty()));
        }
        Optional<Failure> failure = inFlight.duplicate().or(() -> Optional.of(lookup.cause()));
        String message = lookup.money().map(money -> money.equals(order.money())
                ? "The provider has an order of this id, amount and currency already"
                : "The provider has an order of this id for another amount or currency")
            .orElse(!lookup.asked()
                ? "The provider says that the order id was used; what of it cannot be asked, since the id would be another place"
                : lookup.inconclusive() ? "The provider says that the order id was used, and the look-up told nothing"
                : "The provider says that the order id was used, but knows no order of it");
        return new Consequence.Publish(new Decision.DeadLetter(DeadLetterReason.orderExists(message, failure,
            new ExistingOrder(ExistingOrder.Source.PROVIDER, lookup.money(), lookup.status(), Optional.of(lookup))), clock.instant()));
    }

    private final class Judging implements Outcome.Cases<Consequence> {

        private final InFlightRecord inFlight;
        private final TrustPayOrder order;
        private final Instant now;

        Judging(InFlightRecord inFlight, TrustPayOrder order, Instant now) {
            this.inFlight = inFlight;
            this.order = order;
            this.now = now;
        }

        @Override
        public Consequence created(Outcome.Created created) {
            if (gate.succeeded(inFlight)) {
                onRecovery.run();
            }
            return new Consequence.Publish(new Decision.PaymentUrl(order, created, now));
        }

        @Override
        public Consequence rejected(Outcome.Rejected rejected) {
            gate.answered();
            if (rejected.ofOrderId() && order.orderId().isInteger(order.orderIdType())) {
                return new Consequence.Publish(new Decision.DeadLetter(DeadLetterReason.integerRefused(rejected.cause()), now));
            }
            return deadLetter(Code.PROVIDER_REJECTED, "The provider refused the order", rejected.cause());
        }

        @Override
        public Consequence duplicate(Outcome.Duplicate duplicate) {
            gate.answered();
            return new Consequence.LookUp(duplicate.cause());
        }

        /**
         * An order that alone is refused the account is not like others: a currency that the site may not use, for instance. Where no code
         * says so, it is somebody in between who refuses it, most often a firewall for what it says, and a few tries show that.
         */
        @Override
        public Consequence accountFault(Outcome.AccountFault fault) {
            Failure cause = fault.cause();
            OrderStanding standing = gate.failed(inFlight, cause, true, Optional.empty());
            if (standing.alone() && !standing.byRefusal() && cause.providerErrorCode().isEmpty() && standing.calls() >= unclearAttempts) {
                return deadLetter(Code.GAVE_UP, "HTTP " + cause.httpStatus() + " without an error code came for this order alone, "
                    + "while others succeeded: something on the way refuses it, perhaps for what it says", cause);
            }
            return standing.alone() && tooLong(standing)
                ? deadLetter(Code.GAVE_UP, "The account was refused for this order " + shownBy(standing), cause)
                : later(standing, Optional.empty());
        }

        @Override
        public Consequence transientFailure(Outcome.Transient failure) {
            OrderStanding standing = gate.failed(inFlight, failure.cause(), false, failure.retryAfter());
            return standing.alone() && tooLong(standing)
                ? deadLetter(Code.GAVE_UP, with("The order kept failing " + shownBy(standing), failure.cause()), failure.cause())
                : later(standing, failure.retryAfter());
        }

        private static String shownBy(OrderStanding standing) {
            return standing.byRefusal()
                ? "while the provider took orders: no other was there, but one that it has to refuse was refused as it should"
                : "while others succeeded";
        }

        private boolean tooLong(OrderStanding standing) {
            return standing.time().compareTo(giveUpAfter) >= 0;
        }

        /**
         * An order that is to blame is tried for the last time when its time is over, not some time after it; but never sooner than the
         * provider asks for.
         */
        private Consequence later(OrderStanding standing, Optional<Duration> retryAfter) {
            Duration delay = schedule.delay(inFlight.posts(), retryAfter);
            Duration left = giveUpAfter.minus(standing.time());
            return new Consequence.TryAgain(standing.alone() && retryAfter.isEmpty() && left.compareTo(delay) < 0 ? left
                : delay);
        }

        @Override
        public Consequence unclear(Outcome.Unclear unclear) {
            inFlight.countUnclearAnswer();
            if (inFlight.unclearAnswers() >= unclearAttempts) {
                return deadLetter(Code.PROVIDER_UNCLEAR, with("The provider's answers could not be understood", unclear.cause()),
                    unclear.cause());
            }
            return new Consequence.TryAgain(schedule.delay(inFlight.posts(), Optional.empty()));
        }

        private Consequence deadLetter(Code code, String message, Failure failure) {
            return new Consequence.Publish(new Decision.DeadLetter(DeadLetterReason.afterAnswer(code, message, failure), now));
        }

        private String with(String sentence, Failure last) {
            String why = ReasonWords.of(last);
            return why.isEmpty() ? sentence : sentence + ": " + why;
        }
    }
}
