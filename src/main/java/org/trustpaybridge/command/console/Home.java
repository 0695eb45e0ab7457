package org.trustpaybridge.command.console;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what lies beside the program: in the working directory, else in the folder of the jar. */
public final class Home {

    private Home() {
    }

    /**
     * @param name relative path of a file or folder
     * @return that file or folder, if it is in one of the two places
     */
    public static Optional<Path> find(String name) {
        Path here = Path.of(name).toAbsolutePath();
        if (Files.exists(here)) {
            return Optional.of(here);
        }
        return besideJar(name);
    }

    /**
     * @param name relative path of a file or folder
     * @return that file or folder, if it is in the folder of the jar
     */
    public static Optional<Path> besideJar(String name) {
        return besideJar().map(folder -> folder.resolve(name)).filter(Files::exists);
    }

    /**
     * @param path any path
     * @return it as a person would write it: relative to the working directory where it is below that
     */
    public static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = path.toAbsolutePath().normalize();
        return (whole.startsWith(here) ? here.relativize(whole) : whole).toString();
    }

    private static Optional<Path> besideJar() {
        try {
            return Optional.ofNullable(Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
