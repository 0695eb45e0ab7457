package org.trustpaybridge.cli;

import java.nio.file.Path;
import java.util.List;

import org.trustpaybridge.BridgeMain;
import org.trustpaybridge.check.Finding;
import org.trustpaybridge.command.Home;
import org.trustpaybridge.command.RoutesFolder;
import org.trustpaybridge.command.Version;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Settings;

/** Has Camel build the routes as {@code run} would, without starting any: nothing is connected to and no port is opened. */
final class RoutesCheck {

    private static final String ROUTES = "routes";

    private RoutesCheck() {
    }

    static List<Finding> findings(Settings settings, Path given) {
        try {
            Path routes = RoutesFolder.find(given);
            return List.of(built(settings, routes));
        } catch (InvalidSettingsException e) {
            return e.problems().stream().map(problem -> Finding.problem(ROUTES, problem.problem(), problem.fix())).toList();
        }
    }

    private static Finding built(Settings settings, Path routes) {
        BridgeMain bridge = new BridgeMain(settings, routes, Version.current());
        bridge.addOverrideProperty("camel.main.auto-startup", "false");
        // Camel starts producers also of routes that it does not start.
        bridge.addOverrideProperty("camel.component.kafka.lazy-start-producer", "true");
        bridge.addOverrideProperty("camel.main.startup-summary-level", "Off");
        bridge.addOverrideProperty("camel.main.jmx-enabled", "false");
        bridge.addOverrideProperty("camel.management.enabled", "false");
        bridge.addOverrideProperty("camel.server.enabled", "false");
        try {
            bridge.start();
            int count = bridge.getCamelContext().getRoutes().size();
            return Finding.ok(ROUTES, count + " routes from " + Home.shown(routes) + " are valid");
        } catch (Exception e) {
            return Finding.problem(ROUTES, StartFailure.causes(e),
                "Correct what is named, a setting or a file; of a file, you can take the original one.");
        } finally {
            bridge.stop();
        }
    }
}
