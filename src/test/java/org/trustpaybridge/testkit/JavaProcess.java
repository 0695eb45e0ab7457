package org.trustpaybridge.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A child JVM: what it wrote, its signals, its exit code. It does not outlive this JVM, unless that is killed outright. */
public final class JavaProcess implements AutoCloseable {
    private static final Duration PATIENCE_ON_CLOSE = Duration.ofSeconds(20);

    private final Process process;
    private final List<String> standardOutput = new CopyOnWriteArrayList<>();
    private final List<String> standardError = new CopyOnWriteArrayList<>();
    private final List<Thread> pumps;
    private final Writer log;
    private final Thread hook;

    JavaProcess(Process process, Writer log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(this::endNow, "child-" + process.pid() + "-hook");
        Runtime.getRuntime().addShutdownHook(hook);
        this.pumps = List.of(pump(process.getInputStream(), standardOutput), pump(process.getErrorStream(), standardError));
    }

    /** A JVM for a main class of this JVM's class path. */
    public static JavaLaunch ofMain(String mainClass, List<String> arguments) {
        return new JavaLaunch(List.of("-cp", System.getProperty("java.class.path"), mainClass), arguments);
    }

    /** A JVM for a jar that names its main class. */
    public static JavaLaunch ofJar(String jar, List<String> arguments) {
        return new JavaLaunch(List.of("-jar", jar), arguments);
    }

    /** A JVM that a script starts. */
    public static JavaLaunch ofScript(Path script, List<String> arguments) {
        return new JavaLaunch(List.of(), arguments).script(script);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything written to standard output so far, line by line. */
    public List<String> standardOutput() {
        return List.copyOf(standardOutput);
    }

    /** Everything written to standard error so far, line by line. */
    public List<String> standardError() {
        return List.copyOf(standardError);
    }

    /**
     * Waits for a line on either stream, also among those written before.
     *
     * @return the first line that fits
     * @throws AssertionError with all output, if the process ends without it or the time is over
     */
    public String awaitLine(Predicate<String> wanted, Duration patience) {
        try {
            Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(25))
                .until(() -> find(wanted).isPresent() || hasSaidEverything());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("No such line within " + patience + ". " + report(), e);
        }
        return find(wanted).orElseThrow(() -> new AssertionError("The process ended without such a line. " + report()));
    }

    /**
     * As {@link #awaitLine(Predicate, Duration)}, for a pattern that is found anywhere in the line.
     *
     * @return the match, for its groups
     */
    public Matcher awaitLine(Pattern wanted, Duration patience) {
        Matcher match = wanted.matcher(awaitLine(wanted.asPredicate(), patience));
        if (!match.find()) {
            throw new AssertionError("A line that matched before does not match again: " + wanted);
        }
        return match;
    }

    /** SIGTERM; returns at once. */
    public void terminate() {
        // Not Process.destroy, which closes the streams: what a process says on its way out would be lost.
        process.toHandle().destroy();
    }

    /** SIGKILL; returns at once. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** SIGSTOP: the process keeps its connections and does nothing. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT after {@link #pause}. */
    public void resume() {
        signal("CONT");
    }

    /** Sends a signal by its POSIX name, such as {@code INT}. */
    public void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
            if (result != 0) {
                throw new IllegalStateException("kill -" + name + " failed with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #signal}, if there is still somebody to get it. */
    public void signalIfAlive(String name) {
        if (isAlive()) {
            signal(name);
        }
    }

    /** The exit code, once the process has ended (128 and the signal's number if a signal ended it). */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /**
     * Waits until the process has ended and its output is complete.
     *
     * @return the exit code
     * @throws AssertionError with all output, if it does not end in time
     */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Still running after " + patience + ". " + report());
            }
            for (Thread pump : pumps) {
                pump.join(TimeUnit.SECONDS.toMillis(5));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM, and SIGKILL for a process that does not heed it within 20 s. */
    @Override
    public void close() {
        endNow();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is on its way out, and the hook finds nothing left to do.
        }
    }

    private void endNow() {
        terminate();
        try {
            if (!process.waitFor(PATIENCE_ON_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Runs this when the process has ended, however it ended, on a thread of the JVM's choice. */
    public void onExit(Runnable action) {
        process.onExit().thenRun(action);
    }

    private Optional<String> find(Predicate<String> wanted) {
        return standardOutput.stream().filter(wanted).findFirst()
            .or(() -> standardError.stream().filter(wanted).findFirst());
    }

    private boolean hasSaidEverything() {
        return !process.isAlive() && pumps.stream().noneMatch(Thread::isAlive);
    }

    private String report() {
        return (process.isAlive() ? "It runs." : "It exited with " + process.exitValue() + ".")
            + "\nStandard output:\n" + String.join("\n", standardOutput)
            + "\nStandard error:\n" + String.join("\n", standardError);
    }

    private Thread pump(InputStream stream, List<String> lines) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                    copyToLog(line);
                }
            } catch (IOException e) {
                lines.add("(reading the output failed: " + e.getMessage() + ")");
            }
        }, "child-" + process.pid() + "-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void copyToLog(String line) throws IOException {
        synchronized (log) {
            log.write(line + System.lineSeparator());
            log.flush();
        }
    }
}
