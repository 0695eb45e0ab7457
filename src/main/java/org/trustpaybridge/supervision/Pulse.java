package org.trustpaybridge.supervision;

/** Signs of life of one thread. Each is two writes to memory. */
public final class Pulse {

    private volatile Thread thread;
    private volatile long beats;

    /** Called by the thread that lives; there is one at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void beat() {
        thread = Thread.currentThread();
        beats = beats + 1;
    }

    /** @return how many signs of life there were */
    long beats() {
        return beats;
    }

    /** @return whether there was a first sign of life */
    boolean began() {
        return thread != null;
    }

    /** @return whether the thread that gave the last sign of life has ended */
    boolean threadEnded() {
        Thread last = thread;
        return last != null && !last.isAlive();
    }
}
