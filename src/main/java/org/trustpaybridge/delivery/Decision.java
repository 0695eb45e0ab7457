package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Optional;

import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Outcome;

/** What is to be published for a record. Once it is taken, it stands; only how much room it takes may change. */
public sealed interface Decision {

    /** @return the same in less room, for a topic that does not take it as it is; empty if there is no smaller form */
    default Optional<Decision> smaller() {
        return Optional.empty();
    }

    /**
     * The order became a payment.
     *
     * @param order   the order as it was sent
     * @param created what the provider answered
     * @param at      when it answered
     * @param form    how much of the input record goes along
     */
    record PaymentUrl(TrustPayOrder order, Outcome.Created created, Instant at, Form form) implements Decision {

        /** With all that goes along. */
        public PaymentUrl(TrustPayOrder order, Outcome.Created created, Instant at) {
            this(order, created, at, Form.WHOLE);
        }

        /** One that took more room was refused. Nothing is between the two forms here. */
        @Override
        public Optional<Decision> smaller() {
            return form == Form.WHOLE ? Optional.of(new PaymentUrl(order, created, at, Form.BARE)) : Optional.empty();
        }
    }

    /**
     * The record cannot become a payment.
     *
     * @param reason why
     * @param at     when that was clear
     * @param form   how much of the record the letter holds
     */
    record DeadLetter(DeadLetterReason reason, Instant at, Form form) implements Decision {

        /** With all of the record. */
        public DeadLetter(DeadLetterReason reason, Instant at) {
            this(reason, at, Form.WHOLE);
        }

        @Override
        public Optional<Decision> smaller() {
            return form == Form.BARE ? Optional.empty() : Optional.of(new DeadLetter(reason, at, Form.values()[form.ordinal() + 1]));
        }
    }

    /**
     * The mapping says that the event is not for TrustPay: nothing is to be done.
     *
     * @param at when that was seen
     */
    record Skipped(Instant at) implements Decision {
    }

    /**
     * What was to be published was published before: nothing is to be done.
     *
     * @param of what was published
     * @param at when that was seen
     */
    record Repeat(Of of, Instant at) implements Decision {

        /** What a record repeats. */
        public enum Of {
            /** The order's payment URL was published, from this record or another one. */
            PAYMENT_URL,
            /** The dead letter of this very record was published. */
            DEAD_LETTER
        }
    }
}
