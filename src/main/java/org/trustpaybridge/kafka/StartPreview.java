package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.position.Beginning;
import org.trustpaybridge.delivery.position.Beginning.How;
import org.trustpaybridge.delivery.position.FirstRecord;
import org.trustpaybridge.delivery.position.PartitionFacts;
import org.trustpaybridge.delivery.position.PositionJudge;
import org.trustpaybridge.delivery.position.PositionVerdict;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.delivery.position.Traces;
import org.trustpaybridge.supervision.FatalErrors;

/** What a bridge that starts now would do with each partition of the inbound topic. Asks and reads; changes nothing. */
public final class StartPreview implements AutoCloseable {

    private final Admin admin;
    private final PastReader past;
    private final StartFrom startFrom;
    private final Duration retention;
    private final Clock clock;

    /**
     * @param admin     asks
     * @param clients   to read with
     * @param startFrom where an operator said to begin
     * @param retention how long a published order is remembered
     * @param clock     wall clock
     */
    public StartPreview(Admin admin, KafkaClients clients, StartFrom startFrom, Duration retention, Clock clock) {
        this.admin = admin;
        this.past = new PastReader(clients::reader, failure -> FatalErrors.in(failure).isPresent(), () -> { });
        this.startFrom = startFrom;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * One partition.
     *
     * @param facts     what Kafka says of it
     * @param beginning where it would be read from
     * @param verdict   what would be done; empty if that cannot be known
     * @param unknown   why nothing is known of its first record; empty unless that is so
     */
    public record Partition(PartitionFacts facts, Beginning beginning, Optional<PositionVerdict> verdict,
                            Optional<FirstRecords.Unknown> unknown) {

        /** @return in a few words */
        public String inWords() {
            return unknown.map(first -> "waits at " + first.offset() + ": the record " + first.words())
                .orElseGet(() -> inWords(verdict.orElseThrow()));
        }

        private String inWords(PositionVerdict verdict) {
            if (verdict instanceof PositionVerdict.Ask ask) {
                return "asks where to begin: " + ask.question().why().words();
            }
            if (verdict instanceof PositionVerdict.Look) {
                return "begins at " + beginning.at() + " if the oldest order is among those published, else asks: "
                    + beginning.how().words();
            }
            Beginning begins = ((PositionVerdict.Go) verdict).beginning();
            String doubt = begins.doubt().map(some -> ", looks up " + (some.until() - begins.at())).orElse("");
            return begins.how() == How.CONTINUED ? "goes on at " + begins.at() + doubt
                : "begins at " + begins.at() + doubt + ": " + begins.how().words();
        }

        /** @return whether records of it were deleted before they were read */
        public boolean lost() {
            return beginning.note().deleted().isPresent();
        }

        /** @return how many records of it were deleted before they were read, at most */
        public long deletedUnread() {
            return beginning.note().deleted().map(DeletedUnread::atMost).orElse(0L);
        }

        /** @return whether it would be held */
        public boolean asks() {
            return verdict.filter(PositionVerdict.Ask.class::isInstance).isPresent();
        }
    }

    /**
     * @param group       the consumer group
     * @param topic       the inbound topic
     * @param outbound    the outbound topic
     * @param deadLetters the dead-letter topic
     * @return the partitions by number; one without a leader is left out
     * @throws ExecutionException   when Kafka refuses or does not answer
     * @throws InterruptedException when interrupted
     */
    public List<Partition> partitions(String group, String topic, String outbound, String deadLetters)
        throws ExecutionException, InterruptedException {
        PositionJudge judge = new PositionJudge(startFrom, retention, clock.instant(), clock);
        TopicFacts facts = TopicFacts.ask(admin, group, topic, startFrom, clock.instant().minus(retention), Optional.empty());
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<TopicPartition, Long> places = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        facts.facts().values().forEach(each -> {
            TopicPartition partition = KafkaRecords.partitionOf(each.id());
            starts.put(partition, each.start());
            places.put(partition, judge.place(each).at());
            ends.put(partition, each.end());
        });
        FirstRecords firsts = past.firstRecords(places, ends);
        Optional<Instant> oldest = past.firstRecords(starts, ends).found().values().stream().map(FirstRecords.First::time)
            .min(Comparator.naturalOrder());
        Traces traces = new Traces(past.trace(outbound), past.trace(deadLetters), starts.values().stream().allMatch(start -> start == 0),
            oldest);
        List<Partition> partitions = new ArrayList<>();
        for (PartitionFacts each : facts.facts().values()) {
            TopicPartition partition = KafkaRecords.partitionOf(each.id());
            Beginning beginning = judge.place(each);
            Optional<FirstRecord> first = Optional.ofNullable(firsts.found().get(partition))
                .map(found -> new FirstRecord(found.offset(), found.time()));
            Optional<FirstRecords.Unknown> unknown = Optional.ofNullable(firsts.unknown().get(partition));
            partitions.add(new Partition(each, beginning, unknown.isPresent() ? Optional.empty()
                : Optional.of(judge.judge(beginning, each, first, traces, Optional.empty())), unknown));
        }
        return partitions;
    }

    @Override
    public void close() {
        past.close();
    }
}
