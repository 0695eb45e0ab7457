package org.trustpaybridge.kafka;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.security.auth.login.AppConfigurationEntry;

import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.trustpaybridge.secrets.Reread;

/**
 * Files with secrets that clients of Kafka use. Each client reads them again by itself, for each new connection; what is made of them here
 * tells somebody who watches whether they are good.
 *
 * @param stores   key store and trust store; empty without TLS or without files
 * @param password of the login, or secret of the client; empty where it is no file
 * @param tokens   with which clients log in; empty where they do otherwise
 */
public record KafkaSecrets(Optional<Reread<?>> stores, Optional<Reread<String>> password, Optional<Tokens> tokens) {

    /**
     * @param context whose Kafka component is configured
     * @return what its clients use
     */
    public static KafkaSecrets of(CamelContext context) {
        KafkaConfiguration configuration = context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        Optional<Tokens> tokens = Tokens.of(configuration.getAdditionalProperties());
        return new KafkaSecrets(tls(configuration) ? stores(configuration) : Optional.empty(),
            passwordFile(configuration).map(path -> PasswordFile.of(PasswordFile.OPTION, path)).or(() -> tokens.flatMap(Tokens::secret)),
                tokens);
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
            check(PasswordFile.OPTION, file.get(), prefix);
        }
        if (byToken(configuration)) {
            fetchTokens(configuration, prefix);
        }
    }

    private static void check(String option, String file, String prefix) {
        try {
            PasswordFile.of(option, file);
        } catch (RuntimeException e) {
            throw new RefusedSettingException(prefix + "sasl-jaas-config", "the file of " + option + " cannot be read, or"
                + " its first line is empty. Check its path and who may read it.");
        }
    }

    /** A handler of somebody else's fetches tokens as it likes. */
    private static boolean byToken(KafkaConfiguration configuration) {
        Object handler = configuration.getAdditionalProperties().get(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS);
        return OAuthBearerLoginModule.OAUTHBEARER_MECHANISM.equals(configuration.getSaslMechanism())
            && configuration.getSecurityProtocol().startsWith("SASL")
            && (handler == null || handler.equals(OAuthBearerLoginCallbackHandler.class.getName()));
    }

    private static void fetchTokens(KafkaConfiguration configuration, String prefix) {
        Map<String, Object> additional = configuration.getAdditionalProperties();
        // Without, an endpoint that hangs would hold every client for ever, and one that is away for ten seconds each time.
        additional.putIfAbsent(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, "3000");
        additional.putIfAbsent(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, "5000");
        additional.putIfAbsent(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MAX_MS, "500");
        List<AppConfigurationEntry> login = login(configuration);
        PasswordFile.path(login, Tokens.SECRET_FILE).ifPresent(file -> check(Tokens.SECRET_FILE, file, prefix));
        new Tokens(parsed(configuration), login, Clock.systemUTC()).goWith(additional);
        additional.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, TokenLogin.class.getName());
    }

    private static boolean tls(KafkaConfiguration configuration) {
        return List.of(SecurityProtocol.SSL.name, SecurityProtocol.SASL_SSL.name).contains(configuration.getSecurityProtocol());
    }

    private static Optional<Reread<?>> stores(KafkaConfiguration configuration) {
        if (configuration.getSslKeystoreLocation() == null && configuration.getSslTruststoreLocation() == null) {
            return Optional.empty();
        }
        return Optional.of(RereadSslEngineFactory.stores(parsed(configuration)));
    }

    private static Map<String, ?> parsed(KafkaConfiguration configuration) {
        Properties consumer = configuration.createConsumerProperties();
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, "any");
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new ConsumerConfig(consumer).values();
    }

    private static Optional<String> passwordFile(KafkaConfiguration configuration) {
        String jaas = configuration.getSaslJaasConfig();
        if (jaas == null || !jaas.contains(PasswordFile.OPTION) || jaas.startsWith("${")) {
            return Optional.empty();
        }
        return PasswordFile.path(login(configuration), PasswordFile.OPTION);
    }

    private static List<AppConfigurationEntry> login(KafkaConfiguration configuration) {
        String jaas = configuration.getSaslJaasConfig();
        return jaas == null ? List.of()
            : new ArrayList<>(JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)))
                .configurationEntries());
    }
}
