package org.trustpaybridge.route;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Vital;

/**
 * A thread for each call. The queue has no bound, as the window has one: a pool that turns a task away, or runs it on the polling thread,
 * would hold all other orders.
 */
public final class Workers extends ThreadPoolExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration TOO_FEW = Duration.ofSeconds(60);

    private final Ending ending;

    /**
     * @param concurrency provider calls in flight at once
     * @param ending      ends the process
     */
    public Workers(int concurrency, Ending ending) {
        super(concurrency, concurrency, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            new CamelThreadFactory("#name# ##counter#", "worker", true));
        this.ending = ending;
    }

    /** All of them now: a thread that cannot be had later would be missed by the polling thread, and then nobody polls. */
    public void begin() {
        try {
            prestartAllCoreThreads();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException("found no more than " + getPoolSize() + " threads for workers, expected "
                + getCorePoolSize() + ", as delivery.concurrency says: lower it, or raise the limit of threads or memory", e);
        }
    }

    /**
     * @param wanted whether they are to live at the moment
     * @return what is to be asked about them: one that dies is replaced, unless no thread can be had
     */
    public List<Vital> vitals(BooleanSupplier wanted) {
        return List.of(new Vital("The pool of workers", TOO_FEW, () -> wanted.getAsBoolean() && getPoolSize() < getCorePoolSize()
            ? Optional.of("has " + getPoolSize() + " threads instead of " + getCorePoolSize()) : Optional.empty()));
    }

    /** What a task fails with is kept in a future that nobody looks at. */
    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
        super.afterExecute(task, thrown);
        Throwable failure = thrown == null ? kept(task) : thrown;
        if (failure != null && !ending.ifFatal(failure, "worker")) {
            StackTraceElement[] trace = failure.getStackTrace();
            LogEvent.UNCAUGHT.on(LOG).addKeyValue("thread", Thread.currentThread().getName())
                .addKeyValue("cause", failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0])).log();
        }
    }

    private static Throwable kept(Runnable task) {
        if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return null;
    }
}
