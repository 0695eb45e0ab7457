package org.trustpaybridge.delivery;

/**
 * A partition of a topic.
 *
 * @param topic     topic
 * @param partition number of the partition
 */
public record PartitionId(String topic, int partition) {

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
