package org.trustpaybridge.order;

/** What happens to an optional member that breaks its rule. */
public enum OptionalFields {
    /** It is repaired, or else left out; each repair is told. A locale in another spelling is repaired too. */
    FIX,
    /** It is a violation. */
    REJECT
}
