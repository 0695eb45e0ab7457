package org.trustpaybridge.order;

/** What happens to a description that the provider would not take as it is. */
public enum DescriptionPolicy {
    /** Tags go, white space is folded, the text is cut; each change is reported as a warning. */
    FIX,
    /** Tags, control characters and too much text are violations; nothing is changed. */
    REJECT
}
