package org.trustpaybridge.supervision;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/** For threads that end by a failure. Those that the bridge cannot do without are missed by the {@link Supervisor}. */
public final class UncaughtErrors implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(UncaughtErrors.class);

    private final Ending ending;

    /** @param ending ends the process when the failure is the virtual machine's own */
    public UncaughtErrors(Ending ending) {
        this.ending = ending;
    }

    /** The message of the failure is left out: it could quote an order. */
    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (!ending.ifFatal(failure, thread.getName())) {
            StackTraceElement[] trace = failure.getStackTrace();
            LogEvent.UNCAUGHT.on(LOG).addKeyValue("thread", thread.getName())
                .addKeyValue("cause", failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0])).log();
        }
    }
}
