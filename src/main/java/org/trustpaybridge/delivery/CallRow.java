package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Which order's call is next. Orders that were not tried yet go first to last, and those that failed before come again at their time, but
 * never take more than a part of the calls: bad orders are to hold themselves, and nobody else.
 *
 * <p>While many orders fail, the row is served from both ends: if its oldest ones are bad, a newer one shows that the provider works, and
 * those behind the bad ones need not wait for them. For that, more is fetched than would be at hand otherwise. Guarded by the window.
 */
final class CallRow {

    /** How long an order may wait behind bad ones, in nanoseconds. */
    private static final long LONG = Duration.ofSeconds(1).toNanos();

    private final int concurrency;
    private final int atHand;
    private final int mostIdle;
    private final ProviderGate gate;
    private final LongSupplier nanoTime;
    private final FreshOrders fresh = new FreshOrders();
    private final OrdersToTryAgain again = new OrdersToTryAgain();
    private final GoodEdge edge = new GoodEdge();
    private int runningOldest;
    private int runningFresh;
    private int scouts;
    private int runningAgain;
    private int runningSuspects;
    private boolean lastWasOldest;
    private boolean lastWasAgain;

    CallRow(WindowLimits limits, ProviderGate gate, LongSupplier nanoTime) {
        this.concurrency = limits.calls();
        this.atHand = limits.active();
        this.mostIdle = limits.waiting();
        this.gate = gate;
        this.nanoTime = nanoTime;
    }

    void add(InFlightRecord order) {
        order.openedAt = order.place == 0 ? nanoTime.getAsLong() : order.openedAt;
        fresh.add(order);
    }

    /** @param order one whose {@link InFlightRecord#dueNanos} is set */
    void addAgain(InFlightRecord order) {
        again.add(order, gate.blames(order));
    }

    void remove(InFlightRecord order) {
        fresh.remove(order);
        again.remove(order);
    }

    void raiseAll() {
        again.raiseAll(nanoTime.getAsLong());
    }

    /**
     * @param running records on their way
     * @return the record whose call is next; null when none may be made now
     */
    InFlightRecord takeNext(int running) {
        if (running >= most()) {
            return null;
        }
        return gate.holdingBack() ? nextProbe() : nextCall();
    }

    /** @return whether there may be somebody for the place that became free */
    boolean ended(InFlightRecord order) {
        boolean bounded = isAgain(order.service) && !again.isEmpty();
        count(order.service, -1);
        if (order.service == InFlightRecord.Service.BEYOND || order.service == InFlightRecord.Service.SCOUT) {
            edge.ended(order);
        }
        order.service = InFlightRecord.Service.NONE;
        if (order.probe) {
            order.probe = false;
            // What turned out to be a repeat, or no order, told nothing of the provider.
            gate.probeEnded(order.called() || order.decision().isEmpty());
        }
        return bounded || !fresh.isEmpty() && (gate.trouble() || gate.holdingBack());
    }

    /** @return nanoseconds until a call may be made; empty when that is not a matter of time */
    OptionalLong untilNext(int running) {
        if (running >= most()) {
            return OptionalLong.empty();
        }
        if (gate.holdingBack()) {
            return sooner(untilProbe(), gate.flowing() ? untilSuspect() : OptionalLong.empty());
        }
        if (!fresh.isEmpty()) {
            return OptionalLong.of(0);
        }
        return sooner(runningAgain < mostAgain() ? until(again.dueVictim()) : OptionalLong.empty(), untilSuspect());
    }

    private OptionalLong untilSuspect() {
        return runningSuspects < mostSuspects() ? until(again.dueSuspect()) : OptionalLong.empty();
    }

    private OptionalLong untilProbe() {
        if (!fresh.isEmpty()) {
            return OptionalLong.of(gate.untilCall(true).toNanos());
        }
        OptionalLong due = gate.flowing() ? until(again.dueVictim()) : again.isEmpty() ? OptionalLong.empty() : OptionalLong.of(0);
        return due.isEmpty() ? due : OptionalLong.of(Math.max(due.getAsLong(), gate.untilCall(false).toNanos()));
    }

    boolean hasRoom(int records, int active, int idle) {
        if (full(idle)) {
            return false;
        }
        if (gate.holdingBack() || gate.trouble()) {
            return fresh.size() + again.size() + idle + records <= mostIdle;
        }
        return active - runningAgain - runningSuspects + fresh.size() + records <= atHand;
    }

    /** Whether as many wait as may. */
    boolean full(int idle) {
        return again.size() + idle >= mostIdle;
    }

    /** Whether no order is here, waiting or on its way, that was not tried yet. */
    boolean allTried() {
        return fresh.isEmpty() && runningFresh == 0;
    }

    int fresh() {
        return fresh.size();
    }

    int again() {
        return again.size();
    }

    /** More are handed out than calls can be made, so that no worker waits for the next one; but not while it matters who is next. */
    private int most() {
        return gate.holdingBack() || gate.trouble() ? concurrency : atHand;
    }

    private InFlightRecord nextCall() {
        if (fresh.isEmpty() || !lastWasAgain) {
            Optional<InFlightRecord> due = nextAgain();
            if (due.isPresent()) {
                return due.get();
            }
        }
        if (fresh.isEmpty()) {
            return null;
        }
        if (!gate.trouble()) {
            edge.forget();
            return serve(fresh.takeOldest(), InFlightRecord.Service.OLDEST);
        }
        boolean oldest = concurrency > 1 ? runningFresh - runningOldest >= leastOutOfTurn() && runningOldest < mostOldest()
            : !lastWasOldest;
        return oldest ? serve(fresh.takeOldest(), InFlightRecord.Service.OLDEST) : serveOutOfTurn();
    }

