package org.trustpaybridge.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/** Says in the log that a connection was out of step, at most once a second, and hands every one on. */
public final class OutOfStepLog implements Consumer<OutOfStep> {

    private static final Logger LOG = LoggerFactory.getLogger(OutOfStepLog.class);
    private static final long SAID_EVERY_NANOS = 1_000_000_000;

    private final Consumer<OutOfStep> next;
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

    /** @param next told of every connection */
    public OutOfStepLog(Consumer<OutOfStep> next) {
        this.next = next;
    }

    @Override
    public void accept(OutOfStep found) {
        next.accept(found);
        long due = nextLine.get();
        long now = System.nanoTime();
        boolean loud = now - due >= 0 && nextLine.compareAndSet(due, now + SAID_EVERY_NANOS);
        LogEvent.OUT_OF_STEP.on(LOG, loud).addKeyValue("found", found.word()).log();
    }
}
