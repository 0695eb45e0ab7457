package org.trustpaybridge.kafka;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A record of a topic that says what was done cannot be read. */
public final class UnreadableRecordException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /**
     * @param partition its partition
     * @param offset    where it lies, or the first offset that holds a record from there on
     * @param cause     what was thrown
     */
    UnreadableRecordException(TopicPartition partition, long offset, Throwable cause) {
        super(partition + "@" + offset + " cannot be read: " + ReadingFailure.inWords(cause));
    }
}
