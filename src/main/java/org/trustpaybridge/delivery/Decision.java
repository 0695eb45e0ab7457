package org.trustpaybridge.delivery;

import java.time.Instant;

import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Outcome;

/** What is to be published for a record. Once it is taken, it stands. */
public sealed interface Decision {

    /**
     * The order became a payment.
     *
     * @param order   the order as it was sent
     * @param created what the provider answered
     * @param at      when it answered
     */
    record PaymentUrl(TrustPayOrder order, Outcome.Created created, Instant at) implements Decision {
    }

    /**
     * The record cannot become a payment.
     *
     * @param reason why
     * @param at     when that was clear
     */
    record DeadLetter(DeadLetterReason reason, Instant at) implements Decision {
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
