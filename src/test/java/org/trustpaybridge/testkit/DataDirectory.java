package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A broker's data directory: a temporary one goes away when closed, a given one stays. */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final boolean temporary;

    /** Uses the given directory, or makes a temporary one for {@code null}. */
    DataDirectory(Path given) {
        temporary = given == null;
        try {
            path = temporary ? Files.createTempDirectory("trustpay-bridge-broker-") : Files.createDirectories(given);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        if (temporary && Files.exists(path)) {
            try (Stream<Path> tree = Files.walk(path)) {
                List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path each : deepestFirst) {
                    Files.deleteIfExists(each);
                }
            } catch (NoSuchFileException gone) {
                // A thread of the broker removed its own file first.
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
