package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Whose turn it is: which records are ready, which wait for their time, which are behind another one of their order id, and which of them
 * may be handed out now. Guarded by the window.
 */
final class Dispatch {

    private final int mostRunning;
    private final ProviderGate gate;
    private final LongSupplier nanoTime;
    private final Lanes lanes = new Lanes();
    /** Ready for a call, as far as the gate lets them. */
    private final Queue<InFlightRecord> ready = new ArrayDeque<>();
    /** Ready with a decision: they need Kafka only, so no state of the provider holds them. */
    private final Queue<InFlightRecord> readyDecided = new ArrayDeque<>();
    private final PriorityQueue<InFlightRecord> waiting =
        new PriorityQueue<>(Comparator.<InFlightRecord>comparingLong(r -> r.dueNanos));
    /** As waiting, but they are in nobody's way. */
    private final PriorityQueue<InFlightRecord> held = new PriorityQueue<>(waiting.comparator());
    private final List<InFlightRecord> taken = new ArrayList<>();
    private int running;
    private int parked;
    private boolean raised;

    Dispatch(int mostRunning, ProviderGate gate, LongSupplier nanoTime) {
        this.mostRunning = mostRunning;
        this.gate = gate;
        this.nanoTime = nanoTime;
    }

    void enter(InFlightRecord inFlight) {
        if (lanes.enter(inFlight)) {
            inFlight.state = InFlightRecord.State.READY;
            ready.add(inFlight);
        } else {
            inFlight.state = InFlightRecord.State.PARKED;
            parked++;
        }
    }

    List<InFlightRecord> takeReady() {
        raiseDue();
        List<InFlightRecord> now = new ArrayList<>();
        while (!readyDecided.isEmpty()) {
            now.add(handOut(readyDecided.poll()));
        }
        while (mayCallNext()) {
            InFlightRecord next = ready.isEmpty() ? takeWaitingForProvider() : ready.poll();
            next.probe = gate.call();
            now.add(handOut(next));
        }
        raised = false;
        taken.addAll(now);
        return now;
    }

    void giveBackTaken() {
        for (InFlightRecord inFlight : taken) {
            if (inFlight.state == InFlightRecord.State.TAKEN) {
                endPass(inFlight);
                raise(inFlight);
            }
        }
        taken.clear();
    }

    /** A probe that made no call, for a repeat or an event that is none, told nothing: the next one need not wait. */
    void endPass(InFlightRecord inFlight) {
        running--;
        if (inFlight.probe) {
            inFlight.probe = false;
            gate.probeEnded();
            if (!inFlight.called()) {
                gate.probeNow();
            }
        }
    }

    void waitFor(InFlightRecord inFlight, Duration delay) {
        inFlight.state = InFlightRecord.State.WAITING;
        inFlight.dueNanos = nanoTime.getAsLong() + delay.toNanos();
        (inFlight.held ? held : waiting).add(inFlight);
    }

    /** Raises all that wait. While calls are held back, one of them goes out at once. */
    void retryNow() {
        List<InFlightRecord> all = new ArrayList<>(waiting);
        waiting.clear();
        all.forEach(this::raise);
        raiseHeld();
        gate.probeNow();
    }

    void raiseHeld() {
        List<InFlightRecord> all = new ArrayList<>(held);
        held.clear();
        all.forEach(this::raise);
    }

    /** The record's pass is over, or it never had one: the next one of its order id has its turn. */
    void leave(InFlightRecord inFlight) {
        inFlight.state = InFlightRecord.State.GONE;
        InFlightRecord next = lanes.leave(inFlight);
        if (next != null) {
            parked--;
            raise(next);
        }
    }

    /** Takes a record that is not running out of the row. */
    void withdraw(InFlightRecord inFlight) {
        if (inFlight.state == InFlightRecord.State.PARKED) {
            parked--;
        }
        ready.remove(inFlight);
        readyDecided.remove(inFlight);
        waiting.remove(inFlight);
        held.remove(inFlight);
        leave(inFlight);
    }

    /** @return whether a record became ready other than by being opened, since this was asked last or the ready ones were taken */
    boolean raisedSinceAsked() {
        boolean since = raised;
        raised = false;
        return since;
    }

    /** Whether at least so many more may be fetched, by the number of records. */
    boolean hasRoom(int records, int mostWaiting) {
        int idle = waiting.size() + parked;
        int active = running + ready.size() + readyDecided.size();
        return gate.flowing() ? active + records <= mostRunning && idle < mostWaiting : active + idle < mostRunning;
    }

    Optional<Duration> untilReady() {
        if (!readyDecided.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        Optional<Duration> due = Stream.of(waiting, held).map(Queue::peek).filter(Objects::nonNull).min(waiting.comparator())
            .map(next -> Duration.ofNanos(Math.max(0, next.dueNanos - nanoTime.getAsLong())));
        if (running >= mostRunning) {
            return Optional.empty();
        }
        if (gate.flowing()) {
            return ready.isEmpty() ? due : Optional.of(Duration.ZERO);
        }
        if (ready.isEmpty() && waitingForProvider().isEmpty()) {
            return due;
        }
        // A record that waits may hold a decision, so its own time counts too.
        Duration call = gate.untilCall();
        return Optional.of(due.filter(d -> !d.isZero() && d.compareTo(call) < 0).orElse(call));
    }

    int running() {
        return running;
    }

    int ready() {
        return ready.size() + readyDecided.size();
    }

    int waiting() {
        return waiting.size() + held.size();
    }

    int parked() {
        return parked;
    }

    private InFlightRecord handOut(InFlightRecord inFlight) {
        inFlight.handOut();
        running++;
        return inFlight;
    }

    /** While calls are held back, a probe does not wait for its record to be due. */
    private boolean mayCallNext() {
        return running < mostRunning && gate.untilCall().isZero()
            && (!ready.isEmpty() || !gate.flowing() && waitingForProvider().isPresent());
    }

    /**
     * The first of those whose last pass made a call. The others wait for Kafka, or to know whose their partition is: to take them early
     * would be to take them again and again, as such a pass tells nothing of the provider.
     */
    private Optional<InFlightRecord> waitingForProvider() {
        return waiting.stream().filter(InFlightRecord::called).min(waiting.comparator());
    }

    private InFlightRecord takeWaitingForProvider() {
        InFlightRecord next = waitingForProvider().orElseThrow();
        waiting.remove(next);
        return next;
    }

    private void raise(InFlightRecord inFlight) {
        inFlight.state = InFlightRecord.State.READY;
        (inFlight.decision().isPresent() ? readyDecided : ready).add(inFlight);
        raised = true;
    }

    private void raiseDue() {
        raiseDue(waiting);
        raiseDue(held);
    }

    private void raiseDue(Queue<InFlightRecord> idle) {
        long now = nanoTime.getAsLong();
        while (!idle.isEmpty() && idle.peek().dueNanos - now <= 0) {
            raise(idle.poll());
        }
    }
}
