package org.trustpaybridge.kafka.screen;

/**
 * A batch that is looked into, while its partition waits.
 *
 * @param topic     its topic
 * @param partition partition of it
 * @param offset    first offset of the batch
 * @param millis    time since that began, in milliseconds
 */
public record LookUnderWay(String topic, int partition, long offset, long millis) {

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
