package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.simulator.Simulator;
import org.trustpaybridge.simulator.SimulatorOptions;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.TcpForwarder;
import org.trustpaybridge.testkit.TestCertificate;

/** Key, token, password and certificates on both sides are exchanged under a running bridge. */
class SecretRotationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OLD_KEY = "rotating-key-old-71c0";
    private static final String NEW_KEY = "rotating-key-new-9d2e";
    private static final String OLD_TOKEN = "rotating-token-old-44aa";
    private static final String NEW_TOKEN = "rotating-token-new-55bb";
    private static final String OLD_PASSWORD = "rotating-password-old-6c";
    private static final String NEW_PASSWORD = "rotating-password-new-7d";

    @TempDir
    private static Path folder;
    private static Path key;
    private static Path token;
    private static Path password;
    private static TestCertificate brokers;
    private static TestCertificate ours;
    private static TestCertificate next;
    private static Simulator before;
    private static Simulator after;
    private static TcpForwarder way;
    private static WireRig rig;
    private static final Logged LOG = new Logged();

    @BeforeAll
    static void start() throws Exception {
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge.secrets")).setLevel(Level.INFO);
        key = Files.writeString(folder.resolve("key"), OLD_KEY + "\n");
        token = Files.writeString(folder.resolve("token"), OLD_TOKEN + "\n");
        password = Files.writeString(folder.resolve("password"), OLD_PASSWORD + "\n");
        brokers = copy(TestCertificate.in(folder), "brokers");
        ours = copy(brokers, "ours");
        next = TestCertificate.in(Files.createDirectory(folder.resolve("next")));
        before = simulator(OLD_KEY);
        after = simulator(NEW_KEY);
        way = new TcpForwarder(before.baseUri().getPort());
        int port = FreePorts.one();
        Map<String, String> settings = new HashMap<>(Map.of("KAFKA_BROKERS", "127.0.0.1:" + port, "MULTISAFEPAY_API_KEY", "",
            "MULTISAFEPAY_API_KEY_FILE", key.toString(), "MANAGEMENT_TOKEN_FILE", token.toString(),
            "MULTISAFEPAY_BASE_URL", "http://" + way.address() + before.baseUri().getPath()));
        Map.of("security-protocol", "SASL_SSL", "sasl-mechanism", "SCRAM-SHA-512",
            "sasl-jaas-config", "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"bridge\" passwordFile=\""
                + password + "\";",
            "ssl-keystore-location", ours.keyStore().toString(), "ssl-keystore-type", "PKCS12",
            "ssl-keystore-password", TestCertificate.PASSWORD, "ssl-key-password", TestCertificate.PASSWORD,
            "ssl-truststore-location", ours.trustStore().toString(), "ssl-truststore-type", "PKCS12",
            "ssl-truststore-password", TestCertificate.PASSWORD).forEach((name, value) -> settings.put("camel.component.kafka." + name,
                value));
        rig = new WireRig(secured(port), settings);
        setPassword(OLD_PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        way.close();
        before.close();
        after.close();
        LOG.close();
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge.secrets")).setLevel(null);
    }

    @Test
    void a_new_api_key_is_used_without_a_restart_and_no_order_is_lost_though_the_old_one_was_refused_first() throws Exception {
        flows("key-before");
        way.leadTo(after.baseUri().getPort());
        IntStream.range(0, 20).forEach(n -> rig.publish("key-" + n, Events.order("key-" + n)));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("DOWN", "refuses this account"));

        Files.writeString(key, NEW_KEY + "\n");

        IntStream.range(0, 20).forEach(n -> rig.kafka.awaitRecord(WireRig.OUT, "key-" + n));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).startsWith("{\"status\":\"UP\""));
        assertThat(rig.kafka.readAll(WireRig.DEAD)).isEmpty();
        assertThat(LOG.with(LogEvent.SECRET_CHANGED.code(), "multisafepay.api-key-file")).isNotEmpty();
        assertThat(LOG.all()).noneMatch(line -> line.contains(OLD_KEY) || line.contains(NEW_KEY));
        way.leadTo(before.baseUri().getPort());
        Files.writeString(key, OLD_KEY + "\n");
        flows("key-back");
    }

    @Test
    void certificates_and_password_of_kafka_are_exchanged_on_both_sides_without_a_restart_of_the_bridge() throws Exception {
        flows("kafka-before");
        exchange(next, brokers);
        setPassword(NEW_PASSWORD);
        rig.broker.stop();
        rig.broker.start();
        rig.publish("kafka-during", Events.order("kafka-during"));
        rig.publish("kafka-poison", "no order");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("DOWN"));

        exchange(next, ours);
        Files.writeString(password, NEW_PASSWORD);

        rig.kafka.awaitRecord(WireRig.OUT, "kafka-during");
        rig.kafka.awaitRecord(WireRig.DEAD, "kafka-poison");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).startsWith("{\"status\":\"UP\""));
        assertThat(before.orderPosts("kafka-during")).isEqualTo(1);
        assertThat(LOG.with(LogEvent.SECRET_CHANGED.code(), "passwordFile")).hasSize(1);
        assertThat(LOG.with(LogEvent.SECRET_CHANGED.code(), "ssl-keystore-location")).isNotEmpty();
        assertThat(LOG.all()).noneMatch(line -> line.contains(OLD_PASSWORD) || line.contains(NEW_PASSWORD));
    }

    @Test
    void a_file_of_no_use_is_told_of_while_it_is_so_and_the_old_secret_is_used_on() throws Exception {
        byte[] store = Files.readAllBytes(ours.trustStore());
        Files.write(key, new byte[0]);
        Files.writeString(ours.trustStore(), "no store");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("DOWN", "A secret cannot be read again",
            "multisafepay.api-key-file is empty", "ssl-truststore-location cannot be used"));

        flows("spoilt");
        assertThat(scrape()).contains("trustpay_bridge_condition{condition=\"SECRET_UNREADABLE\"} 1.0");
        assertThat(LOG.with(LogEvent.SECRET_UNREADABLE.code(), "multisafepay.api-key-file")).hasSize(1);
        Files.writeString(key, OLD_KEY);
        Files.write(ours.trustStore(), store);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).startsWith("{\"status\":\"UP\""));
        assertThat(scrape()).contains("trustpay_bridge_condition{condition=\"SECRET_UNREADABLE\"} 0.0");
        assertThat(LOG.with(LogEvent.SECRET_READABLE.code(), "multisafepay.api-key-file")).hasSize(1);
    }

    @Test
    void a_new_management_token_is_taken_at_once_and_the_old_one_no_more() throws Exception {
        Files.writeString(token, NEW_TOKEN);

        await().atMost(PATIENCE).until(() -> status(NEW_TOKEN) == 200);

        assertThat(status(OLD_TOKEN)).isEqualTo(401);
        Files.writeString(token, OLD_TOKEN);
        await().atMost(PATIENCE).until(() -> status(OLD_TOKEN) == 200);
    }

    private static int status(String bearer) throws Exception {
        return rig.answer("/status", "Authorization", "Bearer " + bearer).statusCode();
    }

    private static String health() throws Exception {
        return rig.answer("/observe/health", "Authorization", "Bearer " + OLD_TOKEN).body();
    }

    private static String scrape() throws Exception {
        return rig.answer("/observe/metrics", "Authorization", "Bearer " + OLD_TOKEN).body();
    }

    private static BrokerSettings secured(int port) {
        return BrokerSettings.defaults().withSecure(port, brokers)
            .with("listener.name.secure.ssl.client.auth", "required")
            .with("ssl.truststore.location", brokers.trustStore().toString())
            .with("ssl.truststore.type", "PKCS12")
            .with("ssl.truststore.password", TestCertificate.PASSWORD);
    }

    private static Simulator simulator(String apiKey) {
        return Simulator.start(SimulatorOptions.defaults().withPort(0).withApiKey(apiKey));
    }

    private static void setPassword(String value) throws Exception {
        try (Admin admin = rig.broker.admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("bridge",
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), value.getBytes(StandardCharsets.UTF_8)))).all()
                .get(10, TimeUnit.SECONDS);
        }
    }

    private static TestCertificate copy(TestCertificate from, String name) throws Exception {
        Path to = Files.createDirectory(folder.resolve(name));
        TestCertificate copied = new TestCertificate(to.resolve("keys.p12"), to.resolve("trust.p12"));
        exchange(from, copied);
        return copied;
    }

    private static void exchange(TestCertificate from, TestCertificate to) throws Exception {
        Files.copy(from.keyStore(), to.keyStore(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(from.trustStore(), to.trustStore(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void flows(String order) {
        rig.publish(order, Events.order(order));
        rig.kafka.awaitRecord(WireRig.OUT, order);
    }
}
