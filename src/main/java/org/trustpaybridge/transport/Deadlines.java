package org.trustpaybridge.transport;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.trustpaybridge.supervision.Pulse;
import org.trustpaybridge.supervision.Vital;

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

    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Set<ProviderCall> calls = ConcurrentHashMap.newKeySet();
    private final Pulse pulse = new Pulse();
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

    /** It is missed only while there are calls: without it, one that hangs would do so for ever. */
    List<Vital> vitals() {
        BooleanSupplier wanted = () -> !closed && !calls.isEmpty();
        return List.of(Vital.lives("The thread that cuts calls of the provider", pulse, wanted),
            Vital.moves("The thread that cuts calls of the provider", pulse, wanted, SILENCE));
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
            pulse.beat();
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
