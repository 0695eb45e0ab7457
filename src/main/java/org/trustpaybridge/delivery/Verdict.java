package org.trustpaybridge.delivery;

import java.time.Duration;

/**
 * What a pass through the routes came to for one record. A pass that ends without a verdict has failed in a way that nobody foresaw: the
 * record stays in flight and is passed through again.
 */
public sealed interface Verdict {

    /** @return wait before the record is passed through again; none when it is not */
    default Duration delay() {
        return Duration.ZERO;
    }

    /** No call was made, as calls are held back: the record gets its place in the row back. */
    record NotNow() implements Verdict {
    }

    /** Kafka acknowledged the record's payment URL or dead letter: the record is done with. */
    record Finished() implements Verdict {
    }

    /**
     * The record is to be passed through again later.
     *
     * @param delay wait before that
     */
    record Later(Duration delay) implements Verdict {
    }

    /**
     * The record cannot be published for a reason that is not its own to mend: its topic does not take it. It comes again after the delay,
     * or when {@link InFlightWindow#releaseHeld()} says so, and takes no room from others meanwhile.
     *
     * @param delay   wait before it comes by itself
     * @param forLong whether nobody knows when its topic will take it; then no more of it is kept in memory than need be
     */
    record Held(Duration delay, boolean forLong) implements Verdict {

        /** For a moment. */
        public Held(Duration delay) {
            this(delay, false);
        }
    }
}
