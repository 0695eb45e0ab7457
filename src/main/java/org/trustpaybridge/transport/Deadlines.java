package org.trustpaybridge.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts calls whose time is over, whatever they wait for: a connection, a TLS handshake, a window that does not open, a byte. Time-outs of
 * sockets do not do that: they are for each read, and there is none for a write.
 *
 * <p>One thread for all calls, begun with the first of them; should it ever end, the next call begins another. Safe for use by several
 * threads.
 */
final class Deadlines implements AutoCloseable {

    /** A call is cut so much too late at most. */
    private static final long LOOK_EVERY_NANOS = 100_000_000;

    private final Set<ProviderCall> calls = ConcurrentHashMap.newKeySet();
    private volatile Thread watcher;
    private volatile boolean closed;

    void watch(ProviderCall call) {
        calls.add(call);
        Thread present = watcher;
        if (present == null || !present.isAlive()) {
            begin();
        }
    }

    void forget(ProviderCall call) {
        calls.remove(call);
    }

    private synchronized void begin() {
        if (!closed && (watcher == null || !watcher.isAlive())) {
            Thread next = new Thread(this::look, "provider-deadlines");
            next.setDaemon(true);
            next.start();
            watcher = next;
        }
    }

    private void look() {
        while (!closed) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            long now = System.nanoTime();
            for (ProviderCall call : calls) {
                if (now - call.deadline() > 0) {
                    expire(call);
                }
            }
        }
    }

    private static void expire(ProviderCall call) {
        try {
            call.expire();
        } catch (RuntimeException | LinkageError alreadyEnded) {
            // It is looked at again as long as it has not.
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }
}
