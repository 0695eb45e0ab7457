package org.trustpaybridge.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.apache.camel.CamelContext;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.command.check.Finding;
import org.trustpaybridge.command.check.ProviderCheck;
import org.trustpaybridge.command.console.Home;
import org.trustpaybridge.command.console.RoutesFolder;
import org.trustpaybridge.command.console.Version;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.transport.AccountQuestion;

/**
 * Has Camel build the routes as {@code run} would, without starting any: no record is read and no port is opened. While they stand, the
 * provider is asked over them.
 *
 * @param routes   what was found of the routes
 * @param provider what was found of the provider
 */
record RoutesCheck(List<Finding> routes, List<Finding> provider) {

    private static final String ROUTES = "routes";

    static RoutesCheck of(Settings settings, Path given) {
        try {
            Path routes = RoutesFolder.find(given);
            return built(settings, routes);
        } catch (InvalidSettingsException e) {
            return without(e.problems().stream().map(problem -> Finding.problem(ROUTES, problem.problem(), problem.fix())).toList());
        }
    }

    private static RoutesCheck without(List<Finding> routes) {
        return new RoutesCheck(routes, ProviderCheck.skipped("the routes come first"));
    }

    private static RoutesCheck built(Settings settings, Path routes) {
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
            CamelContext context = bridge.getCamelContext();
            Finding valid = Finding.ok(ROUTES, context.getRoutes().size() + " routes from " + Home.shown(routes) + " are valid");
            return new RoutesCheck(List.of(valid), new ProviderCheck(settings, AccountQuestion.of(context), Clock.systemUTC()).findings());
        } catch (Exception e) {
            return without(List.of(Finding.problem(ROUTES, StartFailure.causes(e),
                "Correct what is named, a setting or a file; of a file, you can take the original one.")));
        } finally {
            bridge.stop();
        }
    }
}
