package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderIdType;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.GatewayAnswer;
import org.trustpaybridge.provider.Outcome;

/**
 * Window, gate and policy as they are, between a model of Kafka (records that arrive in partitions), of the consumer and the workers of the
 * bridge, and of the provider. Time is virtual: a quarter of an hour takes milliseconds.
 */
final class Simulation {

    /** How a call goes. */
    enum Answer {
        GOOD, HTTP_500, HTTP_403, CODE_1032, TIME_OUT, UNCLEAR, REJECTED
    }

    /** An order, and what became of it; times from the start. */
    static final class Shopping {
        final Duration arrival;
        final Answer nature;
        final int partition;
        Duration finished;
        Duration firstTried;
        Decision decision;
        int posts;

        Shopping(Duration arrival, int partition, Answer nature) {
            this.arrival = arrival;
            this.partition = partition;
            this.nature = nature;
        }

        boolean good() {
            return nature == Answer.GOOD;
        }

        boolean published() {
            return decision instanceof Decision.PaymentUrl;
        }

        Optional<DeadLetterReason> deadLetter() {
            return decision instanceof Decision.DeadLetter letter ? Optional.of(letter.reason()) : Optional.empty();
        }

        @Override
        public String toString() {
            return nature + " of " + arrival + " tried " + firstTried + " finished " + finished + " with " + decision + " after " + posts;
        }

        Duration latency() {
            return finished.minus(arrival);
        }
    }

    /** How the provider does as a whole. */
    interface Provider {

        /** What a call for the order comes to that begins now. */
        Answer answer(Shopping order, Duration now);

        /** What it says to the question about the account. */
        default Optional<GatewayAnswer> account(Duration now) {
            return Optional.of(new GatewayAnswer(GatewayAnswer.State.ACTIVE, failure(200, 0)));
        }

        /** Whether it refuses as it should what it has to refuse. */
        default boolean refuses(Duration now) {
            return true;
        }
    }

    static final Duration LONGEST_CALL = Duration.ofSeconds(30);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    static final Duration POLL_COST = Duration.ofMillis(1);
    private static final TrustPayOrder ORDER = new TrustPayOrder(new OrderId("o-1"), OrderIdType.AUTO, new Money(1000, "CZK"), "d",
        Map.of(), new TrustPayOrder.PaymentOptions("https://a.example", "https://b.example", "https://c.example", null, null),
        new TrustPayOrder.Customer("a@example.com", "cs_CZ", Map.of(), null), null, null, Map.of(), null, Map.of());

    private final int concurrency;
    private final Duration longestCall;
    private final Random random;
    private final Provider provider;
    private final List<ArrayDeque<Shopping>> topic = new ArrayList<>();
    private final long[] offsets;
    private final Map<InFlightRecord, Shopping> orders = new HashMap<>();
    private final Map<String, Shopping> byPlace = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Queue<InFlightRecord> queue = new ArrayDeque<>();
    final List<String> states = new ArrayList<>();
    final ProviderGate gate;
    final InFlightWindow window;
    private final OutcomePolicy policy;
    private long now;
    private long numbers;
    private int busy;
    private long nextPoll = Long.MAX_VALUE;
    private boolean pausedByWindow;
    private int nextPartition;
    int posts;
    int checks;
    final List<Duration> postChecks = new ArrayList<>();
    int mostOpen;
    private int open;
    private int unread;

    private record Event(long at, long number, Runnable what) {
    }

    Simulation(int concurrency, int partitions, Duration giveUpAfter, long seed, Provider provider) {
        this(new GateRules(LONGEST_WAIT, LONGEST_CALL, concurrency), partitions, giveUpAfter, seed, provider);
    }

