package org.trustpaybridge.delivery.position;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far back a topic that the bridge publishes on says what was done: the outbound topic, or that of the dead letters.
 *
 * @param state      whether it is there
 * @param partitions its partitions; empty unless it is there
 */
public record TopicTrace(State state, List<Partition> partitions) {

    /** Records of a partition may stand a little out of the order of their times, and clocks differ. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** Whether it is there. */
    public enum State { THERE, MISSING, UNREADABLE }

    /**
     * One partition.
     *
     * @param start first offset that is there
     * @param end   offset after the last one
     * @param first time of the first record that is there; empty without one
     */
    public record Partition(long start, long end, Optional<Instant> first) {
    }

    /** Copies the list. */
    public TopicTrace {
        partitions = List.copyOf(partitions);
    }

    /** @return whether it never held a record, as far as that can be known */
    public boolean untouched() {
        return state != State.UNREADABLE && partitions.stream().allMatch(partition -> partition.end() == 0);
    }

    /** @return whether nothing was ever deleted from it */
    public boolean whole() {
        return state != State.UNREADABLE && partitions.stream().allMatch(partition -> partition.start() == 0);
    }

    /** @return time of the first record that is there; empty without one */
    public Optional<Instant> first() {
        return partitions.stream().map(Partition::first).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /**
     * @return the time from which on all that was published is still there; the beginning of time where nothing was ever deleted, and empty
     *     if it cannot be known, as of a partition in which nothing is left
     */
    public Optional<Instant> reach() {
        if (state == State.UNREADABLE) {
            return Optional.empty();
        }
        List<Partition> cut = partitions.stream().filter(partition -> partition.start() > 0).toList();
        if (cut.stream().anyMatch(partition -> partition.first().isEmpty())) {
            return Optional.empty();
        }
        return cut.stream().map(partition -> partition.first().orElseThrow().plus(SLACK)).max(Comparator.naturalOrder())
            .or(() -> Optional.of(Instant.MIN));
    }

    /**
     * @param time a time
     * @return whether all is still there that was published since
     */
    public boolean reachesBackTo(Instant time) {
        return reach().filter(reach -> !time.isBefore(reach)).isPresent();
    }
}
