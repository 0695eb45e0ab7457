package org.trustpaybridge.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.trustpaybridge.TrustPayBridge;

/** Finds what lies beside the program: in the working directory, else in the folder of the jar. */
final class Home {

    private Home() {
    }

    /** @return the file or folder of this name, if it is in one of the two places */
    static Optional<Path> find(String name) {
        Path here = Path.of(name).toAbsolutePath();
        if (Files.exists(here)) {
            return Optional.of(here);
        }
        return besideJar().map(folder -> folder.resolve(name)).filter(Files::exists);
    }

    private static Optional<Path> besideJar() {
        try {
            return Optional.ofNullable(Path.of(TrustPayBridge.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
