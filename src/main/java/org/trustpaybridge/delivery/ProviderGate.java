package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.trustpaybridge.provider.Failure;

/**
 * Decides whether a call may be made now. While orders flow, any; in an outage a few calls at a time, spaced; with an account fault one.
 *
 * <p>One order that keeps failing is no outage: it takes as many different orders in a row, with no good answer between them. Any answer
 * that shows that the provider works ends both states at once.
 *
 * <p>Safe for use by several threads.
 */
public final class ProviderGate {

    private static final int OUTAGE_AFTER_ORDERS = 5;
    private static final int OUTAGE_PROBES = 4;
    private static final int ACCOUNT_PROBES = 1;
    /** The first probe follows soon: what looked like everybody's fault may have been one order's. */
    private static final Duration FIRST_PROBE = Duration.ofSeconds(1);

    private final Duration outageSpacing;
    private final Duration accountSpacing;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private Consumer<ProviderState> listener = state -> { };
    private ProviderState state;
    private long goodAnswers;
    private int failingOrders;
    private int probes;
    private long nextProbeNanos;
    private Instant lastRecovery = Instant.MIN;

    /**
     * @param maxDelay longest wait between two calls for one order; a recovery is noticed within it
     * @param clock    wall clock
     * @param nanoTime monotonic time in nanoseconds
     */
    public ProviderGate(Duration maxDelay, Clock clock, LongSupplier nanoTime) {
        this.outageSpacing = maxDelay.dividedBy(OUTAGE_PROBES);
        this.accountSpacing = maxDelay.dividedBy(2);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.state = new ProviderState.Flowing(clock.instant());
    }

    /** @param action told of every new state, on the thread that caused it */
    public synchronized void whenChanged(Consumer<ProviderState> action) {
        listener = action;
    }

    /** @return the state of this moment */
    public synchronized ProviderState state() {
        return state;
    }

    /** @return whether orders flow */
    public synchronized boolean flowing() {
        return state instanceof ProviderState.Flowing;
    }

    /** @return when an outage or account fault last ended; {@link Instant#MIN} when there was none */
    public synchronized Instant lastRecovery() {
        return lastRecovery;
    }

    /** @return time until a call may be made; zero: now */
    synchronized Duration untilCall() {
        if (flowing()) {
            return Duration.ZERO;
        }
        if (probes >= (state instanceof ProviderState.Outage ? OUTAGE_PROBES : ACCOUNT_PROBES)) {
            return spacing();
        }
        return Duration.ofNanos(Math.max(0, nextProbeNanos - nanoTime.getAsLong()));
    }

    /** Takes the right to make one call now. @return whether that call is a probe, to be ended with {@link #probeEnded} */
    synchronized boolean call() {
        if (flowing()) {
            return false;
        }
        probes++;
        nextProbeNanos = nanoTime.getAsLong() + spacing().toNanos();
        return true;
    }

    synchronized void probeEnded() {
        probes--;
    }

    /** Lets a probe out at once, for an operator who knows better. */
    public synchronized void probeNow() {
        nextProbeNanos = nanoTime.getAsLong();
    }

    /**
     * An answer came that shows that the provider works, whatever it says of the order.
     *
     * @param inFlight the record it came for. An account fault is ended by a probe only: answers to calls that were begun before it say
     *                 nothing of the account now
     * @return whether that ended a hold
     */
    boolean goodAnswer(InFlightRecord inFlight) {
        Consumer<ProviderState> told;
        ProviderState now;
        synchronized (this) {
            goodAnswers++;
            failingOrders = 0;
            if (flowing() || state instanceof ProviderState.AccountFault && !inFlight.probe) {
                return false;
            }
            lastRecovery = clock.instant();
            state = new ProviderState.Flowing(lastRecovery);
            now = state;
            told = listener;
        }
        told.accept(now);
        return true;
    }

    /** A call failed for a passing reason. */
    void failed(InFlightRecord inFlight, Failure cause) {
        Consumer<ProviderState> told;
        ProviderState now;
        synchronized (this) {
            if (inFlight.failedAfter != goodAnswers) {
                inFlight.failedAfter = goodAnswers;
                failingOrders++;
            }
            if (!flowing() || failingOrders < OUTAGE_AFTER_ORDERS) {
                return;
            }
            state = new ProviderState.Outage(clock.instant(), cause);
            nextProbeNanos = nanoTime.getAsLong() + firstProbe().toNanos();
            now = state;
            told = listener;
        }
        told.accept(now);
    }

    /** A call failed for a reason that every order shares. */
    void accountFault(Failure cause) {
        Consumer<ProviderState> told;
        ProviderState now;
        synchronized (this) {
            if (state instanceof ProviderState.AccountFault) {
                return;
            }
            state = new ProviderState.AccountFault(clock.instant(), cause);
            nextProbeNanos = nanoTime.getAsLong() + firstProbe().toNanos();
            now = state;
            told = listener;
        }
        told.accept(now);
    }

    private Duration firstProbe() {
        return FIRST_PROBE.compareTo(spacing()) < 0 ? FIRST_PROBE : spacing();
    }

    private Duration spacing() {
        return state instanceof ProviderState.Outage ? outageSpacing : accountSpacing;
    }
}
