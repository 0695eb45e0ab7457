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
import java.util.function.Predicate;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.trustpaybridge.delivery.position.Beginning;
import org.trustpaybridge.delivery.position.Beginning.How;
import org.trustpaybridge.delivery.position.FirstRecord;
import org.trustpaybridge.delivery.position.PartitionFacts;
import org.trustpaybridge.delivery.position.PositionJudge;
import org.trustpaybridge.delivery.position.PositionVerdict;
import org.trustpaybridge.delivery.position.Traces;
import org.trustpaybridge.kafka.FirstRecords.First;

/** Finds out where some partitions are to be read from. What nobody asks for is not read: most often an offset is all that is needed. */
final class PositionRound implements AutoCloseable {

    private static final Duration SAME_AGE = Duration.ofMinutes(1);

    private final PositionJudge judge;
    private final ReadBack readBack;
    private final TopicFacts topic;
    private final PastReader past;
    private final Predicate<Throwable> fatal;
    private Traces traces;
    private Throwable noTraces;
    /** The first record of each partition of the topic, whatever is asked for. */
    private Collection<First> oldest = List.of();

    /**
     * @param past  is closed with the round
     * @param fatal whether a failure is of the virtual machine, and not of a record
     */
    PositionRound(PositionJudge judge, ReadBack readBack, TopicFacts topic, PastReader past, Predicate<Throwable> fatal) {
        this.judge = judge;
        this.readBack = readBack;
        this.topic = topic;
        this.past = past;
        this.fatal = fatal;
    }

    /**
     * @param tickets what is asked for
     * @return what is done; a partition of which Kafka said nothing is left out. One about which nothing can be decided keeps none of the
     *     others from it
     */
    Map<PositionRequest, Case> decide(List<PositionRequest> tickets) {
        List<Case> cases = new ArrayList<>();
        for (PositionRequest ticket : tickets) {
            Optional.ofNullable(topic.facts().get(ticket.partition().partition())).ifPresent(facts -> cases.add(new Case(ticket, facts,
                ticket.standing().map(standing -> judge.placeAgain(facts, standing,
                    ticket.divergent())).orElseGet(() -> judge.place(facts)))));
        }
        FirstRecords firsts = firstRecords(cases.stream().filter(this::older).toList());
        cases.forEach(each -> {
            each.first = Optional.ofNullable(firsts.found().get(each.ticket.partition()));
            each.undecided = Optional.ofNullable(firsts.unknown().get(each.ticket.partition())).map(Undecided::record);
        });
        cases.stream().filter(Case::open).forEach(each -> proving(each, () -> each.verdict = judged(each, Optional.empty())));
        look(cases.stream().filter(each -> each.verdict instanceof PositionVerdict.Look).toList());
        read(cases.stream().filter(Case::open).filter(each -> each.verdict instanceof PositionVerdict.Go go
            && go.readBackTo().isPresent()).toList());
        Map<PositionRequest, Case> decided = new LinkedHashMap<>();
        cases.forEach(each -> decided.put(each.ticket, each));
        return decided;
    }

    /** Whether it matters how old the first record is. */
    private boolean older(Case each) {
        return !each.settled() && each.beginning.at() < each.facts.end()
            && (each.beginning.doubt().isPresent() || each.beginning.at() < topic.youngest().get(each.facts.id().partition()));
    }

    private PositionVerdict judged(Case each, Optional<Boolean> firstDone) {
        if (each.settled() || each.first.isEmpty() && each.beginning.doubt().isEmpty()) {
            return new PositionVerdict.Go(each.beginning, Optional.empty());
        }
        return judge.judge(each.beginning, each.facts, each.first.map(PositionRound::placeAndTime), traces(each), firstDone);
    }

    private static FirstRecord placeAndTime(First first) {
        return new FirstRecord(first.offset(), first.time());
    }

    private void look(List<Case> cases) {
        readBack(cases, each -> Optional.of(((PositionVerdict.Look) each.verdict).readBackTo()));
        cases.stream().filter(each -> each.open() && each.verdict instanceof PositionVerdict.Look)
            .forEach(each -> proving(each, () -> each.verdict = judged(each, each.first.map(this::ofDoneTimes))));
    }

    /**
     * Whether the record was done, or the first one of another partition that is no younger: then what says so was there already when that
     * was done. Partitions are not worked on evenly.
     */
    private boolean ofDoneTimes(First first) {
        return first.record().filter(readBack::done).isPresent() || oldest.stream().filter(other -> other.offset() == 0
            && !other.time().isAfter(first.time().plus(SAME_AGE))).map(First::record).flatMap(Optional::stream).anyMatch(readBack::done);
    }

