package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.log.LogEvent;

/**
 * Notices transactions of other programs that stay open: of what is published behind one, nothing can be read by those who read committed
 * records only. Brokers tell where such records end, the last stable offset: it is the first offset of the oldest open transaction, and
 * moves on when that is committed or aborted. Where it does not move, the same transaction is still open.
 *
 * <p>Safe for use by several threads.
 */
public final class OpenTransactions implements Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);
    /** Kafka's default for {@code transaction.timeout.ms}: what lasts longer is no common transaction, nor one of a publisher that died. */
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int SHOWN = 5;

    private final Clock clock;
    private final Map<TopicPartition, Open> open = new HashMap<>();

    /** @param clock wall clock */
    public OpenTransactions(Clock clock) {
        this.clock = clock;
    }

    /**
     * To be told every few seconds.
     *
     * @param topic a topic
     * @param ends  where each of its partitions ends that are looked at; the others are forgotten
     */
    synchronized void seen(String topic, Map<TopicPartition, Ends> ends) {
        Instant now = clock.instant();
        open.keySet().removeIf(partition -> partition.topic().equals(topic) && !ends.containsKey(partition));
        ends.forEach((partition, end) -> {
            Open before = open.get(partition);
            if (end.held() == 0 || before != null && before.from != end.stable()) {
                ended(partition, open.remove(partition));
                before = null;
            }
            if (end.held() > 0) {
                Open held = new Open(end.stable(), end.held(), before == null ? now : before.since, before != null && before.told);
                open.put(partition, lasts(held, now) && !held.told ? tell(partition, held) : held);
            }
        });
    }

    private static void ended(TopicPartition partition, Open before) {
        if (before != null && before.told) {
            LogEvent.TRANSACTION_ENDED.on(LOG).addKeyValue("partition", partition).addKeyValue("offset", before.from).log();
        }
    }

    private static Open tell(TopicPartition partition, Open held) {
        LogEvent.TRANSACTION_OPEN.on(LOG).addKeyValue("partition", partition).addKeyValue("offset", held.from)
            .addKeyValue("held", held.behind).log();
        return new Open(held.from, held.behind, held.since, true);
    }

    private static boolean lasts(Open held, Instant now) {
        return Duration.between(held.since, now).compareTo(LONGEST) >= 0;
    }

    /** @return one condition for all transactions that are open for longer than is common; empty when none is */
    @Override
    public synchronized Collection<Condition> get() {
        Instant now = clock.instant();
        List<Map.Entry<TopicPartition, Open>> lasting = open.entrySet().stream().filter(each -> lasts(each.getValue(), now))
            .sorted(Comparator.comparing(each -> each.getKey().toString())).toList();
        if (lasting.isEmpty()) {
            return List.of();
        }
        String where = lasting.stream().limit(SHOWN).map(each -> each.getKey() + " from offset " + each.getValue().from + " (held: "
            + each.getValue().behind + ")").collect(Collectors.joining(", "));
        int more = lasting.size() - SHOWN;
        Optional<Instant> since = lasting.stream().map(each -> each.getValue().since).min(Comparator.naturalOrder());
        return List.of(new Condition(Condition.Name.OPEN_TRANSACTION, "A transaction of another program stays open", "It holds what was"
            + " published behind it: " + where + (more > 0 ? " and " + more + " more" : "") + ". All goes on by itself when that program"
            + " commits or aborts it, or when you abort it with kafka-transactions.sh.", since));
    }

    /**
     * Where a partition ends.
     *
     * @param stable end of what can be read
     * @param end    end of what is published
     */
    record Ends(long stable, long end) {

        long held() {
            return Math.max(0, end - stable);
        }
    }

    private record Open(long from, long behind, Instant since, boolean told) {
    }
}
