package org.trustpaybridge.delivery.position;

import java.util.Optional;
import java.util.OptionalLong;

import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.PartitionId;

/**
 * What Kafka says of a partition of the inbound topic at one moment, and what this process knew of the topic.
 *
 * @param id               the partition
 * @param topicId          id of the topic, which another topic of the same name has not; empty where brokers have none
 * @param partitions       how many partitions the topic has
 * @param start            first offset that is there
 * @param end              offset after the last one that is there
 * @param committed        what the group committed
 * @param partitionsBefore how many partitions the topic had by the commits of this topic id; 0 without one
 * @param topicIdBefore    another id that this process knew for the topic's name before; empty if there was none
 * @param offsetOfStart    offset of the first record of the time that an operator said to begin at; the end without one
 */
public record PartitionFacts(PartitionId id, String topicId, int partitions, long start, long end, Optional<Committed> committed,
                    int partitionsBefore, Optional<String> topicIdBefore, OptionalLong offsetOfStart) {

    /**
     * A commit of the group.
     *
     * @param offset      the offset
     * @param leaderEpoch epoch of the leader that the record before it came from; empty if it was not committed with it
     * @param note        what was noted beside it
     */
    public record Committed(long offset, Optional<Integer> leaderEpoch, CommitNote note) {
    }
}
