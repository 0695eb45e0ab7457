package org.trustpaybridge.delivery;

/**
 * All records of a partition that may have been done before are finished.
 *
 * @param id    partition
 * @param done  how many turned out to be repeats of what was published
 * @param fresh how many were new
 */
public record DoubtResolved(PartitionId id, long done, long fresh) {
}
