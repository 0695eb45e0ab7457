package org.trustpaybridge;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.trustpaybridge.command.console.Home;

/**
 * Jars of the operator's own in {@code lib/ext}, such as the login of a cloud. The class path of {@code java -jar} is written in the jar,
 * so they are made known by the class loader of the thread, and of all threads after it: by that, Kafka's client and Java's logins find
 * classes by their names. What the bridge brings along wins.
 */
final class Extensions {

    private static final String FOLDER = "lib/ext";

    private Extensions() {
    }

    /** Without such jars nothing changes. */
    static void join() {
        URL[] jars = Home.besideJar(FOLDER).map(Extensions::jarsIn).orElse(List.of()).toArray(URL[]::new);
        if (jars.length > 0) {
            Thread here = Thread.currentThread();
            here.setContextClassLoader(new URLClassLoader("lib/ext", jars, here.getContextClassLoader()));
        }
    }

    private static List<URL> jarsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().map(Extensions::url).toList();
        } catch (IOException e) {
            // Whoever misses a class says that it belongs here.
            return List.of();
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
