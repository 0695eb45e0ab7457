package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.Test;
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
        Settings settings = settings(page);

        try (KafkaClients clients = new KafkaClients(settings.properties())) {
            assertThat(clients.brokers()).isEqualTo(settings.properties().get("kafka.brokers"));
        }
    }

    /** The jar of that login is no part of the bridge, and of its tests. */
    @Test
    void the_example_for_msk_is_taken_as_far_as_its_login_which_is_said_to_belong_into_lib_ext() throws Exception {
        Settings settings = settings("msk");

        assertThatThrownBy(() -> new KafkaClients(settings.properties())).isInstanceOf(InvalidConfigurationException.class)
            .hasMessageContaining("there is no class software.amazon.msk.auth.iam.IAMLoginModule.")
            .hasMessageContaining("put the jar that has it into the folder lib/ext", "aws-msk-iam-auth");
    }

    private Settings settings(String page) throws Exception {
        Matcher found = SETTINGS.matcher(Files.readString(Path.of("docs/kafka", page + ".md")));
        assertThat(found.find()).isTrue();
        Files.writeString(folder.resolve("kafka-password"), "password");
        Files.writeString(folder.resolve("multisafepay-api-key"), "key");
        Path file = Files.writeString(folder.resolve("application.properties"), found.group(1).replace("/run/secrets", folder.toString()));

        return new SettingsLoader(Map.of(), new Properties()).load(Optional.of(file));
    }
}
