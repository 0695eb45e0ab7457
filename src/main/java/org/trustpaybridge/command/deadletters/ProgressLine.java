package org.trustpaybridge.command.deadletters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.trustpaybridge.deadletters.replay.Watcher;

/**
 * Shows how far something is, on standard error: as a bar that is drawn over itself where a person watches, as a line now and then where
 * the output goes to a file.
 */
final class ProgressLine implements Watcher {

    private static final int BAR = 20;
    private static final Duration BETWEEN_BARS = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final boolean watched;
    private final LongSupplier nanos;
    private final long begun;
    private long next;
    private int drawn;

    ProgressLine(PrintWriter err) {
        this(err, isTerminal(), System::nanoTime);
    }

    ProgressLine(PrintWriter err, boolean watched, LongSupplier nanos) {
        this.err = err;
        this.watched = watched;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        // What is done in the blink of an eye needs no bar, and what takes a few seconds no line.
        this.next = begun + (watched ? BETWEEN_BARS : BETWEEN_LINES).toNanos();
    }

    /** Java 17 can only tell whether input and output both are terminals; where the system tells more, it is asked. */
    private static boolean isTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString().matches("/dev/(pts/\\d+|tty.*|console)");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && System.getenv("TERM") != null;
        }
    }

    @Override
    public void progress(String what, long done, long total) {
        long now = nanos.getAsLong();
        if (now < next) {
            return;
        }
        next = now + (watched ? BETWEEN_BARS : BETWEEN_LINES).toNanos();
        String text = what + " " + done + " of " + total;
        if (watched) {
            draw(bar(done, total) + " " + text);
        } else {
            err.println(text);
            err.flush();
        }
    }

    private static String bar(long done, long total) {
        int filled = total == 0 ? BAR : (int) (BAR * done / total);
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
    }

    /** Takes the bar away, so that what is printed next stands on a line of its own. */
    void clear() {
        if (drawn > 0) {
            draw("");
            err.print("\r");
            err.flush();
        }
    }

    private void draw(String text) {
        err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
        err.flush();
        drawn = text.length();
    }
}
