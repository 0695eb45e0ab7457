package org.trustpaybridge.kafka;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.trustpaybridge.kafka.screen.NoRoomException;

/** Reads out of what a poll threw whom it concerns, and puts it into words. */
final class ReadingFailure {

    private static final int DEEPEST = 20;
    private static final int LONGEST = 300;
    private static final Set<String> READERS = Set.of("org.apache.kafka.clients.consumer.internals.CompletedFetch",
        "org.apache.kafka.clients.consumer.internals.FetchCollector");

    private ReadingFailure() {
    }

    /**
     * Of most failures Kafka's client (3.9.2) names the partition in the message only.
     *
     * @param failure  what a poll threw
     * @param assigned partitions that may be meant
     * @return those that it names
     */
    static Set<TopicPartition> named(Throwable failure, Collection<TopicPartition> assigned) {
        Set<TopicPartition> named = new LinkedHashSet<>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST && named.isEmpty(); depth++) {
            if (cause instanceof RecordDeserializationException undecoded) {
                named.add(undecoded.topicPartition());
            } else {
                String message = String.valueOf(cause.getMessage());
                assigned.stream().filter(partition -> names(message, partition)).forEach(named::add);
            }
            cause = cause.getCause();
        }
        named.retainAll(assigned);
        return named;
    }

    /** As a whole word: order-created-1 is no part of order-created-12 nor of eu.order-created-1. */
    private static boolean names(String message, TopicPartition partition) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(partition.toString()) + "(?![\\w-])").matcher(message).find();
    }

    /**
     * An error of the virtual machine or of a codec may have no message, and an error for which there was no memory no trace.
     *
     * @param failure what a poll threw
     * @return whether it came up while fetched records were looked at, so that it concerns one of their partitions
     */
    static boolean whileLookingAtRecords(Throwable failure) {
        if (failure instanceof Error || failure instanceof NoRoomException) {
            return true;
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (READERS.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param failure what a poll threw
     * @return whether it says that Kafka is away, or refuses, and nothing of a record
     */
    static boolean ofKafka(RuntimeException failure) {
        return failure instanceof RetriableException && !(failure instanceof CorruptRecordException) || failure instanceof WakeupException
            || failure instanceof InterruptException || failure instanceof AuthenticationException
                || failure instanceof AuthorizationException;
    }

    /** @return what happened, in one line; Kafka's messages and those of its codecs name places, sizes and files */
    static String inWords(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < DEEPEST; depth++) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage().strip().replaceAll("\\s+", " ")
            .replaceFirst("\\.$", "");
        String words = cause.getClass().getSimpleName() + message;
        return (words.length() > LONGEST ? words.substring(0, LONGEST) + "..." : words) + (linkage(failure)
            ? " (the native part of a codec cannot be loaded; set -Djava.io.tmpdir to a folder where files can be written and executed, and"
                + " restart)" : "");
    }

    private static boolean linkage(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof LinkageError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
