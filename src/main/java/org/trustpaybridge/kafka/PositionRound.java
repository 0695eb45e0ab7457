package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.position.Beginning;
import org.trustpaybridge.position.Beginning.How;
import org.trustpaybridge.position.Facts;
import org.trustpaybridge.position.FirstRecord;
import org.trustpaybridge.position.PositionJudge;
import org.trustpaybridge.position.Traces;
import org.trustpaybridge.position.Verdict;

/** Finds out where some partitions are to be read from. What nobody asks for is not read: most often an offset is all that is needed. */
final class PositionRound implements AutoCloseable {

    private static final Duration SAME_AGE = Duration.ofMinutes(1);

    private final PositionJudge judge;
    private final ReadBack readBack;
    private final TopicFacts topic;
    private final Supplier<Consumer<byte[], byte[]>> readers;
    private Consumer<byte[], byte[]> reader;
    private Traces traces;
    /** The first record of each partition of the topic, whatever is asked for. */
    private Collection<ConsumerRecord<byte[], byte[]>> oldest = List.of();

    /** @param readers makes a consumer without a group, which is closed with the round */
    PositionRound(PositionJudge judge, ReadBack readBack, TopicFacts topic, Supplier<Consumer<byte[], byte[]>> readers) {
        this.judge = judge;
        this.readBack = readBack;
        this.topic = topic;
        this.readers = readers;
    }

    /**
     * @param tickets what is asked for
     * @return what is done; a partition of which Kafka said nothing is left out
     */
    Map<Ticket, Case> decide(List<Ticket> tickets) {
        List<Case> cases = new ArrayList<>();
        for (Ticket ticket : tickets) {
            Optional.ofNullable(topic.facts().get(ticket.partition().partition())).ifPresent(facts -> cases.add(new Case(ticket, facts,
                ticket.standing().map(standing -> judge.placeAgain(facts, standing, ticket.divergent())).orElseGet(() -> judge.place(facts)))));
        }
        Map<TopicPartition, ConsumerRecord<byte[], byte[]>> firsts = firstRecords(cases.stream().filter(this::older).toList());
        cases.forEach(each -> each.first = Optional.ofNullable(firsts.get(each.ticket.partition())));
        cases.forEach(each -> each.verdict = judged(each, Optional.empty()));
        look(cases.stream().filter(each -> each.verdict instanceof Verdict.Look).toList());
        read(cases.stream().filter(each -> each.verdict instanceof Verdict.Go go && go.readBackTo().isPresent()).toList());
        Map<Ticket, Case> decided = new LinkedHashMap<>();
        cases.forEach(each -> decided.put(each.ticket, each));
        return decided;
    }

    /** Whether it matters how old the first record is. */
    private boolean older(Case each) {
        return !each.settled() && each.beginning.at() < each.facts.end()
            && (each.beginning.doubt().isPresent() || each.beginning.at() < topic.youngest().get(each.facts.id().partition()));
    }

    private Verdict judged(Case each, Optional<Boolean> firstDone) {
        if (each.settled() || each.first.isEmpty() && each.beginning.doubt().isEmpty()) {
            return new Verdict.Go(each.beginning, Optional.empty());
        }
        return judge.judge(each.beginning, each.facts, each.first.map(PositionRound::placeAndTime), traces(each), firstDone);
    }

    private static FirstRecord placeAndTime(ConsumerRecord<?, ?> first) {
        return new FirstRecord(first.offset(), Instant.ofEpochMilli(first.timestamp()));
    }

    private void look(List<Case> cases) {
        furthest(cases, each -> Optional.of(((Verdict.Look) each.verdict).readBackTo())).ifPresent(time -> {
            if (readBack.fits(past(), time)) {
                readBack.to(past(), time);
                cases.forEach(each -> each.verdict = judged(each, each.first.map(this::ofDoneTimes)));
            } else {
                cases.forEach(Case::tooMuch);
            }
        });
    }

    /**
     * Whether the record was done, or the first one of another partition that is no younger: then what says so was there already when that
     * was done. Partitions are not worked on evenly.
     */
    private boolean ofDoneTimes(ConsumerRecord<byte[], byte[]> first) {
        return readBack.done(first) || oldest.stream().filter(other -> other.offset() == 0
            && other.timestamp() <= first.timestamp() + SAME_AGE.toMillis()).anyMatch(readBack::done);
    }

    private void read(List<Case> cases) {
        furthest(cases, each -> ((Verdict.Go) each.verdict).readBackTo()).ifPresent(time -> {
            if (readBack.fits(past(), time)) {
                readBack.to(past(), time);
            } else {
                cases.forEach(Case::tooMuch);
            }
        });
    }

    private static Optional<Instant> furthest(List<Case> cases, Function<Case, Optional<Instant>> time) {
        return cases.stream().map(time).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private Traces traces(Case each) {
        if (each.beginning.doubt().filter(doubt -> !doubt.told()).isEmpty()) {
            return null;
        }
        if (traces == null) {
            Map<TopicPartition, Long> starts = new HashMap<>();
            Map<TopicPartition, Long> ends = new HashMap<>();
            topic.facts().values().forEach(facts -> {
                starts.put(KafkaRecords.partitionOf(facts.id()), facts.start());
                ends.put(KafkaRecords.partitionOf(facts.id()), facts.end());
            });
            oldest = past().firstRecords(starts, ends).values();
            traces = new Traces(readBack.outbound(past()), readBack.deadLetters(past()), starts.values().stream().allMatch(start -> start == 0),
                oldest.stream().map(first -> Instant.ofEpochMilli(first.timestamp())).min(Comparator.naturalOrder()));
        }
        return traces;
    }

    private Map<TopicPartition, ConsumerRecord<byte[], byte[]>> firstRecords(List<Case> cases) {
        if (cases.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        cases.forEach(each -> {
            from.put(each.ticket.partition(), each.beginning.at());
            ends.put(each.ticket.partition(), each.facts.end());
        });
        return past().firstRecords(from, ends);
    }

    private PastReader past() {
        if (reader == null) {
            reader = readers.get();
        }
        return new PastReader(reader);
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }

    /** One partition of the round. */
    final class Case {

        private final Ticket ticket;
        private final Facts facts;
        private final Beginning beginning;
        private Optional<ConsumerRecord<byte[], byte[]>> first = Optional.empty();
        private Verdict verdict;

        private Case(Ticket ticket, Facts facts, Beginning beginning) {
            this.ticket = ticket;
            this.facts = facts;
            this.beginning = beginning;
        }

        Facts facts() {
            return facts;
        }

        Verdict verdict() {
            return verdict;
        }

        /** Nothing is to be proven: it goes on, or begins anew as a partition that was just assigned. */
        private boolean settled() {
            return ticket.standing().isPresent() && beginning.how() != How.CUT_BACK;
        }

        private void tooMuch() {
            verdict = judge.tooMuch(verdict instanceof Verdict.Go go ? go.beginning() : beginning, facts,
                placeAndTime(first.orElseThrow()).time());
        }
    }
}
