package org.trustpaybridge.route;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the failure of a step says about publishing. */
enum PublishFault {

    /** The topic's time limit refused the record; checked once more, it may go. */
    CAME_TOO_LATE,
    /** The topic takes no record of that size. */
    TOO_LARGE,
    /** The topic takes none at all: it is not there, or may not be written to. */
    TOPIC,
    /** The topic does not take this record. */
    RECORD,
    /** Kafka did not say that it has the record, so it may have it. */
    NOT_ACKNOWLEDGED,
    /** Not publishing failed, but something else. */
    NONE;

    /** The client (kafka-clients 3.9.2) says in no more than its message that it could not find out about a topic. */
    static PublishFault of(Throwable cause) {
        if (cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException) {
            // The client itself refuses what is larger than its buffer, a broker what is larger than the topic, or than a segment of it.
            return TOO_LARGE;
        }
        if (cameTooLate(cause)) {
            return CAME_TOO_LATE;
        }
        if (cause instanceof AuthorizationException || cause instanceof AuthenticationException || cause instanceof InvalidTopicException
            || cause instanceof UnknownTopicOrPartitionException
            || cause instanceof TimeoutException && says(cause, "not present in metadata")) {
            return TOPIC;
        }
        if (cause instanceof InvalidRecordException || cause instanceof PolicyViolationException
            || cause instanceof SerializationException) {
            return RECORD;
        }
        boolean closed = cause instanceof IllegalStateException && says(cause, "producer");
        return cause instanceof KafkaException || closed ? NOT_ACKNOWLEDGED : NONE;
    }

    /**
     * A broker refuses whole batches, and of a record in one of them the client (kafka-clients 3.9.2) says in no more than its message that
     * it came too late, or that it was in a batch with one that did.
     */
    private static boolean cameTooLate(Throwable cause) {
        return cause instanceof InvalidTimestampException
            || cause instanceof InvalidRecordException && says(cause, "Timestamp ")
            || cause instanceof KafkaException && says(cause, "part of a batch");
    }

    private static boolean says(Throwable cause, String words) {
        return String.valueOf(cause.getMessage()).contains(words);
    }
}
