package org.trustpaybridge.delivery;

/**
 * How far a partition is finished, as it is committed.
 *
 * @param offset   first offset that is not finished
 * @param metadata text that is committed with it: which of the records behind it are finished already; may be empty
 */
public record CommitPoint(long offset, String metadata) {
}
