package org.trustpaybridge.delivery;

/**
 * Where an assigned partition stands.
 *
 * @param id           partition
 * @param position     offset that is fetched next; -1 while it is not known where to begin
 * @param finishedUpTo first offset that is not finished; -1 as well
 * @param note         what is committed beside its offset, but for the open ones
 */
public record Standing(PartitionId id, long position, long finishedUpTo, CommitNote note) {
}
