package org.trustpaybridge.provider;

/** The name of an outcome, for routes and metrics. */
public enum OutcomeKind {
    CREATED,
    REJECTED,
    ACCOUNT_FAULT,
    DUPLICATE,
    TRANSIENT,
    UNCLEAR
}
