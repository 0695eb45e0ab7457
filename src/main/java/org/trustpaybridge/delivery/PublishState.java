package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import org.trustpaybridge.delivery.PublishGate.Closed;

/** Whether one topic takes records, and who tries that while it does not. Guarded by the gate. */
final class PublishState {

    private static final int FAILING = 5;
    private static final Duration FAILING_FOR = Duration.ofSeconds(20);
    private static final Duration FIRST_PROBE = Duration.ofMillis(250);
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(15);
    /** An order is posted to try a topic no more often than that. */
    private static final Duration CALL_SPACING = Duration.ofSeconds(5);
    /** Of a topic that takes nothing at all: only when none is left whose URL is at hand, as they may have gone with their partition. */
    private static final Duration PROBE_LEFT = Duration.ofSeconds(10);
    private static final Duration UNDER_WAY = Duration.ofSeconds(1);
    /** For a topic that is missing a client waits some seconds, on the thread of a worker: not on all of them at once. */
    private static final int UNPROVEN = 4;
    /** Half of what a producer buffers; beyond that, it would have workers wait for room. */
    private static final long BYTES = 16L << 20;
    private static final Duration TURN = Duration.ofMillis(200);

    private final Duration longestProbe;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Set<InFlightRecord> admitted = new HashSet<>();
    private final Set<InFlightRecord> failing = new HashSet<>();
    private long admittedBytes;
    private boolean proven;
    private Instant failingSince;
    private Closed closed;
    private Duration spacing;
    private InFlightRecord prober;
    private long nextProbe;
    private InFlightRecord caller;
    private long nextCall;

    PublishState(Duration maxDelay, Clock clock, LongSupplier nanoTime) {
        // The record that failed goes behind the others, for as long again.
        Duration half = maxDelay.dividedBy(2);
        this.longestProbe = half.compareTo(LONGEST_PROBE) < 0 ? half : LONGEST_PROBE;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    Optional<Closed> closed() {
        return Optional.ofNullable(closed);
    }

    /** Empty when it is the turn of this record while the topic is open. */
    Optional<Duration> turn(InFlightRecord inFlight) {
        if (admitted.contains(inFlight)) {
            return Optional.empty();
        }
        boolean free = admitted.isEmpty()
            || (proven || admitted.size() < UNPROVEN) && admittedBytes + inFlight.source().size() <= BYTES;
        if (free && admitted.add(inFlight)) {
            admittedBytes += inFlight.source().size();
        }
        return free ? Optional.empty() : Optional.of(TURN);
    }

    /** Empty when this record is to try whether the topic takes it. */
    Optional<Duration> probe(InFlightRecord inFlight) {
        if (inFlight == prober || inFlight == caller) {
            return Optional.empty();
        }
        if (prober == null && until(nextProbe).isZero()) {
            prober = inFlight;
            return Optional.empty();
        }
        return Optional.of(prober == null ? until(nextProbe) : longer(until(nextProbe), UNDER_WAY));
    }

    /** Empty when the order of this record is to be posted in order to try whether the topic takes its payment URL. */
    Optional<Duration> probeByCall(InFlightRecord inFlight) {
        long at = closed.forAll() ? nextProbe + PROBE_LEFT.toNanos() : nextCall;
        boolean free = caller == null && (prober == null || !closed.forAll());
        if (free && until(at).isZero()) {
            caller = inFlight;
            nextCall = nanoTime.getAsLong() + CALL_SPACING.toNanos();
            return Optional.empty();
        }
        return Optional.of(free ? until(at) : longer(until(at), UNDER_WAY));
    }

    /** @return whether that opened it */
    boolean opens() {
        proven = true;
        failing.clear();
        boolean was = closed != null;
        closed = null;
        prober = null;
        caller = null;
        return was;
    }

    /** @return whether that closed it, or was a probe */
    boolean failed(InFlightRecord inFlight, String why, boolean forAll) {
        boolean probed = inFlight == prober || inFlight == caller;
        if (closed == null && !forAll && !failsTooLong(inFlight)) {
            return false;
        }
        boolean news = closed == null || probed;
        if (news) {
            spacing = closed == null ? FIRST_PROBE : spacing.multipliedBy(2);
            spacing = spacing.compareTo(longestProbe) < 0 ? spacing : longestProbe;
            nextCall = closed == null ? nanoTime.getAsLong() + CALL_SPACING.toNanos() : nextCall;
            closed = new Closed(closed == null ? clock.instant() : closed.since(), why, forAll);
            nextProbe = nanoTime.getAsLong() + spacing.toNanos();
        }
        return news;
    }

    Duration waitAfterFailure() {
        return until(nextProbe).plus(spacing);
    }

    void passEnded(InFlightRecord inFlight) {
        if (admitted.remove(inFlight)) {
            admittedBytes -= inFlight.source().size();
        }
        prober = prober == inFlight ? null : prober;
        caller = caller == inFlight ? null : caller;
    }

    private boolean failsTooLong(InFlightRecord inFlight) {
        Instant now = clock.instant();
        if (failing.isEmpty()) {
            failingSince = now;
        }
        boolean again = !failing.add(inFlight);
        return failing.size() >= FAILING || (again || failing.size() > 1) && !now.isBefore(failingSince.plus(FAILING_FOR));
    }

    private Duration until(long nanos) {
        return Duration.ofNanos(Math.max(0, nanos - nanoTime.getAsLong()));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
