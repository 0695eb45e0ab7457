package org.trustpaybridge.delivery;

import java.time.Duration;

/**
 * When the next call may be made while calls are held back. The first ones follow soon, since what looks like everybody's fault may be that
 * of a few orders; then the waits double up to a bound. Orders that failed before never use up the turn of one that was not tried yet.
 * Guarded by the gate.
 */
final class ProbePace {

    private static final Duration FIRST = Duration.ofMillis(100);

    private final long first;
    private long longest;
    private long longestUntried;
    private int most;
    private long wait;
    private long nextUntried;
    private long nextTried;
    private int out;

    /** @param longest longest wait between two calls */
    ProbePace(Duration longest) {
        this.longest = longest.toNanos();
        this.longestUntried = this.longest;
        this.first = Math.min(FIRST.toNanos(), this.longest);
    }

    /**
     * @param longest longest wait between two calls
     * @param most    calls at a time
     */
    void limit(Duration longest, int most) {
        this.longest = longest.toNanos();
        this.longestUntried = this.longest;
        this.most = most;
    }

    /** Those that were not tried yet follow each other soon, or no sooner than others again. */
    void hurryUntried(boolean soon) {
        longestUntried = soon ? first : longest;
        wait = Math.min(longestUntried, wait);
    }

    /** The next call may be made now, and the waits begin anew. */
    void anew(long now) {
        wait = first;
        nextUntried = now;
        nextTried = now;
    }

    /** The next call may be made then, and after it the longest waits begin. */
    void slowFrom(long moment) {
        wait = longest;
        nextUntried = moment;
        nextTried = moment;
    }

    /** The provider asked to be left alone until then. */
    void notBefore(long moment) {
        nextUntried = later(nextUntried, moment);
        nextTried = later(nextTried, moment);
    }

    /** @return nanoseconds until a call may be made, as far as time decides; a full wait while too many are out */
    long untilNext(boolean untried, long now) {
        // Calls that hang do not keep one from going out that was not tried yet.
        if (out >= (untried ? most : Math.max(1, most - 1))) {
            return longest;
        }
        return Math.max(0, (untried ? nextUntried : nextTried) - now);
    }

    void began(boolean untried, long now) {
        out++;
        if (untried) {
            nextUntried = now + wait;
            wait = Math.min(longestUntried, 2 * wait);
        }
        // One that failed before is tried only when nobody else is there, so it need not hurry.
        nextTried = now + (untried && longestUntried == longest ? wait : longest);
    }

    void ended() {
        out--;
    }

    private static long later(long a, long b) {
        return b - a > 0 ? b : a;
    }
}
