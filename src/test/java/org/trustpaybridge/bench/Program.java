package org.trustpaybridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A process that is measured: what it takes of the machine. It does not outlive this JVM, unless that is killed outright. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final long startedAt;
    private final Path log;
    private final Thread hook;

    private Program(Process process, long startedAt, Path log) {
        this.process = process;
        this.startedAt = startedAt;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * @param command     what is run
     * @param environment besides the search path
     * @param directory   the working directory
     * @param log         gets all it says
     */
    static Program start(List<String> command, Map<String, String> environment, Path directory, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.getParent());
            long startedAt = System.currentTimeMillis();
            return new Program(builder.start(), startedAt, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Milliseconds since 1970, as records have them. */
    long startedAt() {
        return startedAt;
    }

    Path log() {
        return log;
    }

    /** The end of what it said. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read)";
        }
    }

    long pid() {
        return process.pid();
    }

    /** CPU time so far, user and system, in seconds. */
    double cpuSeconds() {
        return cpuSeconds(process.toHandle());
    }

    static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Resident memory in MB now; empty where there is no {@code /proc}. */
    OptionalLong residentMegabytes() {
        return status("VmRSS:");
    }

    /** The most resident memory so far, in MB; empty where there is no {@code /proc}. */
    OptionalLong peakMegabytes() {
        return status("VmHWM:");
    }

    private OptionalLong status(String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream().filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst();
        } catch (IOException notHere) {
            return OptionalLong.empty();
        }
    }

    /** SIGTERM, and waits for the end. */
    void stop() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("A program did not end within " + PATIENCE + ". See " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is on its way out, and the hook finds nothing left to do.
        }
    }
}
