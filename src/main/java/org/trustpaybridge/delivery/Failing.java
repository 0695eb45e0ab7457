package org.trustpaybridge.delivery;

import java.time.Instant;

import org.trustpaybridge.provider.Failure;

/** What is known of an order whose calls fail, from its first failing call on. Guarded by the gate. */
final class Failing {

    /** When its first call failed. */
    final Instant since;
    final long sinceNanos;
    /** Time that the provider had been up in all by then. */
    long upBefore;
    /** Whether the provider was proven up then: such a failure is not explained by an outage. */
    final boolean whileUp;
    /** Outages and account faults by then. */
    final int holds;

    /** When that of its failed calls began, and when it ended, after which a success of another order is looked for. */
    long markBegan;
    long markEnded;
    Failure last;
    /** Failing calls. */
    int calls;
    /** How often it failed again after another order had succeeded. */
    int alone;
    /** Whether the order rather than the provider is to blame, by what is known now. */
    boolean suspect;
    /** Whether that is known only by a refusal that came as it should, and not yet by others that succeeded. */
    boolean byRefusal;
    /** Row of failures in which it was counted last. */
    long row = -1;
    /** Row in which it was counted last as refused for the account or the address. */
    long rowRefused = -1;

    Failing(Instant since, long sinceNanos, long upBefore, boolean whileUp, int holds) {
        this.since = since;
        this.sinceNanos = sinceNanos;
        this.upBefore = upBefore;
        this.whileUp = whileUp;
        this.holds = holds;
    }
}
