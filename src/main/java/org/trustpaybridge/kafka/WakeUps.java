package org.trustpaybridge.kafka;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes a consumer out of its poll when a record became ready or somebody pauses, and tells such a wake-up from one that Camel asked for.
 * One that comes when the poll is over disturbs the next blocking call instead; then it does not come twice.
 */
final class WakeUps {

    private final Runnable wakeUp;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean polling;

    /** @param wakeUp wakes the consumer */
    WakeUps(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** May be called by any thread. */
    void wake() {
        if (polling && underWay.compareAndSet(false, true)) {
            wakeUp.run();
        }
    }

    void pollBegins() {
        polling = true;
    }

    void pollEnded() {
        polling = false;
    }

    /** @return whether the wake-up that was just caught is one of these; it is done with then */
    boolean caught() {
        return underWay.getAndSet(false);
    }
}
