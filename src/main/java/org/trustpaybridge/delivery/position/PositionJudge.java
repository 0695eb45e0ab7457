package org.trustpaybridge.delivery.position;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.Doubt;
import org.trustpaybridge.delivery.Standing;
import org.trustpaybridge.delivery.position.Beginning.How;
import org.trustpaybridge.delivery.position.PartitionFacts.Committed;

/** Decides where a partition is read from. Never waits, never asks Kafka. */
public final class PositionJudge {

    private final StartFrom startFrom;
    private final Duration retention;
    private final Instant began;
    private final Clock clock;

    /**
     * @param startFrom what an operator said
     * @param retention how long a published order is remembered
     * @param began     when this process began: what is older than that by the retention is the past
     * @param clock     wall clock
     */
    public PositionJudge(StartFrom startFrom, Duration retention, Instant began, Clock clock) {
        this.startFrom = startFrom;
        this.retention = retention;
        this.began = began;
        this.clock = clock;
    }

    /**
     * @param facts of a partition that was assigned
     * @return where it would be read from, and which records may have been done before
     */
    public Beginning place(PartitionFacts facts) {
        if (facts.committed().isEmpty()) {
            return nothingCommitted(facts);
        }
        Committed committed = facts.committed().get();
        if (committed.note().trusted() && !committed.note().topicId().equals(facts.topicId())) {
            return newTopic(facts, committed.offset());
        }
        boolean validated = committed.note().trusted() && committed.leaderEpoch().isPresent();
        if (committed.offset() > facts.end() && !validated) {
            return allInDoubt(facts, How.BEYOND_END, committed.offset(), Optional.empty(), committed.note().deleted());
        }
        return committed.note().trusted() ? continued(facts, committed) : moved(facts, committed);
    }

    /**
     * @param facts     of a partition that is being read, and of which something is not as it was
     * @param standing  how far it was read
     * @param divergent first offset at which its log is another one than it was; empty if that is not known
     * @return where it is read from, {@link How#NEW_TOPIC} if the topic is another one, {@link How#CONTINUED} if all is well
     */
    public Beginning placeAgain(PartitionFacts facts, Standing standing, OptionalLong divergent) {
        CommitNote note = standing.note();
        if (!note.topicId().equals(facts.topicId())) {
            return newTopic(facts, standing.finishedUpTo());
        }
        if (divergent.isPresent()) {
            long at = Math.max(facts.start(), Math.min(facts.end(), Math.min(standing.finishedUpTo(), divergent.getAsLong())));
            return begin(facts, How.CUT_BACK, at, standing.finishedUpTo(), note.deleted(), Optional.empty())
                .withDoubt(Optional.of(new Doubt(facts.end(), false)));
        }
        if (standing.position() > facts.end()) {
            return allInDoubt(facts, How.CUT_BACK, standing.finishedUpTo(), Optional.empty(), note.deleted());
        }
        return new Beginning(How.CONTINUED, Math.max(standing.position(), facts.start()), Optional.empty(), standing.finishedUpTo(), note,
            Optional.empty());
    }

    private Beginning nothingCommitted(PartitionFacts facts) {
        if (facts.topicIdBefore().filter(before -> !before.equals(facts.topicId())).isPresent()) {
            return newTopic(facts, -1);
        }
        if (facts.partitionsBefore() > 0 && facts.id().partition() >= facts.partitionsBefore()) {
            return begin(facts, How.ADDED, facts.start(), -1, Optional.empty(), deleted(0, facts.start(), facts.start()));
        }
        if (startFrom.said()) {
            return begin(facts, How.TOLD, said(facts, facts.start()), -1, Optional.empty(), Optional.empty())
                .withDoubt(Optional.of(new Doubt(facts.end(), true)));
        }
        return allInDoubt(facts, How.BEGUN, -1, Optional.empty(), Optional.empty());
    }

    private Beginning newTopic(PartitionFacts facts, long committed) {
        return allInDoubt(facts, How.NEW_TOPIC, committed, deleted(0, facts.start(), facts.start()), Optional.empty());
    }

    private Beginning continued(PartitionFacts facts, Committed committed) {
        CommitNote note = committed.note();
        if (committed.offset() >= facts.start()) {
            return new Beginning(How.CONTINUED, committed.offset(), committed.leaderEpoch(), committed.offset(),
                new CommitNote(facts.topicId(), facts.partitions(), note.deleted(), note.doubt(), note.open()), Optional.empty());
        }
        return begin(facts, How.CONTINUED, facts.start(), committed.offset(), note.deleted(), behind(facts, committed))
            .withDoubt(note.doubt());
    }

    private Beginning moved(PartitionFacts facts, Committed committed) {
        Optional<DeletedUnread> deleted = committed.offset() < facts.start() ? behind(facts, committed) : Optional.empty();
        Beginning moved = begin(facts, How.MOVED, Math.max(facts.start(), committed.offset()), committed.offset(), Optional.empty(),
            deleted);
        return new Beginning(How.MOVED, moved.at(), Optional.empty(), committed.offset(),
            new CommitNote(facts.topicId(), facts.partitions(), moved.note().deleted(), Optional.empty(), committed.note().open()), deleted)
            .withDoubt(Optional.of(new Doubt(facts.end(), false)));
    }

    private Optional<DeletedUnread> behind(PartitionFacts facts, Committed committed) {
        return deleted(committed.offset(), facts.start(), committed.note().open()
            .map(open -> open.unfinished(committed.offset(), facts.start())).orElse(facts.start() - committed.offset()));
    }