    Simulation(GateRules rules, int partitions, Duration giveUpAfter, long seed, Provider provider) {
        int concurrency = rules.concurrency();
        this.concurrency = concurrency;
        this.longestCall = rules.longestCall();
        this.random = new Random(seed);
        this.provider = provider;
        this.offsets = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            topic.add(new ArrayDeque<>());
        }
        Clock clock = new VirtualClock();
        gate = new ProviderGate(rules, clock, () -> now);
        gate.whenChanged(new GateListener() {
            @Override
            public void changed(ProviderState state) {
                states.add(state.name());
            }

            @Override
            public void manyFailAlone(FailingOrders found) {
                states.add("MANY_ALONE");
            }
        });
        window = new InFlightWindow(WindowLimits.forConcurrency(concurrency), Records::orderId, clock, () -> now, gate);
        window.whenReady(() -> pollAt(now));
        policy = new OutcomePolicy(new RetrySchedule(Duration.ofMillis(500), rules.longestWait(), random), giveUpAfter, 5, clock, gate,
            window::tryAgainNow);
        for (int i = 0; i < partitions; i++) {
            window.assign(new PartitionId("order-created", i));
        }
    }

    /** Orders of a partition are to be given in the order of their arrival. */
    void publish(List<Shopping> all) {
        all.forEach(order -> topic.get(order.partition).add(order));
        unread += all.size();
        all.stream().map(order -> order.arrival).distinct().forEach(time -> at(time.toNanos(), () -> pollAt(now)));
    }

    /** Runs until that time, or until nothing is left to do. */
    void run(Duration until) {
        pollAt(now);
        while (!events.isEmpty() && events.peek().at <= until.toNanos()) {
            Event next = events.poll();
            now = next.at;
            next.what.run();
        }
        now = Math.max(now, until.toNanos());
    }

    int partitions() {
        return topic.size();
    }

    boolean idle() {
        return open == 0 && unread == 0;
    }

    Duration now() {
        return Duration.ofNanos(now);
    }

    private void at(long time, Runnable what) {
        events.add(new Event(time, numbers++, what));
    }

    private void pollAt(long time) {
        if (time < nextPoll) {
            nextPoll = time;
            at(time, () -> {
                if (nextPoll == time) {
                    nextPoll = Long.MAX_VALUE;
                    poll();
                }
            });
        }
    }

    /** As WindowedConsumer and FetchSteering do. */
    private void poll() {
        window.giveBackTaken();
        pausedByWindow = pausedByWindow ? !window.hasRoomForFetch() : !window.hasRoom();
        Set<PartitionId> stretched = window.stretched();
        int fetched = 0;
        if (!pausedByWindow) {
            for (int i = 0; i < topic.size() && fetched < concurrency; i++) {
                nextPartition = (nextPartition + 1) % topic.size();
                fetched += stretched.contains(new PartitionId("order-created", nextPartition)) ? 0
                    : fetch(nextPartition, concurrency - fetched);
            }
        }
        open += fetched;
        mostOpen = Math.max(mostOpen, open);
        List<InFlightRecord> taken = window.takeReady();
        taken.forEach(window::passBegan);
        queue.addAll(taken);
        work();
        long due = window.untilNextDue().orElse(Duration.ofMillis(100)).toNanos();
        long wait = fetched > 0 ? 0 : Math.min(due, Duration.ofMillis(pausedByWindow ? 20 : 100).toNanos());
        if (!idle()) {
            pollAt(now + Math.max(POLL_COST.toNanos(), wait));
        }
    }

    private int fetch(int partition, int atMost) {
        ArrayDeque<Shopping> records = topic.get(partition);
        int fetched = 0;
        while (fetched < atMost && !records.isEmpty() && records.peek().arrival.toNanos() <= now) {
            Shopping order = records.poll();
            long offset = offsets[partition]++;
            byPlace.put(partition + "/" + offset, order);
            window.open(Records.source(partition, offset, "o-" + partition + "-" + offset, Records.FETCHED.plus(order.arrival)));
            fetched++;
            unread--;
        }
        return fetched;
    }

    private void work() {
        while (busy < concurrency && !queue.isEmpty()) {
            InFlightRecord inFlight = queue.poll();
            Shopping order = orders.computeIfAbsent(inFlight,
                taken -> byPlace.get(taken.source().partition() + "/" + taken.source().offset()));
            if (inFlight.decision().isPresent()) {
                busy++;
                publish(inFlight, order);
            } else if (window.heldBack(inFlight)) {
                inFlight.conclude(new Verdict.NotNow());
                passEnded(inFlight);
            } else {
                busy++;
                call(inFlight, order);
            }
        }
    }

    private void call(InFlightRecord inFlight, Shopping order) {
        inFlight.countPost();
        posts++;
        order.posts++;
        order.firstTried = order.firstTried == null ? now() : order.firstTried;
        Answer answer = provider.answer(order, now());
        long takes = answer == Answer.TIME_OUT ? longestCall.toNanos() : Duration.ofMillis(50 + random.nextInt(100)).toNanos();
        at(now + takes, () -> {
            inFlight.follow(policy.judge(inFlight, ORDER, outcome(answer)));
            if (gate.wantsCheck()) {
                checks++;
                at(now + Duration.ofMillis(50).toNanos(), () -> {
                    gate.checked(provider.account(now()));
                    end(inFlight, order);
                });
            } else if (inFlight.decision().isEmpty() && answer != Answer.UNCLEAR && gate.wantsPostCheck(inFlight)) {
                checkPosts(inFlight, order);
            } else {
                end(inFlight, order);
            }
        });
    }

    /** Asks for the account first. */
    private void checkPosts(InFlightRecord inFlight, Shopping order) {
        at(now + Duration.ofMillis(50).toNanos(), () -> {
            if (provider.account(now()).filter(said -> said.state() == GatewayAnswer.State.ACTIVE).isEmpty()) {
                gate.postChecked(false, false);
                end(inFlight, order);
                return;
            }
            postChecks.add(now());
            at(now + Duration.ofMillis(50).toNanos(), () -> {
                if (gate.postChecked(provider.refuses(now()), window.allTried())) {
                    window.tryAgainNow();
                }
                end(inFlight, order);
            });
        });
    }

    private void end(InFlightRecord inFlight, Shopping order) {
        if (inFlight.decision().isPresent()) {
            publish(inFlight, order);
        } else {
            busy--;
            passEnded(inFlight);
            work();
        }
    }

    private void publish(InFlightRecord inFlight, Shopping order) {
        at(now + Duration.ofMillis(5).toNanos(), () -> {
            busy--;
            open--;
            order.finished = now();
            order.decision = inFlight.decision().orElseThrow();
            inFlight.conclude(new Verdict.Finished());
            passEnded(inFlight);
            work();
        });
    }

    private void passEnded(InFlightRecord inFlight) {
        window.passEnded(inFlight, Duration.ofSeconds(1));
        window.committed(window.commitPoints());
        if (pausedByWindow && window.hasRoomForFetch()) {
            pollAt(now);
        }
    }

    private static Outcome outcome(Answer answer) {
        return switch (answer) {
            case GOOD -> new Outcome.Created("https://pay.example/1", Optional.empty());
            case HTTP_500 -> new Outcome.Transient(failure(500, 0), Optional.empty(), true);
            case TIME_OUT -> new Outcome.Transient(new Failure(0, OptionalInt.empty(), "", "TIMED_OUT"), Optional.empty(), true);
            case HTTP_403 -> new Outcome.AccountFault(failure(403, 0));
            case CODE_1032 -> new Outcome.AccountFault(failure(401, 1032));
            case UNCLEAR -> new Outcome.Unclear(failure(409, 0));
            case REJECTED -> new Outcome.Rejected(failure(400, 1001));
        };
    }

    static Failure failure(int status, int code) {
        return new Failure(status, code == 0 ? OptionalInt.empty() : OptionalInt.of(code), "", code == 0 ? "HTTP_STATUS" : "ERROR_CODE");
    }

    private final class VirtualClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Records.FETCHED.plusNanos(now);
        }
    }
}
