package org.trustpaybridge.kafka;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.delivery.Standing;
import org.trustpaybridge.delivery.position.Beginning;
import org.trustpaybridge.delivery.position.PartitionFacts;

/**
 * The question where an assigned partition is to be read from.
 *
 * @param partition the partition
 * @param standing  how far it was read, if it was; empty right after the assignment
 * @param divergent first offset at which its log is another one than it was; empty if that is not known
 * @param placed    completed, by the polling thread, when it is read from the right place
 * @param asker     told of all that was found out at once, by the thread that finds it out
 */
record PositionRequest(TopicPartition partition, Optional<Standing> standing, OptionalLong divergent, CompletableFuture<Void> placed,
                       Consumer<List<PositionRequest.Answer>> asker) {

    /** Tickets are the same only if they are one. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /**
     * Where it is to be read from.
     *
     * @param ticket    the question
     * @param beginning where
     * @param facts     what Kafka says of the partition
     */
    record Answer(PositionRequest ticket, Beginning beginning, PartitionFacts facts) {
    }
}
