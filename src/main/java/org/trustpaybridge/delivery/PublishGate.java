package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Decides whether a record may be published now. A topic that does not take what is sent to it holds what is meant for it, and nothing
 * else: one record at a time tries whether it does again, after a wait that doubles. While payment URLs cannot be published, no order is
 * posted either: its payment page would be one that nobody hears of.
 *
 * <p>A topic is closed at once for a reason that every record shares (it is not there, there is no right to write to it), and for any other
 * when five records in a row failed, or some for 20 s, and none got through.
 *
 * <p>Safe for use by several threads.
 */
public final class PublishGate {

    /** What is published, each to a topic of its own. */
    public enum Target {
        /** The payment URLs of orders. */
        PAYMENT_URLS,
        /** The dead letters. */
        DEAD_LETTERS,
        /** Those dead letters that their topic did not take for their size; smaller ones may flow. */
        LARGE_DEAD_LETTERS;

        /** @return where a record is published for which this was decided */
        public static Target of(Decision decision) {
            return decision instanceof Decision.DeadLetter ? DEAD_LETTERS : PAYMENT_URLS;
        }
    }

    /**
     * A topic that takes nothing.
     *
     * @param since  since when
     * @param why    what Kafka said last
     * @param forAll whether every record would meet the same; otherwise it may be a matter of some partitions
     */
    public record Closed(Instant since, String why, boolean forAll) {
    }

    private final Map<Target, PublishState> states = new EnumMap<>(Target.class);
    private BiConsumer<Target, Optional<Closed>> listener = (target, closed) -> { };

    /**
     * @param maxDelay longest wait between two tries of one record; a topic that takes records again is found out within it
     * @param clock    wall clock
     * @param nanoTime monotonic time in nanoseconds
     */
    public PublishGate(Duration maxDelay, Clock clock, LongSupplier nanoTime) {
        for (Target target : Target.values()) {
            states.put(target, new PublishState(maxDelay, clock, nanoTime));
        }
    }

    /**
     * @param action told, on the thread that caused it, of a topic that is closed, of each probe that fails, and (empty) of one that is
     * open again
     */
    public synchronized void whenChanged(BiConsumer<Target, Optional<Closed>> action) {
        listener = action;
    }

    /**
     * Asked right before a record is published. Who may, is to tell what came of it, and the end of its pass.
     *
     * @param target   where it is published
     * @param inFlight the record
     * @return empty if it may; otherwise how long to wait before asking again
     */
    public synchronized Optional<Duration> mayPublish(Target target, InFlightRecord inFlight) {
        PublishState large = states.get(Target.LARGE_DEAD_LETTERS);
        if (inFlight.tooLarge && large.closed().isPresent()) {
            Optional<Duration> wait = large.probe(inFlight);
            if (wait.isPresent()) {
                return wait;
            }
        }
        PublishState state = states.get(target);
        return state.closed().isPresent() ? state.probe(inFlight)
            : target == Target.PAYMENT_URLS ? Optional.empty() : state.turn(inFlight);
    }

    /**
     * @param target   where a record is published
     * @param inFlight the record
     * @return whether its topic takes nothing, or nothing of its size, at the moment
     */
    public synchronized boolean closedFor(Target target, InFlightRecord inFlight) {
        return states.get(target).closed().isPresent() || inFlight.tooLarge && states.get(Target.LARGE_DEAD_LETTERS).closed().isPresent();
    }

    /**
     * Asked right before an order is posted.
     *
     * @param inFlight its record
     * @return empty if it may be; otherwise how long to wait before asking again
     */
    public synchronized Optional<Duration> mayCall(InFlightRecord inFlight) {
        PublishState state = states.get(Target.PAYMENT_URLS);
        return state.closed().isPresent() ? state.probeByCall(inFlight) : Optional.empty();
    }

    /** Kafka acknowledged a record. */
    public void published(Target target, InFlightRecord inFlight) {
        if (inFlight.tooLarge) {
            opened(Target.LARGE_DEAD_LETTERS);
        }
        opened(target);
    }

    private void opened(Target target) {
        BiConsumer<Target, Optional<Closed>> told;
        synchronized (this) {
            if (!states.get(target).opens()) {
                return;
            }
            told = listener;
        }
        told.accept(target, Optional.empty());
    }

    /**
     * A record could not be published.
     *
     * @param target   where to
     * @param inFlight the record
     * @param why      what Kafka said, for people; no personal data
     * @param forAll   whether every record would meet the same
     * @return how long the record is to wait if the topic is closed now; empty if it is not
     */
    public Optional<Duration> failed(Target target, InFlightRecord inFlight, String why, boolean forAll) {
        inFlight.tooLarge |= target == Target.LARGE_DEAD_LETTERS;
        BiConsumer<Target, Optional<Closed>> told;
        PublishState state = states.get(target);
        Optional<Closed> closed;
        Duration wait;
        synchronized (this) {
            boolean news = state.failed(inFlight, why, forAll);
            closed = state.closed();
            if (closed.isEmpty()) {
                return Optional.empty();
            }
            wait = state.waitAfterFailure();
            if (!news) {
                return Optional.of(wait);
            }
            told = listener;
        }
        told.accept(target, closed);
        return Optional.of(wait);
    }

    /** The pass of a record is over, however it ended. */
    public synchronized void passEnded(InFlightRecord inFlight) {
        states.values().forEach(state -> state.passEnded(inFlight));
    }

    /** @return since when and why a topic takes nothing; empty while it does */
    public synchronized Optional<Closed> closed(Target target) {
        return states.get(target).closed();
    }
}
