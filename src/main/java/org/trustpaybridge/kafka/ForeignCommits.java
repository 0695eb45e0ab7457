package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.log.LogEvent;

/**
 * Notices when somebody else commits offsets of the group while this process runs, which has every commit of a bridge say so. What lies
 * between the offset before and that one is read by no bridge any more.
 *
 * <p>Safe for use by several threads.
 */
final class ForeignCommits implements Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignCommits.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final int SHOWN = 5;

    private final ObjLongConsumer<PartitionId> counts;
    private final Clock clock;
    private final Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>();
    private final Map<Integer, Passed> passed = new TreeMap<>();
    private Instant saidAt = Instant.MIN;

    /** @param counts told of a partition and how many offsets were passed over */
    ForeignCommits(ObjLongConsumer<PartitionId> counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * To be told every few seconds. What is committed at the first time may be what an operator wished.
     *
     * @param committed what the group committed for all partitions of the inbound topic; null for none
     */
    synchronized void seen(Map<TopicPartition, OffsetAndMetadata> committed) {
        boolean news = false;
        for (Map.Entry<TopicPartition, OffsetAndMetadata> each : committed.entrySet()) {
            OffsetAndMetadata now = each.getValue();
            OffsetAndMetadata before = now == null ? last.remove(each.getKey()) : last.put(each.getKey(), now);
            if (now != null && before != null && now.offset() > before.offset() && !ofBridge(now)) {
                passedOver(each.getKey(), before.offset(), now.offset());
                news = true;
            }
        }
        if (news && Duration.between(saidAt, clock.instant()).compareTo(SAY_AGAIN) >= 0) {
            saidAt = clock.instant();
            LogEvent.PASSED_OVER.on(LOG).addKeyValue("partitions", passed.keySet()).addKeyValue("at_most", count(passed))
                .addKeyValue("offset", where(passed)).log();
        }
    }

    private static boolean ofBridge(OffsetAndMetadata committed) {
        CommitNote note = CommitNote.read(committed.metadata(), committed.offset());
        return note.trusted() || note.open().isPresent();
    }

    private void passedOver(TopicPartition partition, long from, long to) {
        counts.accept(KafkaRecords.idOf(partition), to - from);
        passed.merge(partition.partition(), new Passed(from, to, clock.instant()),
            (before, now) -> new Passed(Math.min(before.from, from), Math.max(before.to, to), before.since));
    }

    /** Somebody knows of it. How many offsets that were. */
    synchronized long acknowledge() {
        long count = count(passed);
        passed.clear();
        saidAt = Instant.MIN;
        return count;
    }

    @Override
    public synchronized Collection<Condition> get() {
        if (passed.isEmpty()) {
            return List.of();
        }
        return List.of(new Condition(Condition.Name.RECORDS_PASSED_OVER, "Another program takes orders away",
            "It has this consumer group, and"
            + " committed offsets of at most " + count(passed) + " orders that no bridge has read: " + where(passed) + ". Stop it, stop the"
            + " bridges, put the offsets back and start them again; or acknowledge it through JMX.",
            passed.values().stream().map(Passed::since).min(Instant::compareTo)));
    }

    private static long count(Map<Integer, Passed> passed) {
        return passed.values().stream().mapToLong(each -> each.to - each.from).sum();
    }

    private static String where(Map<Integer, Passed> passed) {
        return passed.entrySet().stream().limit(SHOWN).map(each -> "partition " + each.getKey() + " from " + each.getValue().from + " to "
            + (each.getValue().to - 1)).collect(Collectors.joining(", ")) + (passed.size() > SHOWN ? " and more" : "");
    }

    /** @param to the offset after the last one */
    private record Passed(long from, long to, Instant since) {
    }
}
