package org.trustpaybridge.kafka;

import java.util.concurrent.atomic.AtomicBoolean;

/** Lets an operator stop the fetching of orders. What is in flight goes on; rebalances do not switch it back. */
public final class ConsumptionSwitch {

    private final AtomicBoolean paused = new AtomicBoolean();

    /** @return whether that changed anything */
    public boolean pause() {
        return paused.compareAndSet(false, true);
    }

    /** @return whether that changed anything */
    public boolean resume() {
        return paused.compareAndSet(true, false);
    }

    /** @return whether fetching is switched off */
    public boolean paused() {
        return paused.get();
    }
}
