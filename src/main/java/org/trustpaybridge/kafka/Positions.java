package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.Standings;
import org.trustpaybridge.delivery.position.PositionJudge;
import org.trustpaybridge.delivery.position.PositionVerdict;
import org.trustpaybridge.delivery.position.Question;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Vital;

/**
 * Finds out, on a thread of its own, where assigned partitions are to be read from, and watches whether the topic is still the one that is
 * read. What cannot be proven to be new is not read: then it asks.
 */
public final class Positions implements AutoCloseable, Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(Positions.class);
    private static final Duration WATCH = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Somebody may have made room, or granted a right. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(15);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);
    /** Longer than it waits for several answers of Kafka, one after the other. */
    private static final Duration SILENCE = Duration.ofSeconds(120);

    private final String topic;
    private final StartFrom startFrom;
    private final Duration retention;
    private final PositionJudge judge;
    private final Standings standings;
    private final ReadBack readBack;
    private final PositionCounts counts;
    private final Lifeline alive;
    private final Clock clock;
    private final Map<PositionRequest, Instant> open = new ConcurrentHashMap<>();
    private final OpenQuestions questions;
    private final HeldLosses losses;
    private final UndecidedPartitions undecided;
    private final Semaphore work = new Semaphore(0);
    private final TopicWatch watch;
    private volatile String failure = "";
    private volatile boolean closed;
    private volatile Thread thread;
    private Instant saidUndecided = Instant.MIN;

    /**
     * @param topic     the inbound topic
     * @param startFrom where an operator said to begin
     * @param retention how long a published order is remembered
     * @param standings where the assigned partitions stand
     * @param readBack  knows what was published longer ago
     * @param counts    told of each decision
     * @param faults    told of records that cannot be read
     * @param alive     of the thread
     * @param began     when this process began
     * @param clock     wall clock
     */
    public Positions(String topic, StartFrom startFrom, Duration retention, Standings standings, ReadBack readBack, PositionCounts counts,
                     ReadingFaults faults, Lifeline alive, Instant began, Clock clock) {
        this.topic = topic;
        this.startFrom = startFrom;
        this.retention = retention;
        this.judge = new PositionJudge(startFrom, retention, began, clock);
        this.standings = standings;
        this.readBack = readBack;
        this.counts = counts;
        this.alive = alive;
        this.undecided = new UndecidedPartitions(faults, clock);
        this.questions = new OpenQuestions(counts);
        this.losses = new HeldLosses(clock, this::deletedUnread);
        this.clock = clock;
        this.watch = new TopicWatch(topic, standings, new ForeignCommits(counts.passedOver(), clock), clock);
    }

    /** Starts, once, with the properties of a consumer of the group. */
    synchronized void start(Properties ofGroup) {
        if (thread == null && !closed) {
            thread = new Thread(() -> run(ofGroup), "positions");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** @param suspicious told, on the watching thread, of partitions of which something is not as it was; only one at a time is told */
    void whenSuspicious(Consumer<Collection<PartitionId>> suspicious) {
        watch.whenSuspicious(suspicious);
    }

    /**
     * @param wanted whether the thread is to live at the moment
     * @return what is to be asked about it
     */
    public List<Vital> vitals(BooleanSupplier wanted) {
        return List.of(Vital.lives("The thread that finds out where to read from", alive.pulse(), wanted),
            Vital.moves("The thread that finds out where to read from", alive.pulse(), wanted, SILENCE));
    }

    PositionCounts counts() {
        return counts;
    }

    Clock clock() {
        return clock;
    }

    /** Asks for each of these where it is to be read from. The answers come on the thread of this object. */
    void ask(Collection<PositionRequest> tickets) {
        tickets.forEach(ticket -> open.put(ticket, clock.instant()));
        work.release();
    }

    /** Nobody wants to know any more. */
    void withdraw(Collection<PositionRequest> tickets) {
        open.keySet().removeAll(tickets);
        withdrawn(tickets);
    }

    private void withdrawn(Collection<PositionRequest> tickets) {
        questions.withdraw(tickets);
        undecided.withdraw(tickets);
        losses.withdraw(tickets);
    }

    /**
     * @return how many records were acknowledged; all that are known here to have been deleted unread, or passed over by another program
     */
    public long acknowledgeDeleted() {
        return watch.acknowledge(standing -> Long.MAX_VALUE) + losses.acknowledge() + watch.foreign().acknowledge();
    }

    /** @return how many partitions are held until somebody says where to begin */
    public int heldPartitions() {
        return questions.all().size();
    }

    @Override
    public Collection<Condition> get() {
        Map<PositionRequest, Instant> untold = new HashMap<>(open);
        untold.keySet().removeAll(undecided.toldElsewhere());
        String failures = failure.isEmpty() ? undecided.failures() : failure;
        List<Condition> found = new PositionConditions(topic, clock).of(standings.all(), untold, questions.all(), losses.all(), failures,
            watch.missingSince());
        found.addAll(watch.foreign().get());
        return found;
    }

    private void run(Properties ofGroup) {
        PositionClients clients = new PositionClients(ofGroup);
        Instant watchAt = clock.instant();
        Instant askAt = Instant.MIN;
        while (!closed) {
            try {
                alive.pulse().beat();
                boolean again = !clock.instant().isBefore(askAt);
                List<PositionRequest> due = open.keySet().stream().filter(ticket -> (again || !questions.contains(ticket))
                    && undecided.due(ticket))
                    .toList();
                if (!due.isEmpty()) {
                    judge(clients, due);
                    askAt = again ? clock.instant().plus(ASK_AGAIN) : askAt;
                }
                if (!clock.instant().isBefore(watchAt)) {
                    watchAt = clock.instant().plus(WATCH);
                    watch.look(clients.admin(), clients.group());
                    if (open.isEmpty() && standings.all().stream().allMatch(standing -> standing.note().doubt().isEmpty())) {
                        readBack.forget();
                    }
                }
                failure = "";
                pause(WATCH);
            } catch (InterruptedException e) {
                LOG.debug("Interrupted; it goes on until it is closed");
            } catch (ExecutionException | RuntimeException | Error e) {
                if (!alive.endsWith(e, "finding out where to read from")) {
                    undecided(e instanceof ExecutionException ? e.getCause() : e);
                }
                // The next one begins anew with the addresses from the settings.
                clients.close();
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        clients.close();
    }

    private void pause(Duration atMost) throws InterruptedException {
        if (work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private void undecided(Throwable cause) {
        failure = ReadingFailure.inWords(cause);
        if (!open.isEmpty() && Duration.between(saidUndecided, clock.instant()).compareTo(SAY_AGAIN) > 0) {
            saidUndecided = clock.instant();
            LogEvent.POSITION_UNDECIDED.on(LOG).addKeyValue("partitions",
                open.keySet().stream().map(ticket -> ticket.partition().toString())
                .sorted().toList()).addKeyValue("cause", failure).log();
        }
        LOG.debug("Where to read from was not found out", cause);
    }

    private void judge(PositionClients clients, List<PositionRequest> tickets) throws ExecutionException, InterruptedException {
        TopicFacts facts = TopicFacts.ask(clients.admin(), clients.group(), topic, startFrom, clock.instant().minus(retention),
            watch.idBefore());
        Map<PositionRequest, PositionRound.Case> decided;
        Predicate<Throwable> fatal = failed -> alive.endsWith(failed, "finding out what was done");
        PastReader past = new PastReader(clients::reader, fatal, alive.pulse()::beat);
        try (PositionRound round = new PositionRound(judge, readBack, facts, past, fatal)) {
            decided = round.decide(tickets);
        }
        watch.seen(facts.topicId());
        noteUndecided(tickets, facts, decided);
        Map<PositionRequest, Question> asked = new HashMap<>();
        List<PositionRequest.Answer> answers = new ArrayList<>();
        decided.forEach((ticket, each) -> {
            if (each.verdict() instanceof PositionVerdict.Ask ask) {
                losses.held(ticket, each.facts(), each.beginning());
                asked.put(ticket, ask.question());
            } else if (each.verdict() instanceof PositionVerdict.Go go && open.remove(ticket) != null) {
                questions.answered(ticket);
                answers.add(new PositionRequest.Answer(ticket, losses.begins(ticket, each.facts(), go.beginning()), each.facts()));
            }
        });
        questions.ask(asked);
        // What was given away meanwhile is held by nobody here.
        withdrawn(tickets.stream().filter(ticket -> !open.containsKey(ticket)).toList());
        answers.stream().collect(Collectors.groupingBy(answer -> answer.ticket().asker())).forEach(Consumer::accept);
    }

    private void noteUndecided(List<PositionRequest> tickets, TopicFacts facts, Map<PositionRequest, PositionRound.Case> cases) {
        Map<PositionRequest, Undecided> found = new HashMap<>();
        for (PositionRequest ticket : tickets) {
            Optional.ofNullable(facts.silent().get(ticket.partition().partition())).map(Undecided::proof)
                .or(() -> Optional.ofNullable(cases.get(ticket)).flatMap(PositionRound.Case::undecided))
                .ifPresentOrElse(why -> found.put(ticket, why), () -> undecided.decided(ticket));
        }
        undecided.note(found);
        found.keySet().forEach(ticket -> Optional.ofNullable(cases.remove(ticket))
            .ifPresent(each -> losses.held(ticket, each.facts(), each.beginning())));
    }

    /** Orders of a topic that was deleted, which nobody can read any more, are told as others that were deleted unread. */
    void goneWithTheTopic(Collection<PartitionId> ids) {
        watch.goneWithTheTopic(ids).forEach(this::deletedUnread);
    }

    /** Records were deleted before they were read. Called by any thread. */
    void deletedUnread(PartitionId id, DeletedUnread gone) {
        counts.deletedUnread().accept(id, gone.atMost());
        counts.decided().accept(PositionCounts.DELETED_UNREAD);
        LogEvent.DELETED_UNREAD.on(LOG).addKeyValue("partition", id).addKeyValue("at_most", gone.atMost())
            .addKeyValue("from", gone.from()).addKeyValue("to", gone.to() - 1).log();
    }

    @Override
    public synchronized void close() {
        closed = true;
        work.release();
    }
}