    /**
     * While it is not sure yet that all fail, orders to blame are tried at their time as ever: they tell nothing, and have to be given up.
     */
    private InFlightRecord nextProbe() {
        Optional<InFlightRecord> suspect = gate.flowing() ? nextSuspect() : Optional.empty();
        if (suspect.isPresent()) {
            return suspect.get();
        }
        boolean untried = !fresh.isEmpty();
        if (!gate.untilCall(untried).isZero()) {
            return null;
        }
        InFlightRecord next;
        if (untried) {
            next = lastWasOldest ? serveBeyond() : serve(fresh.takeOldest(), InFlightRecord.Service.OLDEST);
        } else {
            Optional<InFlightRecord> tried = gate.flowing() ? again.takeDueVictim(nanoTime.getAsLong()) : again.takeForProbe();
            next = tried.map(order -> serve(order, InFlightRecord.Service.AGAIN)).orElse(null);
        }
        if (next != null) {
            next.probe = true;
            gate.probeBegan(untried);
        }
        return next;
    }

    private Optional<InFlightRecord> nextAgain() {
        Optional<InFlightRecord> victim = runningAgain < mostAgain() ? again.takeDueVictim(nanoTime.getAsLong()) : Optional.empty();
        return victim.isPresent() ? victim.map(order -> serve(order, InFlightRecord.Service.AGAIN)) : nextSuspect();
    }

    private Optional<InFlightRecord> nextSuspect() {
        Optional<InFlightRecord> suspect = runningSuspects < mostSuspects() ? again.takeDueSuspect(nanoTime.getAsLong()) : Optional.empty();
        return suspect.map(order -> serve(order, InFlightRecord.Service.SUSPECT));
    }

    /** The newest first; once one of them was good, those in front of it, and all that are behind the oldest good one in their order. */
    private InFlightRecord serveOutOfTurn() {
        InFlightRecord scout = scouts < Math.max(1, concurrency / 16) ? edge.takeScout(fresh) : null;
        return scout == null ? serveBeyond() : serve(scout, InFlightRecord.Service.SCOUT);
    }

    /** From where orders are known to be good, if that is known: a probe is to find out whether anybody gets through. */
    private InFlightRecord serveBeyond() {
        InFlightRecord good = edge.edge() == null ? null : fresh.takeOldestFrom(edge.edge());
        return serve(good == null ? fresh.takeNewest() : good, InFlightRecord.Service.BEYOND);
    }

    private InFlightRecord serve(InFlightRecord order, InFlightRecord.Service service) {
        order.service = service;
        count(service, 1);
        lastWasAgain = isAgain(service);
        lastWasOldest = lastWasAgain ? lastWasOldest : service == InFlightRecord.Service.OLDEST;
        return order;
    }

    private void count(InFlightRecord.Service service, int change) {
        runningFresh += service != InFlightRecord.Service.NONE && !isAgain(service) ? change : 0;
        runningOldest += service == InFlightRecord.Service.OLDEST ? change : 0;
        runningAgain += service == InFlightRecord.Service.AGAIN ? change : 0;
        runningSuspects += service == InFlightRecord.Service.SUSPECT ? change : 0;
        scouts += service == InFlightRecord.Service.SCOUT ? change : 0;
    }

    private static boolean isAgain(InFlightRecord.Service service) {
        return service == InFlightRecord.Service.AGAIN || service == InFlightRecord.Service.SUSPECT;
    }

    /**
     * At the oldest end, where the bad ones are most likely. If they fail fast, they are gone through soon, and a few calls out of turn are
     * enough, as long as nobody there waits for long: each of these is proof that the provider works, and bad orders need that.
     */
    private int mostOldest() {
        if (gate.slowTrouble()) {
            return Math.max(1, concurrency / 4);
        }
        return concurrency - leastOutOfTurn() - Math.max(1, concurrency / 8);
    }

    /** Orders that failed before and come again take none of these. */
    private int leastOutOfTurn() {
        return Math.max(1, concurrency / (waitsOutOfTurn() ? 4 : 16));
    }

    private boolean waitsOutOfTurn() {
        InFlightRecord next = edge.edge() == null ? null : fresh.oldestFrom(edge.edge());
        return next != null && nanoTime.getAsLong() - next.openedAt > LONG;
    }

    /** Most orders that failed once or twice are good. Where calls take long to fail, they are to keep no others waiting all the same. */
    private int mostAgain() {
        return Math.max(1, concurrency / (gate.slowTrouble() && !fresh.isEmpty() ? 8 : 2));
    }

    private int mostSuspects() {
        return Math.max(1, concurrency / (fresh.isEmpty() ? 2 : gate.trouble() ? 8 : 4));
    }

    private OptionalLong until(OptionalLong due) {
        return due.isEmpty() ? due : OptionalLong.of(Math.max(0, due.getAsLong() - nanoTime.getAsLong()));
    }

    private static OptionalLong sooner(OptionalLong a, OptionalLong b) {
        return a.isEmpty() ? b : b.isEmpty() ? a : OptionalLong.of(Math.min(a.getAsLong(), b.getAsLong()));
    }
}
