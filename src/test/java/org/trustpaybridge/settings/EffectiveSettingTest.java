package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveSettingTest {

    @TempDir
    private Path folder;

    @Test
    void each_value_is_shown_with_its_origin_and_no_secret() throws IOException {
        // Given
        Path file = Files.write(folder.resolve("application.properties"), List.of("kafka.group-id=of-file", "topic.dead-letter=of-file",
            "retry.max-delay=10s", "management.token=token-of-the-file-1234",
                "order.redirect-url=https://u:pw-5@shop.example.com/back?token=t0k3n",
            "camel.component.kafka.sasl-mechanism=PLAIN", "camel.component.kafka.sasl-jaas-config=Login required password=\"jaas-pw-1\";",
            "camel.component.kafka.additional-properties[ssl.keystore.key]=pem-key-2"));
        Properties system = new Properties();
        system.putAll(Map.of("retry.max-delay", "5s", "camel.component.https.proxy-auth-password", "proxy-pw-3"));
        Map<String, String> environment = Map.of("KAFKA_GROUP_ID", "of-environment", "MULTISAFEPAY_API_KEY", "key-4-abcdef",
            "RETRY_MAX_DELAY", "7s",
            "MULTISAFEPAY_API_KEY_FILE", "no-such-file-but-a-key", "CAMEL_COMPONENT_KAFKA_SSL_TRUSTSTORE_PASSWORD", "trust-pw-6",
                "LOG_FORMAT", "json",
            "DELIVERY_CONCURRENCY", "many-secret-7");

        // When
        Map<String, EffectiveSetting> shown = EffectiveSetting.all(environment, system, Optional.of(file),
            List.of(new SettingsProblem("delivery.concurrency (DELIVERY_CONCURRENCY)", "found", "fix"))).stream()
            .collect(Collectors.toMap(EffectiveSetting::key, Function.identity()));

        // Then
        assertThat(shown).hasSizeGreaterThan(Setting.values().length);
        assertThat(shown.values()).contains(new EffectiveSetting("kafka.group-id", "of-environment", Origin.ENVIRONMENT),
            new EffectiveSetting("topic.dead-letter", "of-file", Origin.FILE),
                new EffectiveSetting("retry.max-delay", "5s", Origin.SYSTEM_PROPERTY),
            new EffectiveSetting("retry.initial-delay", "500ms", Origin.DEFAULT), new EffectiveSetting("order.mapping", "", Origin.DEFAULT),
            new EffectiveSetting("multisafepay.api-key", "***", Origin.ENVIRONMENT),
                new EffectiveSetting("management.token", "***", Origin.FILE),
            new EffectiveSetting("multisafepay.api-key-file", "***", Origin.ENVIRONMENT),
                new EffectiveSetting("LOG_FORMAT", "json", Origin.ENVIRONMENT),
            new EffectiveSetting("order.redirect-url", "https://***@shop.example.com/back?***", Origin.FILE),
            new EffectiveSetting("delivery.concurrency", "(not valid)", Origin.ENVIRONMENT),
            new EffectiveSetting("camel.component.kafka.sasl-mechanism", "PLAIN", Origin.FILE),
            new EffectiveSetting("camel.component.kafka.sasl-jaas-config", "***", Origin.FILE),
            new EffectiveSetting("camel.component.kafka.ssl-truststore-password", "***", Origin.ENVIRONMENT),
            new EffectiveSetting("camel.component.https.proxy-auth-password", "***", Origin.SYSTEM_PROPERTY));
        assertThat(shown.values().toString()).doesNotContain("key-4", "token-of", "t0k3n", "pw-1", "pem-key-2", "pw-3", "pw-5", "pw-6",
            "secret-7",
            "no-such-file");
    }
}
