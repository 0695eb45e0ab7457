package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What brokers take. Services that speak Kafka's protocol, and are no Apache Kafka, take less.
 */
public enum BrokerProfile {

    /** Apache Kafka as it is by default, and what behaves like it. */
    KAFKA("", Duration.ofSeconds(4), Duration.ofMillis(200), 4096),
    /**
     * Azure Event Hubs. Microsoft asks for time-outs of requests over 20 seconds, better 30 or more, and for sessions of 30 seconds; a
     * partition takes 4 commits a second, and 1,024 bytes beside an offset.
     */
    EVENT_HUBS("event-hubs", Duration.ofSeconds(30), Duration.ofMillis(500), 1024);

    /** A session of one and a half of it is 30 seconds and more; and it is over the 20 that the service takes by itself. */
    private static final Duration LEAST_OF_SERVICES = Duration.ofSeconds(21);

    private final String word;
    private final Duration publishTimeout;
    private final Duration commitInterval;
    private final int noteLength;

    BrokerProfile(String word, Duration publishTimeout, Duration commitInterval, int noteLength) {
        this.word = word;
        this.publishTimeout = publishTimeout;
        this.commitInterval = commitInterval;
        this.noteLength = noteLength;
    }

    /**
     * @param word as it is set
     * @return the profile; empty when there is none of that name
     */
    public static Optional<BrokerProfile> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** @return the names that can be set, with commas */
    public static String words() {
        return Arrays.stream(values()).map(each -> each.word).filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
    }

    /** @return how it is set; empty: it is not */
    public String word() {
        return word;
    }

    /** @return how long an acknowledgement may take, unless told otherwise */
    public Duration publishTimeout() {
        return publishTimeout;
    }

    /** @return what that may be at least */
    public Duration leastPublishTimeout() {
        return this == KAFKA ? publishTimeout : LEAST_OF_SERVICES;
    }

    /** @return time between two commits of a partition */
    public Duration commitInterval() {
        return commitInterval;
    }

    /** @return characters, and bytes, that may stand beside an offset */
    public int noteLength() {
        return noteLength;
    }
}
