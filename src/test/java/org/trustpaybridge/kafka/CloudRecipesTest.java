package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsLoader;

/** The settings in docs/kafka are complete, and both the bridge and Kafka's client take them. */
class CloudRecipesTest {

    private static final Pattern SETTINGS = Pattern.compile("(?s)```properties\n(.*?)```");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"confluent-cloud", "redpanda", "aiven", "oauth", "event-hubs"})
    void the_example_of_each_page_is_taken(String page) throws Exception {
        Matcher found = SETTINGS.matcher(Files.readString(Path.of("docs/kafka", page + ".md")));
        assertThat(found.find()).isTrue();
        Files.writeString(folder.resolve("kafka-password"), "password");
        Files.writeString(folder.resolve("multisafepay-api-key"), "key");
        Path file = Files.writeString(folder.resolve("application.properties"), found.group(1).replace("/run/secrets", folder.toString()));

        Settings settings = new SettingsLoader(Map.of(), new Properties()).load(Optional.of(file));

        try (KafkaClients clients = new KafkaClients(settings.properties())) {
            assertThat(clients.brokers()).isEqualTo(settings.properties().get("kafka.brokers"));
        }
    }
}
