package org.trustpaybridge.delivery;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.trustpaybridge.order.Violation;
import org.trustpaybridge.provider.Failure;

/**
 * Why a record cannot become a payment.
 *
 * @param code       code for programs
 * @param stage      step at which it ended, as a word for people
 * @param message    one sentence for people; no personal data
 * @param violations what is wrong with the event; empty unless the code is INVALID_EVENT
 * @param failure    what the provider answered, if the provider was asked
 * @param known      what is known of the order that has this id already; null unless the code is ORDER_EXISTS
 * @param advice     what to do about it, where more is known than the code says; else empty
 */
public record DeadLetterReason(Code code, String stage, String message, List<Violation> violations, Optional<Failure> failure,
                               ExistingOrder known, String advice) {

    /** The codes, as they stand in the header {@code bridge-error-code}. */
    public enum Code {
        /** The event is not an order that can be sent. */
        INVALID_EVENT,
        /** The provider refused this order for what it says. */
        PROVIDER_REJECTED,
        /** The order id was used before. */
        ORDER_EXISTS,
        /** The provider's answers could not be understood. */
        PROVIDER_UNCLEAR,
        /** This order failed for too long while others succeeded. */
        GAVE_UP
    }

    /** Checks and copies. */
    public DeadLetterReason {
        Objects.requireNonNull(code, "code");
        violations = List.copyOf(violations);
    }

    /**
     * @param violations what is wrong with the event; at least one
     * @return the reason
     */
    public static DeadLetterReason invalidEvent(List<Violation> violations) {
        String message = violations.size() == 1 ? "The event has a violation: " : "The event has " + violations.size() + " violations: ";
        return new DeadLetterReason(Code.INVALID_EVENT, "map",
            message + String.join(", ", violations.stream().map(Violation::field).distinct().limit(20).toList()), violations,
            Optional.empty(), null, "");
    }

    /**
     * @param code    code other than INVALID_EVENT
     * @param message one sentence
     * @param failure what the provider answered
     * @return the reason
     */
    public static DeadLetterReason afterAnswer(Code code, String message, Failure failure) {
        return new DeadLetterReason(code, "create-payment", message, List.of(), Optional.of(failure), null, "");
    }

    /**
     * @param failure what the provider answered to an order id that was sent as an integer
     * @return the reason, with the setting that sends it as a string
     */
    public static DeadLetterReason integerRefused(Failure failure) {
        return new DeadLetterReason(Code.PROVIDER_REJECTED, "create-payment",
            "The provider refused the order id, which was sent as an integer",
            List.of(), Optional.of(failure), null, "Set order.id-type=string, restart, and replay this dead letter");
    }

    /**
     * @param message one sentence
     * @param failure the answer that said so; empty when the ledger did
     * @param known   what is known of the order that has this id already
     * @return the reason
     */
    public static DeadLetterReason orderExists(String message, Optional<Failure> failure, ExistingOrder known) {
        return new DeadLetterReason(Code.ORDER_EXISTS, failure.isPresent() ? "create-payment" : "ledger", message, List.of(), failure,
            known, "");
    }
}
