package org.trustpaybridge.settings;

import java.time.Duration;
import java.util.Map;

/**
 * All times that have to do with publishing, derived from one: {@code publish.timeout}, the longest time that Kafka may take to acknowledge
 * a record. They belong together, because of the one thing that no check of a process can prevent: that it stands still right after it made
 * sure that a partition is its own, and sends what it had in hand when another member has published the order already.
 *
 * <ul>
 *   <li>A record bears the time of that check, and its topic refuses it one {@link #timeout} later ({@link #topicLimit}).</li>
 *   <li>The check needs a heartbeat that was answered within the {@link #lease}; while all is well the last one is no older than the
 *       {@link #heartbeat} interval.</li>
 *   <li>So a record is on its topic no later than an interval and a time-out after that heartbeat, and the group waits longer, for the
 *       {@link #session}, before it gives the partition to another member.</li>
 *   <li>A producer repeats what was not acknowledged for two time-outs ({@link #delivery}), and then leaves it to the bridge, which looks
 *       first who has the partition, and whether the record is there.</li>
 * </ul>
 *
 * A longer time-out suits slower brokers. The price is silence: a member that was killed or is frozen is given up one session later.
 *
 * @param timeout longest time for an acknowledgement; 4 s to 2 minutes
 */
public record PublishingBudget(Duration timeout) {

    /** Shorter ones are below the session that brokers take by default. */
    static final Duration LEAST = Duration.ofSeconds(4);
    static final Duration MOST = Duration.ofMinutes(2);

    /** Checks that the times fit together. */
    public PublishingBudget {
        if (timeout.compareTo(LEAST) < 0 || timeout.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("found " + timeout.toMillis() + " ms, expected 4s to 2m");
        }
    }

    /** @return how long a member may be silent before its partitions go to others */
    public Duration session() {
        return timeout.multipliedBy(3).dividedBy(2);
    }

    /** @return time between two heartbeats: a quarter of the session, so that three may get lost */
    public Duration heartbeat() {
        return session().dividedBy(4);
    }

    /** @return how long an answered heartbeat allows to publish */
    public Duration lease() {
        return timeout;
    }

    /** @return how long publishing waits after a longer gap: two heartbeats, since the first may have been answered before the gap */
    public Duration quarantine() {
        return heartbeat().multipliedBy(2);
    }

    /** @return how long a producer tries */
    public Duration delivery() {
        return timeout.multipliedBy(2);
    }

    /** @return what {@code message.timestamp.before.max.ms} of the topics that are written to is to be */
    public Duration topicLimit() {
        return timeout;
    }

    /** @return what it may be at most: what is later after the last heartbeat may find the partition with another member */
    public Duration longestTopicLimit() {
        return session().minus(heartbeat());
    }

    /** @return what publishing may take, beside the call, when partitions are given away */
    public Duration drain() {
        return timeout.multipliedBy(5).dividedBy(4);
    }

    /** @return without a heartbeat for that long, Kafka is told to be away */
    public Duration silence() {
        return timeout.multipliedBy(5).dividedBy(4);
    }

    /** @return what the routes need, in milliseconds */
    Map<String, String> placeholders() {
        return Map.of("publish.request-timeout", millis(timeout), "publish.delivery-timeout", millis(delivery()),
            "publish.session-timeout", millis(session()), "publish.heartbeat-interval", millis(heartbeat()));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
