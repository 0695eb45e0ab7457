package org.trustpaybridge.command.console;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.SettingsProblem;

/** Finds the folder of the routes. */
public final class RoutesFolder {

    private RoutesFolder() {
    }

    /**
     * A bridge without routes would start, be healthy and do nothing; so a folder without any is refused like a wrong setting.
     *
     * @param given the folder that was named; null: {@code routes} here, else beside the jar
     * @return a folder that holds routes
     * @throws InvalidSettingsException when there is none
     */
    public static Path find(Path given) {
        Path routes = Optional.ofNullable(given).or(() -> Home.find("routes")).orElse(Path.of("routes"));
        if (!Files.isDirectory(routes)) {
            throw wrongRoutes("there is no folder " + routes.toAbsolutePath());
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(routes, "*.camel.yaml")) {
            if (!files.iterator().hasNext()) {
                throw wrongRoutes("there is no file *.camel.yaml in " + routes.toAbsolutePath());
            }
        } catch (IOException e) {
            throw wrongRoutes("the folder " + routes.toAbsolutePath() + " cannot be read");
        }
        return followed(routes);
    }

    /** Camel does not follow a link at the end of a pattern's folder: it would find no routes in it. */
    private static Path followed(Path routes) {
        try {
            return Files.isSymbolicLink(routes) ? routes.toRealPath() : routes;
        } catch (IOException e) {
            throw wrongRoutes("the link " + routes.toAbsolutePath() + " cannot be followed");
        }
    }

    private static InvalidSettingsException wrongRoutes(String problem) {
        return new InvalidSettingsException(List.of(new SettingsProblem("routes", problem,
            "Start in the folder that holds routes and config, or name the routes with --routes.")));
    }
}
