package org.trustpaybridge.observe.metrics;

/** Why a record is passed through again, beside what the provider answered or did not. */
public enum RetryReason {
    /** The look-up of an order id told nothing. */
    LOOK_UP_INCONCLUSIVE,
    /** A step failed, most often publishing. */
    STEP_FAILED,
    /** Its topic takes nothing at the moment, or it is not yet its turn. */
    TOPIC_CLOSED,
    /** Its topic does not take a record of that size; the next one is smaller. */
    TOO_LARGE,
    /** It was not certain that the partition is still this member's. */
    NOT_OURS,
    /** A pass ended without a verdict: a defect. */
    PASS_WITHOUT_VERDICT
}
