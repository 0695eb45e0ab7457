package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.log.LogEvent;

/**
 * Knows what keeps orders from being read though Kafka answers: partitions with a record that cannot be read, and polls that fail as a
 * whole. Says so in the log, not with every try, and as conditions. It outlives the consumer, which may have to be made anew.
 */
public final class ReadingFaults implements Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(ReadingFaults.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(5);
    private static final Duration SAY_FAILED_POLL_AGAIN = Duration.ofSeconds(15);
    private static final int LISTED = 5;

    private final Clock clock;
    private final Map<String, Unreadable> unreadable = new ConcurrentSkipListMap<>();
    private volatile FailingPoll failingPoll;
    private volatile List<PartitionId> lastAssigned = List.of();
    private Instant failedPollSaid = Instant.MIN;

    /** @param clock wall clock */
    public ReadingFaults(Clock clock) {
        this.clock = clock;
    }

    /**
     * A record could not be read.
     *
     * @param partition its partition
     * @param offset    where it is, or the first offset that holds a record from there on
     * @param cause     what was thrown
     * @param retryIn   when it is tried again
     */
    void unreadable(TopicPartition partition, long offset, Throwable cause, Duration retryIn) {
        Instant now = clock.instant();
        String record = partition + "@" + offset;
        String words = ReadingFailure.inWords(cause);
        Unreadable before = unreadable.get(partition.toString());
        boolean same = before != null && before.record().equals(record);
        boolean say = !same || !before.cause().equals(words) || Duration.between(before.said(), now).compareTo(SAY_AGAIN) >= 0;
        unreadable.put(partition.toString(), new Unreadable(record, words, same ? before.since() : now, say ? now : before.said()));
        LogEvent.RECORD_UNREADABLE.on(LOG, say).addKeyValue("record", record).addKeyValue("cause", words)
            .addKeyValue("retry_in_ms", retryIn.toMillis()).log();
    }

    /** The partition moves on. */
    void readable(TopicPartition partition) {
        Unreadable before = unreadable.remove(partition.toString());
        if (before != null) {
            LogEvent.RECORD_READABLE.on(LOG).addKeyValue("record", before.record()).log();
        }
    }

    /** Whatever was wrong with these partitions is no concern of this member any more. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> unreadable.remove(partition.toString()));
    }

    /** A poll failed, and what to do about it is known. */
    void pollFailed(Throwable cause, Collection<TopicPartition> suspects) {
        sayPollFailed(cause, suspects.toString(), Duration.ZERO);
    }

    /**
     * A poll failed for a reason that concerns the consumer as a whole.
     *
     * @return how long to wait before it is made anew
     */
    Duration consumerFailed(Throwable cause) {
        FailingPoll before = failingPoll;
        Instant now = clock.instant();
        FailingPoll failing = new FailingPoll(before == null ? now : before.since(), now, before == null ? 1 : before.failures() + 1,
            ReadingFailure.inWords(cause), true);
        failingPoll = failing;
        Duration wait = Backoff.after(failing.failures());
        sayPollFailed(cause, "all", wait);
        return wait;
    }

    /** A poll came back. One that does so now and then among failures does not make the waits shorter. */
    void polled() {
        FailingPoll failing = failingPoll;
        if (failing != null && failing.now()) {
            failingPoll = failing.over();
        } else if (failing != null && Duration.between(failing.last(), clock.instant()).compareTo(Backoff.LONGEST) > 0) {
            failingPoll = null;
        }
    }

    /**
     * While the consumer is made anew it has no partitions, and still their orders wait.
     *
     * @param assigned partitions of this member at the moment
     * @return those that it had, while it has none because its polls fail
     */
    public Collection<PartitionId> orThoseBeforeTheFailure(Collection<PartitionId> assigned) {
        if (!assigned.isEmpty()) {
            lastAssigned = List.copyOf(assigned);
        }
        return assigned.isEmpty() && failingPoll != null ? lastAssigned : assigned;
    }

    private void sayPollFailed(Throwable cause, String partitions, Duration wait) {
        Instant now = clock.instant();
        boolean say = Duration.between(failedPollSaid, now).compareTo(SAY_FAILED_POLL_AGAIN) >= 0;
        if (say) {
            failedPollSaid = now;
        }
        LogEvent.POLL_FAILED.on(LOG, say).addKeyValue("partitions", partitions).addKeyValue("cause", ReadingFailure.inWords(cause))
            .addKeyValue("retry_in_ms", wait.toMillis()).log();
    }

    @Override
    public Collection<Condition> get() {
        List<Condition> conditions = new ArrayList<>();
        FailingPoll failing = failingPoll;
        if (failing != null && failing.now()) {
            conditions.add(new Condition(Name.POLL_FAILS, "Orders cannot be read", failing.cause()
                + ". The consumer is made anew, again and again; orders wait in Kafka.", Optional.of(failing.since())));
        }
        List<Unreadable> records = List.copyOf(unreadable.values());
        if (!records.isEmpty()) {
            conditions.add(unreadable(records));
        }
        return conditions;
    }

    private static Condition unreadable(List<Unreadable> records) {
        String which = records.stream().limit(LISTED).map(Unreadable::record).collect(Collectors.joining(", "))
            + (records.size() > LISTED ? " and " + (records.size() - LISTED) + " more" : "");
        Instant since = records.stream().map(Unreadable::since).min(Instant::compareTo).orElseThrow();
        return new Condition(Name.RECORD_UNREADABLE, records.size() == 1 ? "A record cannot be read" : "Records cannot be read",
            which + ": " + records.get(0).cause() + ". Orders behind it wait, the other partitions go on; it is tried again and again.",
            Optional.of(since));
    }

    private record Unreadable(String record, String cause, Instant since, Instant said) {
    }

    private record FailingPoll(Instant since, Instant last, int failures, String cause, boolean now) {

        FailingPoll over() {
            return new FailingPoll(since, last, failures, cause, false);
        }
    }
}
