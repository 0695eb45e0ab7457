package org.trustpaybridge.deadletters.replay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks a replay to end, from another thread. It ends between two records. */
public final class StopRequest {

    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks for the end. */
    public void request() {
        requested.countDown();
    }

    /** @return whether the end was asked for */
    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits for so long, or until the end is asked for. */
    void await(Duration duration) {
        try {
            if (requested.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request();
        }
    }
}
