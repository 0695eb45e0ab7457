package org.trustpaybridge.delivery;

import java.util.Optional;

/**
 * How far a partition is finished, as it is committed.
 *
 * @param offset      first offset that is not finished
 * @param leaderEpoch epoch of the leader that the record before it came from, by which a log that was cut back is told; empty if unknown
 * @param metadata    text that is committed with it: what the next member should know
 * @param brief       the same in short, for brokers that take less
 * @param books       number of the books that it comes from: those of an earlier assignment have another one
 * @param revision    how often what the metadata says had changed by then
 */
public record CommitPoint(long offset, Optional<Integer> leaderEpoch, String metadata, String brief, long books, long revision) {
}
