package org.trustpaybridge.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.apache.camel.PropertyBindingException;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Gives a Camel Main the settings. Whoever talks to Kafka, a route or a command, gets them here, and so reaches the same brokers alike. */
public final class CamelKafkaSettings {

    private CamelKafkaSettings() {
    }

    /**
     * @param main       not started yet
     * @param properties checked settings in the form of Camel's placeholders, with the {@code camel.*} keys of file and environment
     */
    public static void apply(BaseMainSupport main, Map<String, String> properties) {
        main.addMainListener(new CheckedSettingsOnly(properties));
        main.addMainListener(new NothingThatKafkaRefuses());
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

        private final Map<String, String> properties;

        CheckedSettingsOnly(Map<String, String> properties) {
            this.properties = properties;
        }

        @Override
        public void beforeInitialize(BaseMainSupport main) {
            PropertiesComponent placeholders = (PropertiesComponent) main.getCamelContext().getPropertiesComponent();
            placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        }

        /** Camel's own message has the whole value in it, which may be a password. */
        @Override
        public void beforeConfigure(BaseMainSupport main) {
            properties.forEach((key, value) -> {
                try {
                    main.getCamelContext().resolvePropertyPlaceholders(value);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(key + ": {{name}} stands for the value of the setting of that name, and this"
                        + " has a name that is none, or no end.");
                }
            });
        }
    }

    /**
     * Camel would only find out when it makes the clients, on a thread of its own that tries for ever and logs a stack trace each time.
     * What a client looks at beyond its own settings, such as files and names of hosts, it still finds out itself.
     */
    private static final class NothingThatKafkaRefuses extends MainListenerSupport {

        /** Additional properties win over those of the routes. */
        private static final Set<String> OF_THE_ROUTES = Set.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.GROUP_ID_CONFIG, ConsumerConfig.GROUP_PROTOCOL_CONFIG, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ProducerConfig.ACKS_CONFIG, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

        @Override
        public void afterConfigure(BaseMainSupport main) {
            KafkaConfiguration configuration = main.getCamelContext().getComponent("kafka", KafkaComponent.class).getConfiguration();
            Set<String> overruled = new TreeSet<>(configuration.getAdditionalProperties().keySet());
            overruled.retainAll(OF_THE_ROUTES);
            if (!overruled.isEmpty()) {
                throw new IllegalArgumentException("camel.component.kafka.additional-properties: the routes set " + overruled
                    + ", and nothing else may.");
            }
            // As the routes set it, as far as Kafka's client minds it together with other settings.
            Properties consumer = configuration.createConsumerProperties();
            consumer.put(ConsumerConfig.GROUP_ID_CONFIG, "any");
            consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            Optional.ofNullable(configuration.getGroupInstanceId())
                .ifPresent(id -> consumer.put(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, id));
            Properties producer = configuration.createProducerProperties();
            producer.put(ProducerConfig.ACKS_CONFIG, "all");
            producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            try {
                new ConsumerConfig(consumer);
                new ProducerConfig(producer);
            } catch (ConfigException | InvalidConfigurationException e) {
                throw new IllegalArgumentException("camel.component.kafka.*: Kafka's client says: " + e.getMessage());
            }
        }
    }
}