    private Optional<DeletedUnread> deleted(long from, long to, long atMost) {
        return atMost > 0 ? Optional.of(new DeletedUnread(from, to, atMost, clock.instant())) : Optional.empty();
    }

    private Beginning allInDoubt(PartitionFacts facts, How how, long committed, Optional<DeletedUnread> deleted,
                                 Optional<DeletedUnread> before) {
        return begin(facts, how, facts.start(), committed, before, deleted).withDoubt(Optional.of(new Doubt(facts.end(), false)));
    }

    private static Beginning begin(PartitionFacts facts, How how, long at, long committed, Optional<DeletedUnread> before,
                                   Optional<DeletedUnread> deleted) {
        Optional<DeletedUnread> both = deleted.map(gone -> before.map(gone::and).orElse(gone)).or(() -> before);
        return new Beginning(how, at, Optional.empty(), committed,
            new CommitNote(facts.topicId(), facts.partitions(), both, Optional.empty(), Optional.empty()), deleted);
    }

    /** Where the operator's word leads to, and not before the given place. */
    private long said(PartitionFacts facts, long earliest) {
        return switch (startFrom.word()) {
            case NOW -> facts.end();
            case TIME -> Math.max(earliest, facts.offsetOfStart().orElse(facts.end()));
            default -> earliest;
        };
    }

    /**
     * @param beginning where it would be read from
     * @param facts     the same ones
     * @param first     the first record from there on; empty without one
     * @param traces    what says what was done
     * @param firstDone whether that record was done before, or one that is no younger; empty if nobody has looked yet
     * @return what is done
     */
    public PositionVerdict judge(Beginning beginning, PartitionFacts facts, Optional<FirstRecord> first, Traces traces,
                                 Optional<Boolean> firstDone) {
        Optional<FirstRecord> next = first.filter(record -> record.offset() < facts.end());
        Optional<Doubt> doubt = beginning.doubt().filter(some -> next.filter(record -> record.offset() < some.until()).isPresent());
        if (next.isEmpty()) {
            return new PositionVerdict.Go(beginning.withDoubt(Optional.empty()), Optional.empty());
        }
        Instant oldest = earlier(next.get().time(), clock.instant());
        Instant back = oldest.minus(retention);
        if (doubt.isEmpty()) {
            return oldest.isAfter(clock.instant().minus(retention)) || beginning.how() == How.ADDED
                ? new PositionVerdict.Go(beginning.withDoubt(Optional.empty()), Optional.empty())
                : new PositionVerdict.Go(beginning.withDoubt(Optional.of(new Doubt(facts.end(), true))), Optional.of(back));
        }
        if (doubt.get().told()) {
            return new PositionVerdict.Go(beginning, Optional.of(back));
        }
        boolean under = beginning.how() == How.CONTINUED;
        if (traces.outbound().untouched()) {
            boolean wish = under || beginning.how() == How.MOVED;
            boolean young = traces.wholeSource() && traces.oldest().filter(time -> time.isBefore(began.minus(retention))).isEmpty();
            return wish || young ? new PositionVerdict.Go(beginning.withDoubt(Optional.empty()), Optional.empty())
                : ask(beginning, facts, Question.Why.NEVER_PUBLISHED, oldest, back);
        }
        if (!traces.deadLetters().reachesBackTo(oldest)) {
            return ask(beginning, facts, traces.deadLetters().state() == TopicTrace.State.UNREADABLE
                ? Question.Why.DEAD_LETTERS_UNREADABLE : Question.Why.DEAD_LETTERS_TOO_SHORT, oldest, back);
        }
        if (!traces.outbound().whole()) {
            return traces.outbound().reachesBackTo(oldest) ? new PositionVerdict.Go(beginning, Optional.of(back))
                : ask(beginning, facts, Question.Why.OUTBOUND_TOO_SHORT, oldest, back);
        }
        // Nothing was deleted from it. Was it there already when the oldest order was done?
        if (under || traces.outbound().first().filter(time -> !oldest.isBefore(time)).isPresent() || firstDone.orElse(false)) {
            return new PositionVerdict.Go(beginning, Optional.of(back));
        }
        return firstDone.isEmpty() ? new PositionVerdict.Look(back) : ask(beginning, facts, Question.Why.OLDER_THAN_OUTBOUND, oldest, back);
    }

    /**
     * @param beginning where it would be read from
     * @param facts     the same ones
     * @param oldest    time of the first record from there on
     * @return what is done when what must be read for the proof does not fit into memory
     */
    public PositionVerdict tooMuch(Beginning beginning, PartitionFacts facts, Instant oldest) {
        Instant known = clock.instant().minus(retention);
        return beginning.doubt().filter(Doubt::told).isPresent() ? new PositionVerdict.Go(beginning, Optional.of(known))
            : ask(beginning, facts, Question.Why.TOO_MUCH, oldest, known);
    }

    /** An operator's word answers the question. */
    private PositionVerdict ask(Beginning beginning, PartitionFacts facts, Question.Why why, Instant oldest, Instant back) {
        if (!startFrom.said()) {
            return new PositionVerdict.Ask(new Question(facts.id(), why, oldest));
        }
        long at = said(facts, beginning.at());
        Beginning told = at == beginning.at() ? beginning : beginning.movedTo(at);
        return new PositionVerdict.Go(told.withDoubt(Optional.of(new Doubt(facts.end(), true))), Optional.of(back));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
