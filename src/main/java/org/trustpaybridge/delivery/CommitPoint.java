package org.trustpaybridge.delivery;

/**
 * How far a partition is finished, as it is committed.
 *
 * @param offset     first offset that is not finished
 * @param metadata   text that is committed with it: which of the records behind it are finished already; may be empty
 * @param outOfOrder how many records had been finished before an earlier one by then, so that it can be told what the metadata covers
 */
public record CommitPoint(long offset, String metadata, long outOfOrder) {

    /**
     * @param offset   offset that was committed
     * @param metadata text that was committed with it
     */
    public CommitPoint(long offset, String metadata) {
        this(offset, metadata, 0);
    }
}
