package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Whose turn it is: which records are ready, which wait for their time, which are behind another one of their order id. Guarded by the
 * window.
 */
final class Dispatch {

    private final ProviderGate gate;
    private final LongSupplier nanoTime;
    private final Lanes lanes = new Lanes();
    /** Ready with a decision: they need Kafka only, so no state of the provider holds them. */
    private final Queue<InFlightRecord> readyDecided = new ArrayDeque<>();
    private final CallRow calls;
    /** Neither ready for a call nor for another one: their last pass made none, and wants to be repeated at a time. */
    private final PriorityQueue<InFlightRecord> waiting =
        new PriorityQueue<>(Comparator.<InFlightRecord>comparingLong(r -> r.dueNanos));
    /** As waiting, but they are in nobody's way. */
    private final PriorityQueue<InFlightRecord> held = new PriorityQueue<>(waiting.comparator());
    /** Held ones that have to be read again: one after the other, however many there are. */
    private final PriorityQueue<InFlightRecord> brief =
        new PriorityQueue<>(Comparator.<InFlightRecord>comparingLong(r -> r.dueNanos).thenComparingLong(r -> r.source().offset()));
    private InFlightRecord briefOut;
    private final List<InFlightRecord> taken = new ArrayList<>();
    private int running;
    private int parked;
    private boolean raised;

    Dispatch(WindowLimits limits, ProviderGate gate, LongSupplier nanoTime) {
        this.gate = gate;
        this.nanoTime = nanoTime;
        this.calls = new CallRow(limits, gate, nanoTime);
    }

    void enter(InFlightRecord inFlight) {
        if (lanes.enter(inFlight)) {
            inFlight.beReady();
            calls.add(inFlight);
        } else {
            inFlight.park();
            parked++;
        }
    }

    List<InFlightRecord> takeReady() {
        raiseDue(waiting);
        raiseDue(held);
        if (briefOut == null && briefDue()) {
            raise(brief.poll());
        }
        List<InFlightRecord> now = new ArrayList<>();
        while (!readyDecided.isEmpty()) {
            now.add(handOut(readyDecided.poll()));
        }
        for (InFlightRecord next = calls.takeNext(running); next != null; next = calls.takeNext(running)) {
            now.add(handOut(next));
        }
        raised = false;
        taken.addAll(now);
        return now;
    }

    void giveBackTaken() {
        for (InFlightRecord inFlight : taken) {
            if (inFlight.isTaken()) {
                endPass(inFlight);
                raise(inFlight);
            }
        }
        taken.clear();
    }

    void endPass(InFlightRecord inFlight) {
        running--;
        raised |= calls.ended(inFlight);
        briefEnded(inFlight);
    }

    private void briefEnded(InFlightRecord inFlight) {
        if (briefOut == inFlight) {
            briefOut = null;
            raised |= briefDue();
        }
    }

    private boolean briefDue() {
        return !brief.isEmpty() && brief.peek().dueNanos - nanoTime.getAsLong() <= 0;
    }

    /** Its pass ended without a call, as calls are held back: it gets its place back. */
    void putBack(InFlightRecord inFlight) {
        raise(inFlight);
    }

    void waitFor(InFlightRecord inFlight, Duration delay) {
        inFlight.waitUntil(nanoTime.getAsLong() + delay.toNanos());
        if (inFlight.isBrief()) {
            brief.add(inFlight);
        } else if (inFlight.held) {
            held.add(inFlight);
        } else if (inFlight.called() && inFlight.decision().isEmpty()) {
            calls.addAgain(inFlight);
        } else {
            waiting.add(inFlight);
        }
    }

    /** Raises all that wait. While calls are held back, one of them goes out at once. */
    void retryNow() {
        raiseAll(waiting);
        raiseHeld();
        gate.probeNow();
        tryAgainNow();
    }

    /** Makes all orders due whose calls failed. */
    void tryAgainNow() {
        calls.raiseAll();
        raised = true;
    }

    void raiseHeld() {
        raiseAll(held);
        List<InFlightRecord> all = new ArrayList<>(brief);
        brief.clear();
        all.forEach(inFlight -> inFlight.dueNanos = nanoTime.getAsLong());
        brief.addAll(all);
        raised |= briefOut == null && !all.isEmpty();
    }

    /** The record's pass is over, or it never had one: the next one of its order id has its turn. */
    void leave(InFlightRecord inFlight) {
        inFlight.leave();
        briefEnded(inFlight);
        gate.left(inFlight);
        InFlightRecord next = lanes.leave(inFlight);
        if (next != null) {
            parked--;
            raise(next);
        }
    }

    /** Takes records that are not running out of the row; the last one first, so that none raises a later one of its order id. */
    void withdraw(List<InFlightRecord> records) {
        for (int i = records.size() - 1; i >= 0; i--) {
            InFlightRecord inFlight = records.get(i);
            if (inFlight.isParked()) {
                parked--;
            }
            calls.remove(inFlight);
            leave(inFlight);
        }
        for (Collection<InFlightRecord> row : List.of(readyDecided, waiting, held, brief)) {
            row.removeIf(InFlightRecord::isGone);
        }
    }

    /** A record became ready, on another thread than the one that polls. */
    void raised() {
        raised = true;
    }

    /** @return whether a record became ready other than by being opened, since this was asked last or the ready ones were taken */
    boolean raisedSinceAsked() {
        boolean since = raised;
        raised = false;
        return since;
    }

    /** Whether at least so many more may be fetched, by the number of records. */
    boolean hasRoom(int records) {
        return calls.hasRoom(records, running + readyDecided.size(), waiting.size() + parked);
    }

    boolean fullOfWaiting() {
        return calls.full(waiting.size() + parked);
    }

    Optional<Duration> untilReady() {
        if (!readyDecided.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        OptionalLong next = calls.untilNext(running);
        for (Queue<InFlightRecord> idle : briefOut == null ? List.of(waiting, held, brief) : List.of(waiting, held)) {
            if (!idle.isEmpty()) {
                long due = Math.max(0, idle.peek().dueNanos - nanoTime.getAsLong());
                next = OptionalLong.of(Math.min(due, next.orElse(due)));
            }
        }
        return next.isPresent() ? Optional.of(Duration.ofNanos(next.getAsLong())) : Optional.empty();
    }

    boolean allTried() {
        return calls.allTried();
    }

    int running() {
        return running;
    }

    int ready() {
        return calls.fresh() + readyDecided.size();
    }

    int waiting() {
        return waiting.size() + held.size() + brief.size() + calls.again();
    }

    int parked() {
        return parked;
    }

    private InFlightRecord handOut(InFlightRecord inFlight) {
        inFlight.handOut(nanoTime.getAsLong());
        running++;
        return inFlight;
    }

    private void raise(InFlightRecord inFlight) {
        inFlight.beReady();
        if (inFlight.isBrief()) {
            briefOut = inFlight;
        }
        if (inFlight.decision().isPresent()) {
            readyDecided.add(inFlight);
        } else if (inFlight.posts() > 0) {
            inFlight.dueNanos = nanoTime.getAsLong();
            calls.addAgain(inFlight);
        } else {
            calls.add(inFlight);
        }
        raised = true;
    }

    private void raiseAll(Queue<InFlightRecord> idle) {
        List<InFlightRecord> all = new ArrayList<>(idle);
        idle.clear();
        all.forEach(this::raise);
    }

    private void raiseDue(Queue<InFlightRecord> idle) {
        long now = nanoTime.getAsLong();
        while (!idle.isEmpty() && idle.peek().dueNanos - now <= 0) {
            raise(idle.poll());
        }
    }
}