    private void read(List<Case> cases) {
        readBack(cases, each -> ((PositionVerdict.Go) each.verdict).readBackTo());
    }

    /**
     * All that is needed at once; where that fails, what those need who need least, and so on: a record that cannot be read is of some
     * time.
     */
    private void readBack(List<Case> cases, Function<Case, Optional<Instant>> time) {
        furthest(cases, time).ifPresent(all -> {
            if (proving(cases, () -> readBackTo(all, cases)).isEmpty() || cases.size() == 1) {
                return;
            }
            Optional<Undecided> failed = Optional.empty();
            for (Case each : cases.stream().sorted(Comparator.comparing((Case one) -> time.apply(one).orElseThrow()).reversed()).toList()) {
                each.undecided = failed;
                if (failed.isEmpty()) {
                    failed = proving(List.of(each), () -> readBackTo(time.apply(each).orElseThrow(), List.of(each)));
                }
            }
        });
    }

    private void readBackTo(Instant time, List<Case> cases) {
        if (readBack.fits(past, time)) {
            readBack.to(past, time);
        } else {
            cases.forEach(Case::tooMuch);
        }
    }

    private void proving(Case each, Runnable step) {
        proving(List.of(each), step);
    }

    /** What cannot be proven holds what it concerns. */
    private Optional<Undecided> proving(List<Case> concerned, Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (e instanceof Error error && fatal.test(error)) {
                throw error;
            }
            Optional<Undecided> undecided = Optional.of(Undecided.proof(e));
            concerned.forEach(each -> each.undecided = undecided);
            return undecided;
        }
    }

    private static Optional<Instant> furthest(List<Case> cases, Function<Case, Optional<Instant>> time) {
        return cases.stream().map(time).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private Traces traces(Case each) {
        if (each.beginning.doubt().filter(doubt -> !doubt.told()).isEmpty()) {
            return null;
        }
        if (noTraces != null) {
            throw new IllegalStateException(noTraces);
        }
        if (traces == null) {
            try {
                traces = traces();
            } catch (RuntimeException | Error e) {
                noTraces = e;
                throw e;
            }
        }
        return traces;
    }

    private Traces traces() {
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        topic.facts().values().forEach(facts -> {
            starts.put(KafkaRecords.partitionOf(facts.id()), facts.start());
            ends.put(KafkaRecords.partitionOf(facts.id()), facts.end());
        });
        oldest = past.firstRecords(starts, ends).found().values();
        return new Traces(readBack.outbound(past), readBack.deadLetters(past), starts.values().stream().allMatch(start -> start == 0),
            oldest.stream().map(First::time).min(Comparator.naturalOrder()));
    }

    private FirstRecords firstRecords(List<Case> cases) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        cases.forEach(each -> {
            from.put(each.ticket.partition(), each.beginning.at());
            ends.put(each.ticket.partition(), each.facts.end());
        });
        return past.firstRecords(from, ends);
    }

    @Override
    public void close() {
        past.close();
    }

    /** One partition of the round. */
    final class Case {

        private final PositionRequest ticket;
        private final PartitionFacts facts;
        private final Beginning beginning;
        private Optional<First> first = Optional.empty();
        private PositionVerdict verdict;
        private Optional<Undecided> undecided = Optional.empty();

        private Case(PositionRequest ticket, PartitionFacts facts, Beginning beginning) {
            this.ticket = ticket;
            this.facts = facts;
            this.beginning = beginning;
        }

        PartitionFacts facts() {
            return facts;
        }

        /** Where it would be read from. */
        Beginning beginning() {
            return beginning;
        }

        /** What is done, unless nothing is decided. */
        PositionVerdict verdict() {
            return verdict;
        }

        /** Why nothing is decided; empty where something is. */
        Optional<Undecided> undecided() {
            return undecided;
        }

        private boolean open() {
            return undecided.isEmpty();
        }

        /** Nothing is to be proven: it goes on, or begins anew as a partition that was just assigned. */
        private boolean settled() {
            return ticket.standing().isPresent() && beginning.how() != How.CUT_BACK;
        }

        private void tooMuch() {
            verdict = judge.tooMuch(verdict instanceof PositionVerdict.Go go ? go.beginning() : beginning, facts,
                placeAndTime(first.orElseThrow()).time());
        }
    }
}
