package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A lock around what several threads share, and a way to wait for a change of it. */
final class Monitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** What is waited for. */
    private final List<BooleanSupplier> awaited = new ArrayList<>(1);

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** To be called with the lock held: wakes those who wait, if there is something for them; waking a thread for nothing is dear. */
    void signal() {
        for (BooleanSupplier condition : awaited) {
            if (condition.getAsBoolean()) {
                changed.signalAll();
                return;
            }
        }
    }

    /** Waits, without the lock, until the condition holds, which is looked at with the lock. Ends early when interrupted. */
    boolean await(BooleanSupplier condition, Duration atMost) {
        return locked(() -> {
            long left = atMost.toNanos();
            awaited.add(condition);
            try {
                while (!condition.getAsBoolean()) {
                    if (left <= 0) {
                        return false;
                    }
                    left = changed.awaitNanos(left);
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                awaited.remove(condition);
            }
        });
    }
}
