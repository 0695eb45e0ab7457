package org.trustpaybridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The bridge as its users have it. */
final class Distribution {
    private static final long LAUNCH_MILLIS = 5_000;

    private Distribution() {
    }

    /** Unpacks the archive in the place of what is there. @return the folder with {@code bin} */
    static Path unpack(Path archive, Path directory) {
        if (!Files.isRegularFile(archive)) {
            throw new IllegalArgumentException("There is no " + archive + "; build it with ./mvnw -DskipTests package.");
        }
        try {
            delete(directory);
            Files.createDirectories(directory);
            run(List.of("tar", "-xzf", archive.toString(), "-C", directory.toString()));
            try (Stream<Path> unpacked = Files.list(directory)) {
                return unpacked.findFirst().orElseThrow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the distribution make its archive of classes, with which it starts faster. */
    static void makeStartupArchive(Path home) {
        run(List.of("env", "JAVA_HOME=" + System.getProperty("java.home"), home.resolve("bin/make-startup-archive").toString()));
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("This failed: " + String.join(" ", command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the launcher put before the options it was given: read from the command line of the running process, since the launcher may
     * choose by what it finds. An archive of classes is the bridge's own and left out. While the launcher turns into Java, what is read may
     * begin with the launcher's own arguments: then it is read again.
     */
    static List<String> launcherOptions(Program bridge, List<String> given) {
        long deadline = System.currentTimeMillis() + LAUNCH_MILLIS;
        while (bridge.isAlive() && System.currentTimeMillis() < deadline) {
            List<String> arguments = List.of(ProcessHandle.of(bridge.pid()).flatMap(process -> process.info().arguments())
                .orElse(new String[0]));
            int jar = arguments.indexOf("-jar");
            if (jar >= 0 && arguments.subList(0, jar).stream().allMatch(option -> option.startsWith("-"))) {
                return arguments.subList(0, jar).stream().filter(option -> !given.contains(option))
                    .filter(option -> !option.toLowerCase(Locale.ROOT).contains("archive") && !option.startsWith("-Xlog")).toList();
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("The bridge was not started by its launcher. See " + bridge.log());
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
