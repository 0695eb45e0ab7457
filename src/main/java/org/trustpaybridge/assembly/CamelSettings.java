package org.trustpaybridge.assembly;

import java.nio.file.Path;
import java.time.Duration;

import org.apache.camel.main.BaseMainSupport;
import org.trustpaybridge.kafka.CamelKafkaSettings;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/** What Camel itself is told: first what an operator may change with {@code camel.*} settings, then what the bridge relies on. */
final class CamelSettings {

    /** What an orderly stop takes at most beside the calls under way and their publishing. */
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private CamelSettings() {
    }

    /**
     * @param main     not started yet
     * @param settings what the operator said
     * @param routes   folder with the routes
     */
    static void apply(BaseMainSupport main, Settings settings, Path routes) {
        main.addInitialProperty("camel.main.name", "trustpay-bridge");
        main.addInitialProperty("camel.main.shutdown-timeout",
            Long.toString(settings.provider().responseTimeout().plus(settings.budget().drain()).plus(STOPPING).toSeconds()));
        // Kafka's client gives up on an unknown host at once; a bridge that starts before its broker waits for it.
        main.addInitialProperty("camel.component.kafka.create-consumer-backoff-max-attempts", Integer.toString(Integer.MAX_VALUE));
        main.addInitialProperty("camel.component.kafka.subscribe-consumer-backoff-max-attempts", Integer.toString(Integer.MAX_VALUE));
        // Timers for each route and each step that sends: much to pay for what the bridge's own metrics tell better, and JMX of routes.
        main.addInitialProperty("camel.metrics.enable-exchange-event-notifier", "false");
        main.addInitialProperty("camel.metrics.enable-route-policy", "false");
        main.addInitialProperty("camel.metrics.route-policy-level", "route");
        // With one listener, even to events of routes only, Camel asks it for each event of an exchange (EventHelper of Camel 4.18).
        main.addInitialProperty("camel.metrics.enable-route-event-notifier", "false");
        // Counters of routes, and of a step while its MBean is told to count.
        main.addInitialProperty("camel.main.jmx-management-statistics-level", "RoutesOnly");
        // The operator's own settings of Camel win over what was set so far, and not over what follows.
        CamelKafkaSettings.apply(main, settings.properties());
        main.addOverrideProperty("camel.main.routes-include-pattern", "file:" + routes + "/*.camel.yaml");
        main.addOverrideProperty("camel.main.message-history", "false");
        main.addOverrideProperty("camel.main.stream-caching-enabled", "false");
        main.addOverrideProperty("camel.main.allow-use-original-message", "false");
        // It would share the management server's router on the same port, without the token.
        main.addOverrideProperty("camel.server.enabled", "false");
        main.addOverrideProperty("camel.management.enabled", "true");
        main.addOverrideProperty("camel.management.host", settings.text(Setting.MANAGEMENT_HOST));
        main.addOverrideProperty("camel.management.port", settings.text(Setting.MANAGEMENT_PORT));
        main.addOverrideProperty("camel.management.path", "/");
        main.addOverrideProperty("camel.management.health-check-enabled", "true");
        main.addOverrideProperty("camel.management.metrics-enabled", "true");
        main.addOverrideProperty("camel.metrics.enabled", "true");
        // Shows the details of the bridge's own check: partitions, records in flight, state of the provider.
        main.addOverrideProperty("camel.health.exposure-level", "full");
    }
}
