package org.trustpaybridge.kafka;

import java.util.concurrent.atomic.AtomicBoolean;

/** Lets an operator stop the fetching of orders. What is in flight goes on; rebalances do not switch it back. */
public final class ConsumptionSwitch {

    private final AtomicBoolean paused = new AtomicBoolean();
    private volatile Runnable whenSwitched = () -> { };

    /** @return whether that changed anything */
    public boolean pause() {
        return switchTo(true);
    }

    /** @return whether that changed anything */
    public boolean resume() {
        return switchTo(false);
    }

    /** @param action run after each change, on the thread that caused it */
    void whenSwitched(Runnable action) {
        whenSwitched = action;
    }

    private boolean switchTo(boolean wanted) {
        boolean changed = paused.compareAndSet(!wanted, wanted);
        if (changed) {
            whenSwitched.run();
        }
        return changed;
    }

    /** @return whether fetching is switched off */
    public boolean paused() {
        return paused.get();
    }
}
