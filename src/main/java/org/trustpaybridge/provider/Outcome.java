package org.trustpaybridge.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** What one POST of an order came to. */
public sealed interface Outcome {

    /** The name of this outcome. */
    OutcomeKind kind();

    /** Why there is no payment URL; empty for {@link Created}. */
    Optional<Failure> failure();

    /** Calls the one case that applies. A new outcome does not compile until every caller has an answer to it. */
    <T> T fold(Cases<T> cases);

    /** The outcome of a call without an answer that could be judged. */
    static Transient transportFailure(TransportFault fault) {
        Failure failure = new Failure(0, OptionalInt.empty(), "", fault.reason().name());
        return new Transient(failure, Optional.empty(), fault.outcomeUnknown());
    }

    /** One method for each outcome. */
    interface Cases<T> {
        T created(Created outcome);

        T rejected(Rejected outcome);

        T accountFault(AccountFault outcome);

        T duplicate(Duplicate outcome);

        T transientFailure(Transient outcome);

        T unclear(Unclear outcome);
    }

    /**
     * The payment page exists.
     *
     * @param paymentUrl where the customer pays: an absolute URL, as the provider wrote it
     * @param sessionId  the page's session, in newer answers
     */
    record Created(String paymentUrl, Optional<String> sessionId) implements Outcome {

        public Created {
            Objects.requireNonNull(paymentUrl, "paymentUrl");
            Objects.requireNonNull(sessionId, "sessionId");
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.CREATED;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.created(this);
        }

        /** Who has the URL can open the page, so neither it nor the session is shown. */
        @Override
        public String toString() {
            return "Created[***]";
        }
    }

    /**
     * This order is wrong and will stay so.
     *
     * @param ofOrderId whether it is HTTP 422 and its words name {@code order_id}: MultiSafepay's OpenAPI wants that to be a string
     */
    record Rejected(Failure cause, boolean ofOrderId) implements Outcome {

        public Rejected {
            Objects.requireNonNull(cause, "cause");
        }

        /** For anything but the order id. */
        public Rejected(Failure cause) {
            this(cause, false);
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.REJECTED;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.rejected(this);
        }
    }

    /** Every order would fail: the key, the site or the gateway is at fault, or the base URL. */
    record AccountFault(Failure cause) implements Outcome {

        public AccountFault {
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.ACCOUNT_FAULT;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.accountFault(this);
        }
    }

    /** The provider knows the order id already and takes no second order under it. */
    record Duplicate(Failure cause) implements Outcome {

        public Duplicate {
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.DUPLICATE;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.duplicate(this);
        }
    }

    /**
     * The same request may well succeed later.
     *
     * @param retryAfter     how long the provider asks to wait; not capped
     * @param outcomeUnknown whether the provider may have taken the order all the same
     */
    record Transient(Failure cause, Optional<Duration> retryAfter, boolean outcomeUnknown) implements Outcome {

        public Transient {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.TRANSIENT;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.transientFailure(this);
        }
    }

    /** Nobody can tell whether a repeat helps: a few are worth it. */
    record Unclear(Failure cause) implements Outcome {

        public Unclear {
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public OutcomeKind kind() {
            return OutcomeKind.UNCLEAR;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.unclear(this);
        }
    }
}
