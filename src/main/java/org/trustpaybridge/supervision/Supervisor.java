package org.trustpaybridge.supervision;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every second how those are that the bridge cannot do without, and ends the process when one of them is not well for longer than may
 * be. Time counts only as far as this thread lived through it: a process that stood still gives everybody their time again.
 *
 * <p>It also tries whether there is memory. Libraries catch errors and go on, and a thread that dies of one takes nobody with it: where the
 * heap is full, and nobody else says so, this thread does.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Most that one tick counts for. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Ticks without memory. One can be the moment at which a large object was there. */
    private static final int SHORTAGES = 3;

    private final List<Vital> vitals;
    private final long[] faultyNanos;
    private final Ending ending;
    private final Memory memory = new Memory();
    private final LongSupplier nanoTime;
    private final Thread thread = new Thread(this::run, "supervisor");
    /** A text that the code names is made when it is used first, and there may be no memory for it then. */
    private final String withoutMemory;
    private long lastTick;
    private int shortages;
    private volatile boolean closed;

    /**
     * @param vitals   who must live
     * @param ending   ends the process
     * @param nanoTime monotonic time in nanoseconds
     */
    public Supervisor(List<Vital> vitals, Ending ending, LongSupplier nanoTime) {
        this.vitals = List.copyOf(vitals);
        this.faultyNanos = new long[this.vitals.size()];
        this.ending = ending;
        this.nanoTime = nanoTime;
        this.lastTick = nanoTime.getAsLong();
        // Assigned here: where it is declared, it would be a constant, and be put in the place of the field.
        this.withoutMemory = "there is no memory left";
        thread.setDaemon(true);
    }

    /** Begins to ask. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                look();
            } catch (OutOfMemoryError e) {
                noMemory();
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void look() {
        if (!memory.canBeHad(Memory.ORDINARY)) {
            noMemory();
            return;
        }
        shortages = 0;
        try {
            tick();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.debug("A look at who lives failed", e);
        }
    }

    /** Needs none itself. */
    private void noMemory() {
        if (++shortages >= SHORTAGES) {
            ending.atOnce(withoutMemory);
        }
    }

    /** One look at all of them. */
    void tick() {
        long now = nanoTime.getAsLong();
        long passed = Math.min(now - lastTick, MOST_NANOS);
        lastTick = now;
        for (int i = 0; i < faultyNanos.length; i++) {
            Vital vital = vitals.get(i);
            Optional<String> fault = vital.fault().get();
            faultyNanos[i] = fault.isPresent() ? faultyNanos[i] + passed : 0;
            if (fault.isPresent() && faultyNanos[i] > vital.patience().toNanos() && !closed) {
                ending.orderly(vital.name() + " " + fault.get());
            }
        }
    }
}
