package org.trustpaybridge.command.deadletters;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import org.trustpaybridge.deadletters.replay.StopRequest;

/** Lets Ctrl-C and SIGTERM end some work in good order: the process waits until the work has stopped and said so. */
final class InterruptibleRun {

    private static final Duration STOPPING = Duration.ofSeconds(40);

    private InterruptibleRun() {
    }

    static int with(StopRequest stop, IntSupplier work) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.request();
            try {
                ended.await(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop-between-records");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.getAsInt();
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already, and the hook with it.
            }
        }
    }
}
