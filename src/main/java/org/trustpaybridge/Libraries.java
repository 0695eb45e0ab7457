package org.trustpaybridge;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The libraries beside the jar. Uses none of them: without them there is nothing else to say so. */
final class Libraries {

    private Libraries() {
    }

    /** Says on standard error what is missing; there is no log yet. */
    static boolean saidToBeMissing() {
        Optional<String> missing = missing();
        missing.ifPresent(sentence -> new PrintWriter(new FileOutputStream(FileDescriptor.err), true, Charset.defaultCharset())
            .println(sentence));
        return missing.isPresent();
    }

    /** @return what is wrong, as a sentence; empty when all that the jar names are there, or when the program does not run from its jar */
    private static Optional<String> missing() {
        CodeSource source = Libraries.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path jar = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar) ? missing(jar) : Optional.empty();
        } catch (URISyntaxException | IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> missing(Path jar) throws IOException {
        Path folder = jar.toAbsolutePath().getParent();
        List<String> missing = named(jar).filter(name -> !Files.exists(folder.resolve(name))).toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("trustpay-bridge: " + missing.size() + " of the libraries that belong beside " + jar.getFileName()
            + " are not there, "
            + missing.get(0) + " among them. Keep the jar and the folder lib together: unpack the whole archive in one place, and start it"
            + " there.");
    }

    private static Stream<String> named(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String path = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return path == null ? Stream.empty() : Stream.of(path.split(" ")).filter(name -> name.endsWith(".jar"));
        }
    }
}
