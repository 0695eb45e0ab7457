package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.Standings;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.position.PositionJudge;
import org.trustpaybridge.position.Question;
import org.trustpaybridge.position.StartFrom;
import org.trustpaybridge.position.Verdict;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Pulse;

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

    private final String topic;
    private final StartFrom startFrom;
    private final Duration retention;
    private final PositionJudge judge;
    private final Standings standings;
    private final ReadBack readBack;
    private final PositionCounts counts;
    private final Ending ending;
    private final Pulse pulse = new Pulse();
    private final Clock clock;
    private final Map<Ticket, Instant> open = new ConcurrentHashMap<>();
    private final Map<Ticket, Question> held = new ConcurrentHashMap<>();
    private final Set<PartitionId> told = ConcurrentHashMap.newKeySet();
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
     * @param ending    ends the process when nothing can be relied on any more
     * @param began     when this process began
     * @param clock     wall clock
     */
    public Positions(String topic, StartFrom startFrom, Duration retention, Standings standings, ReadBack readBack, PositionCounts counts,
                     Ending ending, Instant began, Clock clock) {
        this.topic = topic;
        this.startFrom = startFrom;
        this.retention = retention;
        this.judge = new PositionJudge(startFrom, retention, began, clock);
        this.standings = standings;
        this.readBack = readBack;
        this.counts = counts;
        this.ending = ending;
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

    /** @return signs of life of the thread, which end with it */
    public Pulse pulse() {
        return pulse;
    }

    PositionCounts counts() {
        return counts;
    }

    Clock clock() {
        return clock;
    }

    /** Asks for each of these where it is to be read from. The answers come on the thread of this object. */
    void ask(Collection<Ticket> tickets) {
        tickets.forEach(ticket -> open.put(ticket, clock.instant()));
        work.release();
    }

    /** Nobody wants to know any more. */
    void withdraw(Collection<Ticket> tickets) {
        open.keySet().removeAll(tickets);
        held.keySet().removeAll(tickets);
    }

    /** @return how many records were acknowledged; all that are known here to have been deleted unread, or passed over by another program */
    public long acknowledgeDeleted() {
        return watch.acknowledge(standing -> Long.MAX_VALUE) + watch.foreign().acknowledge();
    }

    /** @return how many partitions are held until somebody says where to begin */
    public int heldPartitions() {
        return held.size();
    }

    @Override
    public Collection<Condition> get() {
        List<Condition> found = new PositionConditions(topic, clock).of(standings.all(), open, held, failure, watch.missingSince());
        found.addAll(watch.foreign().get());
        return found;
    }

    private void run(Properties ofGroup) {
        String group = ofGroup.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        Admin admin = null;
        Instant watchAt = clock.instant();
        Instant askAt = Instant.MIN;
        while (!closed) {
            try {
                pulse.beat();
                if (admin == null) {
                    admin = Admin.create(ClientDefaults.ofAdmin(ofGroup));
                }
                boolean again = !clock.instant().isBefore(askAt);
                List<Ticket> due = open.keySet().stream().filter(ticket -> again || !held.containsKey(ticket)).toList();
                if (!due.isEmpty()) {
                    judge(admin, group, due, ofGroup);
                    askAt = again ? clock.instant().plus(ASK_AGAIN) : askAt;
                }
                if (!clock.instant().isBefore(watchAt)) {
                    watchAt = clock.instant().plus(WATCH);
                    watch.look(admin, group);
                    if (open.isEmpty() && standings.all().stream().allMatch(standing -> standing.note().doubt().isEmpty())) {
                        readBack.forget();
                    }
                }
                failure = "";
                pause(WATCH);
            } catch (InterruptedException e) {
                LOG.debug("Interrupted; it goes on until it is closed");
            } catch (ExecutionException | RuntimeException | Error e) {
                if (!ending.ifFatal(e, "finding out where to read from")) {
                    undecided(e instanceof ExecutionException ? e.getCause() : e);
                }
                // The next one begins anew with the addresses from the settings.
                if (admin != null) {
                    admin.close(Duration.ZERO);
                    admin = null;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private void pause(Duration atMost) throws InterruptedException {
        if (work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private void undecided(Throwable cause) {
        failure = cause.getClass().getSimpleName();
        if (!open.isEmpty() && Duration.between(saidUndecided, clock.instant()).compareTo(SAY_AGAIN) > 0) {
            saidUndecided = clock.instant();
            LogEvent.POSITION_UNDECIDED.on(LOG).addKeyValue("partitions", partitions(open.keySet())).addKeyValue("cause", failure).log();
        }
        LOG.debug("Where to read from was not found out", cause);
    }

    private void judge(Admin admin, String group, List<Ticket> tickets, Properties ofGroup) throws ExecutionException, InterruptedException {
        TopicFacts facts = TopicFacts.ask(admin, group, topic, startFrom, clock.instant().minus(retention), watch.idBefore());
        Map<Ticket, PositionRound.Case> decided;
        try (PositionRound round = new PositionRound(judge, readBack, facts, () -> reader(ofGroup))) {
            decided = round.decide(tickets);
        }
        watch.seen(facts.topicId());
        List<Question> questions = new ArrayList<>();
        decided.forEach((ticket, each) -> {
            if (each.verdict() instanceof Verdict.Ask ask && open.containsKey(ticket)) {
                held.put(ticket, ask.question());
                questions.add(ask.question());
            }
        });
        askOperator(questions);
        List<Ticket.Answer> answers = new ArrayList<>();
        decided.forEach((ticket, each) -> {
            if (each.verdict() instanceof Verdict.Go go && open.remove(ticket) != null) {
                held.remove(ticket);
                told.remove(each.facts().id());
                answers.add(new Ticket.Answer(ticket, go.beginning(), each.facts()));
            }
        });
        answers.stream().collect(Collectors.groupingBy(answer -> answer.ticket().asker())).forEach(Consumer::accept);
    }

    /** Each question is asked once. */
    private void askOperator(List<Question> questions) {
        List<Question> fresh = questions.stream().filter(question -> told.add(question.id())).toList();
        fresh.stream().map(Question::why).distinct().forEach(why -> {
            List<Question> same = fresh.stream().filter(question -> question.why() == why).toList();
            LogEvent.START_UNKNOWN.on(LOG).addKeyValue("partitions", same.stream().map(Question::id).toList()).addKeyValue("why", why.words())
                .addKeyValue("oldest", same.stream().map(Question::oldest).min(Instant::compareTo).orElseThrow()).log();
        });
        fresh.forEach(question -> counts.decided().accept(PositionCounts.HELD));
    }

    static List<String> partitions(Collection<Ticket> tickets) {
        return tickets.stream().map(ticket -> ticket.partition().toString()).sorted().toList();
    }

    /** A consumer without a group: it cannot commit, and it creates no topic. */
    private static KafkaConsumer<byte[], byte[]> reader(Properties ofGroup) {
        Properties properties = ClientDefaults.ofReader(ofGroup);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        // A reader that is done waits for its fetch under way.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public synchronized void close() {
        closed = true;
        work.release();
    }
}
