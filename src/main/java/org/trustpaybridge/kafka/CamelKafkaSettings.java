package org.trustpaybridge.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.security.auth.login.AppConfigurationEntry;

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
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.trustpaybridge.delivery.BrokerProfile;

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
        main.addMainListener(new NothingThatKafkaRefuses(BrokerProfile.of(properties.getOrDefault("kafka.profile", ""))
            .orElse(BrokerProfile.KAFKA)));
        main.addInitialProperty("camel.component.kafka.brokers", "{{kafka.brokers}}");
        properties.forEach(main::addInitialProperty);
        // The summary would print every property, also those of camel.component.kafka that hold a password.
        main.addOverrideProperty("camel.main.auto-configuration-log-summary", "false");
        main.addOverrideProperty("camel.component.kafka.autowired-enabled", "false");
    }

    /**
     * Puts a setting that is refused into words. Camel's own message has the value in it, which may be a password.
     *
     * @param failure what Camel threw
     * @return which setting it is about, and what is wrong; empty when the failure is about something else
     */
    public static Optional<RefusedSettingException> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedSettingException known) {
                return Optional.of(known);
            }
            if (cause instanceof PropertyBindingException refused) {
                String prefix = Optional.ofNullable(refused.getOptionPrefix()).orElse("");
                String name = Optional.ofNullable(refused.getPropertyName()).orElse(refused.getOptionKey());
                return Optional.of(new RefusedSettingException(prefix + (prefix.isEmpty() || prefix.endsWith(".") ? "" : ".") + name,
                    "Camel has no such setting, or it cannot have this value. Check its spelling in the file and in the environment."));
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
                    throw new RefusedSettingException(key, "{{name}} stands for the value of a setting that is no secret, and there is"
                        + " none of this name, or the braces are not closed.");
                }
            });
        }
    }

    /**
     * Camel would only find out when it makes the clients, on a thread of its own that tries for ever and logs a stack trace each time.
     * What a client looks at beyond its own settings, such as files and names of hosts, it still finds out itself.
     */
    private static final class NothingThatKafkaRefuses extends MainListenerSupport {

        private static final String PREFIX = "camel.component.kafka.";
        /** Additional properties win over those of the routes. */
        private static final Set<String> OF_THE_ROUTES = Set.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.GROUP_ID_CONFIG, ConsumerConfig.GROUP_PROTOCOL_CONFIG, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, ConsumerConfig.ISOLATION_LEVEL_CONFIG, ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ProducerConfig.ACKS_CONFIG, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

        private static final Pattern CLASS_NAME = Pattern.compile("([a-z]\\w*\\.)+[A-Z]\\w*Module");
        private final BrokerProfile profile;

        NothingThatKafkaRefuses(BrokerProfile profile) {
            this.profile = profile;
        }

        @Override
        public void afterConfigure(BaseMainSupport main) {
            KafkaComponent component = main.getCamelContext().getComponent("kafka", KafkaComponent.class);
            component.setKafkaClientFactory(new PatientClientFactory());
            KafkaConfiguration configuration = component.getConfiguration();
            Set<String> overruled = new TreeSet<>(configuration.getAdditionalProperties().keySet());
            overruled.retainAll(OF_THE_ROUTES);
            if (!overruled.isEmpty()) {
                throw new RefusedSettingException(PREFIX + "additional-properties",
                    "the routes set " + overruled + ", and nothing else may.");
            }
            checkSecurity(configuration);
            KafkaSecrets.apply(configuration, PREFIX);
            Profiled.apply(configuration, PREFIX, profile);
            ClientDefaults.apply(configuration, PREFIX);
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
                throw new RefusedSettingException(PREFIX + "*", "Kafka's client says: " + e.getMessage());
            }
        }

        /** A name that is none of a class may be a password in the wrong place. */
        private static String missing(String name) {
            return "there is no class " + (CLASS_NAME.matcher(name).matches() ? name : "of this name")
                + ". Check the spelling, or put the jar that has it into the folder lib/ext beside trustpay-bridge.jar; for AWS_MSK_IAM"
                + " that is aws-msk-iam-auth-VERSION-all.jar.";
        }

        /** Kafka's words for a login that it cannot read quote parts of it. Camel passes no SASL on for a protocol in lower case. */
        private static void checkSecurity(KafkaConfiguration configuration) {
            if (!SecurityProtocol.names().contains(configuration.getSecurityProtocol())) {
                throw new RefusedSettingException(PREFIX + "security-protocol", "expected one of " + SecurityProtocol.names() + ".");
            }
            String jaas = configuration.getSaslJaasConfig();
            // A config provider of Kafka's may stand for all of it.
            if (jaas == null || jaas.startsWith("${")) {
                return;
            }
            try {
                Map<String, Password> login = Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas));
                for (AppConfigurationEntry entry : JaasContext.loadClientContext(login).configurationEntries()) {
                    Class.forName(entry.getLoginModuleName(), false, Utils.getContextOrKafkaClassLoader());
                }
            } catch (ClassNotFoundException e) {
                throw new RefusedSettingException(PREFIX + "sasl-jaas-config", missing(e.getMessage()));
            } catch (IllegalArgumentException e) {
                throw new RefusedSettingException(PREFIX + "sasl-jaas-config", "expected the class of a login module that is there, a flag"
                    + " and options, with a semicolon at the end: CLASS required username=\"...\" password=\"...\"; In quotes, a quote is"
                    + " \\\" and a backslash \\\\, and in a properties file each backslash is written twice.");
            }
        }
    }
}
