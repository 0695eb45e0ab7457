package org.trustpaybridge.kafka;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.PropertyBindingException;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Gives a Camel Main the settings. Whoever talks to Kafka, a route or a command, gets them here, and so reaches the same brokers alike. */
public final class CamelKafkaSettings {

    private CamelKafkaSettings() {
    }

    /**
     * @param main       not started yet
     * @param properties checked settings in the form of Camel's placeholders, with the {@code camel.*} keys of the file
     */
    public static void apply(BaseMainSupport main, Map<String, String> properties) {
        main.addMainListener(new CheckedSettingsOnly());
        main.addInitialProperty("camel.component.kafka.brokers", "{{kafka.brokers}}");
        properties.forEach(main::addInitialProperty);
        // The summary would print every property, also those of camel.component.kafka that hold a password.
        main.addOverrideProperty("camel.main.auto-configuration-log-summary", "false");
        main.addOverrideProperty("camel.component.kafka.autowired-enabled", "false");
    }

    /**
     * Puts a setting that Camel refuses into words. Camel's own message has the value in it, which may be a password.
     *
     * @param failure what Camel threw
     * @return which setting it is about; empty when the failure is about something else
     */
    public static Optional<String> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PropertyBindingException refused) {
                String prefix = Optional.ofNullable(refused.getOptionPrefix()).orElse("");
                String name = Optional.ofNullable(refused.getPropertyName()).orElse(refused.getOptionKey());
                return Optional.of(prefix + (prefix.isEmpty() || prefix.endsWith(".") ? "" : ".") + name
                    + ": Camel has no such setting, or it cannot have this value. Check its spelling in the file and in the environment.");
            }
        }
        return Optional.empty();
    }

    /**
     * Camel's placeholders look into the environment and the system properties first, and would find {@code 2s} there where the routes need
     * milliseconds. The settings have looked there already.
     */
    private static final class CheckedSettingsOnly extends MainListenerSupport {

        @Override
        public void beforeInitialize(BaseMainSupport main) {
            PropertiesComponent placeholders = (PropertiesComponent) main.getCamelContext().getPropertiesComponent();
            placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        }
    }
}
