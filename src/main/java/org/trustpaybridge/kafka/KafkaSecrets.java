package org.trustpaybridge.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.trustpaybridge.secrets.Reread;

/**
 * Files with secrets that clients of Kafka use. Each client reads them again by itself, for each new connection; what is made of them here
 * tells somebody who watches whether they are good.
 *
 * @param stores   key store and trust store; empty without TLS or without files
 * @param password of the login; empty where it is no file
 */
public record KafkaSecrets(Optional<Reread<?>> stores, Optional<Reread<String>> password) {

    /**
     * @param context whose Kafka component is configured
     * @return what its clients use
     */
    public static KafkaSecrets of(CamelContext context) {
        KafkaConfiguration configuration = context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        return new KafkaSecrets(tls(configuration) ? stores(configuration) : Optional.empty(),
            passwordFile(configuration).map(PasswordFile::of));
    }

    /** Has clients read their files again. What the operator set instead stays. */
    static void apply(KafkaConfiguration configuration, String prefix) {
        Map<String, Object> additional = configuration.getAdditionalProperties();
        if (tls(configuration)) {
            additional.putIfAbsent(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, RereadSslEngineFactory.class.getName());
        }
        Optional<String> file = passwordFile(configuration);
        if (file.isPresent()) {
            additional.putIfAbsent(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, PasswordFile.class.getName());
            try {
                PasswordFile.of(file.get());
            } catch (RuntimeException e) {
                throw new RefusedSettingException(prefix + "sasl-jaas-config", "the file of " + PasswordFile.OPTION + " cannot be read, or"
                    + " its first line is empty. Check its path and who may read it.");
            }
        }
    }

    private static boolean tls(KafkaConfiguration configuration) {
        return List.of(SecurityProtocol.SSL.name, SecurityProtocol.SASL_SSL.name).contains(configuration.getSecurityProtocol());
    }

    private static Optional<Reread<?>> stores(KafkaConfiguration configuration) {
        if (configuration.getSslKeystoreLocation() == null && configuration.getSslTruststoreLocation() == null) {
            return Optional.empty();
        }
        Properties consumer = configuration.createConsumerProperties();
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, "any");
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return Optional.of(RereadSslEngineFactory.stores(new ConsumerConfig(consumer).values()));
    }

    private static Optional<String> passwordFile(KafkaConfiguration configuration) {
        String jaas = configuration.getSaslJaasConfig();
        if (jaas == null || !jaas.contains(PasswordFile.OPTION) || jaas.startsWith("${")) {
            return Optional.empty();
        }
        return PasswordFile.path(new ArrayList<>(JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)))
            .configurationEntries()));
    }
}
