package org.trustpaybridge.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.supervision.Ending;

/**
 * Ends this process. Whatever an end may need is made in advance: a thread that halts the process when its time is over needs no memory
 * and no lock for that, so that a stop is bounded even when nothing else works any more.
 */
final class ProcessEnd implements Ending {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    /** For the last line of the log: an output that takes no more lines must not keep the process. */
    private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** What an orderly stop gets before nobody is asked any more. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int RESERVE = 1 << 20;
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Duration stopAtMost;
    private final long stopNanos;
    private final byte[] lastWords;
    private final FileOutputStream standardOutput = new FileOutputStream(FileDescriptor.out);
    private volatile boolean said;
    private final AtomicBoolean ends = new AtomicBoolean();
    private final Thread halter = new Thread(this::haltWhenDue, "last-resort");
    private final Thread stopper = new Thread(this::exitWhenAsked, "stopper");
    private volatile int exitCode = ExitCode.DONE;
    private volatile long haltAt = NOT_YET;
    private volatile boolean exit;
    /** Given up so that a last line can be logged where there is no memory left. */
    @SuppressWarnings("UnusedVariable")
    private volatile byte[] reserve = new byte[RESERVE];

    private ProcessEnd(Duration stopAtMost, boolean json) {
        this.stopAtMost = stopAtMost;
        this.stopNanos = stopAtMost.toNanos() + GRACE_NANOS;
        String sentence = LogEvent.BRIDGE_ENDS.sentence().replace("{}", "there is no memory left, not even for the log");
        this.lastWords = (json ? "{\"level\":\"ERROR\",\"message\":\"" + sentence + "\",\"" + LogEvent.KEY + "\":\""
            + LogEvent.BRIDGE_ENDS.code() + "\"}"
            : "ERROR " + sentence + " " + LogEvent.KEY + "=" + LogEvent.BRIDGE_ENDS.code()).concat("\n").getBytes(StandardCharsets.UTF_8);
        halter.setDaemon(true);
        halter.setPriority(Thread.MAX_PRIORITY);
        stopper.setDaemon(true);
    }

    /**
     * @param stopAtMost how long an orderly stop may take
     * @param json       whether log lines are JSON
     * @return ready to end the process
     */
    static ProcessEnd prepared(Duration stopAtMost, boolean json) {
        ProcessEnd end = new ProcessEnd(stopAtMost, json);
        // Java loads a class when it is used first, which takes memory. This failure ends nothing.
        end.ifFatal(new StackOverflowError(), "");
        end.halter.start();
        end.stopper.start();
        return end;
    }

    @Override
    public void orderly(String why) {
        if (ends.compareAndSet(false, true)) {
            exitCode = ExitCode.FAILED;
            haltIn(stopNanos);
            say(why);
            exit = true;
            LockSupport.unpark(stopper);
        }
    }

    @Override
    public void atOnce(String why) {
        exitCode = ExitCode.FAILED;
        haltIn(AT_ONCE_NANOS);
        reserve = null;
        if (ends.compareAndSet(false, true)) {
            say(why);
        }
        halt(ExitCode.FAILED);
    }

    /** An orderly stop begins, for whatever reason. */
    void stopBegins() {
        haltIn(stopNanos);
    }

    /** @param code how the process is to end when the stop is done */
    void exitCode(int code) {
        exitCode = code;
    }

    /** @return how long an orderly stop may take */
    Duration stopAtMost() {
        return stopAtMost;
    }

    /**
     * Ends the process when the stop is done, with the exit code that was set last. A JVM that a signal ends would report that signal as
     * its exit code; an orderly end is to be told from that.
     *
     * @param done whether the stop came to its end
     */
    void stopped(boolean done) {
        if (!done) {
            exitCode = ExitCode.FAILED;
            LogEvent.STOP_CUT.on(LOG).addKeyValue("allowed_s", stopAtMost.toSeconds()).log();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** The earlier of two ends stands. */
    private synchronized void haltIn(long nanos) {
        long at = System.nanoTime() + nanos;
        if (haltAt == NOT_YET || at - haltAt < 0) {
            haltAt = at;
            LockSupport.unpark(halter);
        }
    }

    private void say(String why) {
        try {
            LogEvent.BRIDGE_ENDS.on(LOG).addArgument(why).addKeyValue("thread", Thread.currentThread().getName()).log();
            said = true;
        } catch (OutOfMemoryError | LinkageError e) {
            // Then the words that were made in advance.
        }
    }

    /** Needs no memory: neither the words nor the way out are made here. */
    private void halt(int code) {
        if (ends.get() && !said) {
            said = true;
            try {
                standardOutput.write(lastWords);
            } catch (IOException e) {
                // Nobody listens; the exit code says it.
            }
        }
        Runtime.getRuntime().halt(code);
    }

    private void haltWhenDue() {
        while (true) {
            long at = haltAt;
            long left = at - System.nanoTime();
            if (at == NOT_YET) {
                LockSupport.park(this);
            } else if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else {
                halt(exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode);
            }
        }
    }

    private void exitWhenAsked() {
        while (!exit) {
            LockSupport.park(this);
        }
        System.exit(exitCode);
    }
}
