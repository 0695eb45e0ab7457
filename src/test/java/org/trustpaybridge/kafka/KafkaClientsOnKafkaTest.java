package org.trustpaybridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.EmbeddedBroker;

/** Commands reach a broker that asks for a password with the settings of Camel's Kafka component, and say what is wrong if they cannot. */
class KafkaClientsOnKafkaTest {

    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start_a_broker_that_asks_for_a_password() {
        broker = EmbeddedBroker.started(BrokerSettings.defaults()
            .with("listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
            .with("sasl.enabled.mechanisms", "PLAIN").with("sasl.mechanism.inter.broker.protocol", "PLAIN")
            .with("listener.name.client.plain.sasl.jaas.config", MODULE
                + "username=\"admin\" password=\"a\" user_admin=\"a\" user_bridge=\"b-secret\";"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void admin_producer_and_consumer_use_the_settings_of_camels_component() throws Exception {
        try (KafkaClients clients = new KafkaClients(settings("b-secret")); Admin admin = clients.admin();
             Producer<byte[], byte[]> producer = clients.producer(); Consumer<byte[], byte[]> consumer = clients.reader()) {
            admin.createTopics(List.of(new NewTopic("clients", 1, (short) 1))).all().get(10, TimeUnit.SECONDS);

            producer.send(new ProducerRecord<>("clients", "key".getBytes(UTF_8), "value".getBytes(UTF_8))).get(10, TimeUnit.SECONDS);

            consumer.assign(List.of(new TopicPartition("clients", 0)));
            List<String> read = new ArrayList<>();
            Awaitility.await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> read.add(new String(each.value(), UTF_8)));
                return !read.isEmpty();
            });
            assertThat(read).containsExactly("value");
        }
    }

    @Test
    void a_wrong_password_is_told_without_the_password() {
        try (KafkaClients clients = new KafkaClients(settings("wrong-one")); Admin admin = clients.admin()) {
            assertThatThrownBy(() -> admin.listTopics().names().get(15, TimeUnit.SECONDS)).satisfies(failure ->
                assertThat(KafkaFailure.inWords(failure, clients.brokers())).contains("does not let this client in",
                    broker.bootstrapServers())
                    .doesNotContain("wrong-one"));
        }
    }

    @ParameterizedTest
    @CsvSource({"sasl-jaas-confg, very hidden, camel.component.kafka.saslJaasConfg", "max-poll-interval-ms, 0, max.poll.interval.ms",
        "sasl-jaas-config, very {{hidden, camel.component.kafka.sasl-jaas-config",
        "sasl-jaas-config, {{very-hidden}}, camel.component.kafka.sasl-jaas-config",
        "sasl-jaas-config, org.apache.kafka.common.security.plain.PlainLoginModule required password=\"a\"hidden\"; , expected the class",
        "sasl-jaas-config, org.apache.kafka.common.security.plain.PlainLoginModule hidden password=\"a\"; , expected the class",
        "sasl-jaas-config, com.example.NoLoginModule required password=\"hidden\"; , there is no class com.example.NoLoginModule",
        "sasl-jaas-config, hidden required password=\"a\"; , there is no class of this name",
        "security-protocol, sasl_plaintext, expected one of",
        "group-instance-id, not a name, Group instance id", "additional-properties[acks], 1, the routes set [acks]",
        "additional-properties[enable.auto.commit], true, the routes set [enable.auto.commit]",
        "isolation-level, read_uncommitted, 'isolation-level: expected read_committed'",
        "isolationLevel, READ_COMMITTED, 'isolation-level: expected read_committed'",
        "additional-properties[isolation.level], read_uncommitted, the routes set [isolation.level]"})
    void a_setting_that_camel_or_kafka_does_not_take_is_told_without_secrets(String name, String value, String told) {
        Map<String, String> settings = settings("b-secret");
        settings.put("camel.component.kafka." + name, value);

        assertThatThrownBy(() -> new KafkaClients(settings)).isInstanceOf(KafkaException.class)
            .hasMessageContaining(told).hasMessageNotContainingAny("hidden", "b-secret");
    }

    private static Map<String, String> settings(String password) {
        return new HashMap<>(Map.of("kafka.brokers", broker.bootstrapServers(),
            "camel.component.kafka.security-protocol", "SASL_PLAINTEXT",
            "camel.component.kafka.sasl-mechanism", "PLAIN",
            "camel.component.kafka.sasl-jaas-config", MODULE + "username=\"bridge\" password=\"" + password + "\";"));
    }
}
