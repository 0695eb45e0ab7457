package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A child JVM about to be started.
 *
 * <p>It gets a bare environment: a {@code KAFKA_BROKERS} or {@code JAVA_TOOL_OPTIONS} that somebody happens to have set must not
 * change a test.
 */
public final class JavaLaunch {
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot");

    private static final int SIGINT = 2;

    private final List<String> jvmOptions = new ArrayList<>();
    private String program = ProcessHandle.current().info().command().orElse("java");
    private final List<String> target;
    private final List<String> arguments;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory = Path.of("").toAbsolutePath();
    private Path log;

    JavaLaunch(List<String> target, List<String> arguments) {
        this.target = List.copyOf(target);
        this.arguments = List.copyOf(arguments);
    }

    /** An option for the JVM, such as {@code -Xmx256m}. */
    public JavaLaunch jvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** Another Java than the one that runs this JVM. */
    public JavaLaunch java(Path javaHome) {
        program = javaHome.resolve("bin/java").toString();
        return this;
    }

    /** A script that starts Java by itself, instead of Java. */
    JavaLaunch script(Path script) {
        program = script.toString();
        return this;
    }

    /** An environment variable. */
    public JavaLaunch environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Environment variables. */
    public JavaLaunch environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** The working directory; without it, the one of this JVM. */
    public JavaLaunch directory(Path newDirectory) {
        directory = newDirectory;
        return this;
    }

    /** A file that gets all output too, overwritten if it is there. */
    public JavaLaunch logTo(Path file) {
        log = file;
        return this;
    }

    /** Starts the process. */
    public JavaProcess start() {
        List<String> command = new ArrayList<>();
        if (interruptIsIgnored()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(program);
        command.addAll(jvmOptions);
        command.addAll(target);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            Writer writer = log == null ? Writer.nullWriter() : Files.newBufferedWriter(log);
            Process process = builder.start();
            process.getOutputStream().close();
            return new JavaProcess(process, writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shell starts what it puts into the background so that Ctrl-C does not reach it, and children inherit that. */
    private static boolean interruptIsIgnored() {
        Path status = Path.of("/proc/self/status");
        try {
            return Files.isReadable(status) && Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16) & 1L << SIGINT - 1) != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
