package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.TestCertificate;
import org.trustpaybridge.testkit.TokenEndpoint;

/**
 * Each way to log in to a broker that docs/kafka and docs/settings.md name, apart from SCRAM ({@link SecuredKafkaTest}): tokens of an
 * identity provider (OAUTHBEARER), user and password in the clear over TLS (PLAIN), and nothing but a client's certificate.
 */
class LoginsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CLIENT = "shop-bridge";
    private static final String SECRET = "token-client-secret-8e41";
    private static final String PASSWORD = "plain-login-password-3b7d";
    private static final String MISSING = "trustpay_bridge_condition{condition=\"KAFKA_TOKEN_MISSING\"} ";
    private static final String OLD_SECRET = "an-older-client-secret-5c2a";
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int OAUTH = 0;
    private static final int PLAIN = 1;
    private static final int MTLS = 2;

    @TempDir
    private static Path folder;
    private static TestCertificate certificate;
    private static TokenEndpoint endpoint;
    private static Path secret;
    private static List<Integer> ports;
    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge.kafka")).setLevel(Level.INFO);
        certificate = TestCertificate.in(folder);
        endpoint = TokenEndpoint.of(certificate, CLIENT, SECRET);
        secret = Files.writeString(folder.resolve("client-secret"), SECRET + "\n");
        ports = FreePorts.pick(3);
        rig = new WireRig(broker(), login(MTLS, "SSL"));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        endpoint.close();
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge.kafka")).setLevel(null);
    }

    @Test
    void orders_flow_from_token_to_token_wait_while_there_is_none_and_go_on_by_themselves_once_there_is_one() throws Exception {
        endpoint.lifetime(SHORT);
        with(byToken("clientSecretFile=\"" + secret + "\""));
        int before = endpoint.asked();
        for (int n = 0; endpoint.asked() - before < 2; n++) {
            flows("refreshed-" + n);
            assertThat(rig.simulator.orderPosts("refreshed-" + n)).isEqualTo(1);
        }
        try (Logged logged = new Logged()) {
            endpoint.answer(503, "{\"error\":\"{secret}\"}");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("DOWN", "No token for Kafka can be had",
                "The token endpoint fails (HTTP 503): 127.0.0.1:"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("Waiting for Kafka"));
            rig.publish("without", Events.order("without"));
            assertThat(rig.get("/observe/metrics")).contains(MISSING + "1.0");

            endpoint.lifetime(LONG);
            endpoint.answerAsUsual();

            rig.kafka.awaitRecord(WireRig.OUT, "without");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).startsWith("{\"status\":\"UP\""));
            assertThat(rig.get("/observe/metrics")).contains(MISSING + "0.0");
            assertThat(rig.simulator.orderPosts("without")).isEqualTo(1);
            assertThat(logged.with(LogEvent.KAFKA_TOKEN_MISSING.code(), "HTTP 503")).hasSize(1);
            assertThat(logged.with(LogEvent.KAFKA_TOKEN_BACK.code())).hasSize(1);
            assertClean(logged.all());
            assertClean(SecretsTest.jmx(Set.of("org.apache.camel", "kafka.consumer", "kafka.producer", "kafka.admin.client",
                "org.trustpaybridge")));
            assertClean(List.of(health(), rig.get("/observe/metrics"), rig.get("/status")));
        }
    }

    @AfterEach
    void put_right() throws Exception {
        endpoint.start();
        endpoint.answerAsUsual();
        Files.writeString(secret, SECRET + "\n");
    }

    @Test
    void a_bridge_that_starts_before_its_endpoint_and_with_an_old_secret_waits_for_both() throws Exception {
        rig.stopBridge();
        endpoint.lifetime(LONG);
        endpoint.stop();
        Files.writeString(secret, OLD_SECRET);
        try (Logged logged = new Logged()) {
            rig.set(byToken("clientSecretFile=\"" + secret + "\""));
            rig.startBridge();
            rig.publish("early", Events.order("early"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("DOWN", "Waiting for Kafka",
                "Nothing listens at the token endpoint: 127.0.0.1:", "No token for Kafka can be had"));
            endpoint.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("DOWN",
                "The token endpoint refuses this client (HTTP 401, invalid_client): 127.0.0.1:"));

            Files.writeString(secret, SECRET + "\n");

            rig.kafka.awaitRecord(WireRig.OUT, "early");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).startsWith("{\"status\":\"UP\""));
            assertThat(logged.with(LogEvent.KAFKA_TOKEN_MISSING.code())).hasSize(2);
            assertClean(logged.all());
        }
    }

    @Test
    void check_says_in_one_line_why_there_is_no_token() throws Exception {
        endpoint.answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"{id} has another secret than {secret}\"}");

        CommandRun run = check(byToken("clientSecret=\"" + SECRET + "\""));

        assertThat(run.code()).isEqualTo(1);
        assertThat(told(run)).contains("Kafka problem No login at Kafka is possible: the token endpoint refuses this client (HTTP 401,"
            + " invalid_client)")
            .doesNotContain(SECRET, " at org.");
    }

    @Test
    void user_and_password_in_the_clear_over_tls_are_enough() throws Exception {
        Map<String, String> settings = login(PLAIN, "SASL_SSL");
        settings.put("camel.component.kafka.sasl-mechanism", "PLAIN");
        settings.put("camel.component.kafka.sasl-jaas-config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
            + CLIENT + "\" passwordFile=\"" + Files.writeString(folder.resolve("password"), PASSWORD) + "\";");

        with(settings);

        flows("plain");
        assertThat(told(check(settings))).contains("1 broker");
        settings.put("camel.component.kafka.sasl-jaas-config", settings.get("camel.component.kafka.sasl-jaas-config")
            .replace(CLIENT, "stranger"));
        assertThat(told(check(settings))).contains("does not let this client in").doesNotContain(PASSWORD);
    }

    @Test
    void a_clients_certificate_alone_is_enough() throws Exception {
        Map<String, String> settings = login(MTLS, "SSL");
        assertThat(told(check(settings))).contains("does not let this client in");
        settings.putAll(Map.of("camel.component.kafka.ssl-keystore-location", certificate.keyStore().toString(),
            "camel.component.kafka.ssl-keystore-type", "PKCS12", "camel.component.kafka.ssl-keystore-password", TestCertificate.PASSWORD,
            "camel.component.kafka.ssl-key-password", TestCertificate.PASSWORD));

        with(settings);

        flows("mtls");
        assertThat(told(check(settings))).contains("1 broker");
    }

    private static CommandRun check(Map<String, String> login) throws Exception {
        Properties lines = new Properties();
        login.forEach((name, value) -> lines.setProperty(name.equals("KAFKA_BROKERS") ? "kafka.brokers" : name, value));
        lines.setProperty("multisafepay.api-key", WireRig.API_KEY);
        lines.setProperty("multisafepay.base-url", rig.simulator.baseUri().toString());
        Path file = folder.resolve("check.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            lines.store(out, null);
        }
        return CommandRun.of(file, "check");
    }

    /** The table folds its lines. */
    private static String told(CommandRun run) {
        return run.out().replaceAll("\\s+", " ").replace("sasl. oauthbearer", "sasl.oauthbearer");
    }

    private static String health() throws Exception {
        return rig.get("/observe/health").replace("\\/", "/");
    }

    private static void assertClean(List<String> lines) {
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(SECRET, OLD_SECRET, endpoint.issued(), "{\"error"));
    }

    private static void with(Map<String, String> login) throws Exception {
        rig.stopBridge();
        rig.set(login);
        rig.startBridge();
    }

    private static void flows(String order) {
        rig.publish(order, Events.order(order));
        rig.kafka.awaitRecord(WireRig.OUT, order);
    }

    private static Map<String, String> byToken(String secretOption) {
        Map<String, String> settings = login(OAUTH, "SASL_SSL");
        settings.put("camel.component.kafka.sasl-mechanism", "OAUTHBEARER");
        settings.put("camel.component.kafka.additional-properties[sasl.oauthbearer.token.endpoint.url]", endpoint.url());
        settings.put("camel.component.kafka.sasl-jaas-config", tokenLogin(secretOption));
        return settings;
    }

    private static String tokenLogin(String secretOption) {
        return "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"" + CLIENT + "\" " + secretOption
            + " scope=\"orders\" ssl.truststore.location=\"" + certificate.trustStore() + "\" ssl.truststore.password=\""
            + TestCertificate.PASSWORD + "\" ssl.truststore.type=\"PKCS12\";";
    }

    private static Map<String, String> login(int listener, String protocol) {
        return new HashMap<>(Map.of("KAFKA_BROKERS", "127.0.0.1:" + ports.get(listener),
            "camel.component.kafka.security-protocol", protocol,
            "camel.component.kafka.ssl-truststore-location", certificate.trustStore().toString(),
            "camel.component.kafka.ssl-truststore-type", "PKCS12",
            "camel.component.kafka.ssl-truststore-password", TestCertificate.PASSWORD));
    }

    private static BrokerSettings broker() throws Exception {
        return BrokerSettings.defaults()
            .withListener("OAUTH", ports.get(OAUTH), "SASL_SSL")
            .withListener("PLAIN", ports.get(PLAIN), "SASL_SSL")
            .withListener("MTLS", ports.get(MTLS), "SSL")
            .with("ssl.keystore.location", certificate.keyStore().toString())
            .with("ssl.keystore.type", "PKCS12")
            .with("ssl.keystore.password", TestCertificate.PASSWORD)
            .with("ssl.truststore.location", certificate.trustStore().toString())
            .with("ssl.truststore.type", "PKCS12")
            .with("ssl.truststore.password", TestCertificate.PASSWORD)
            .with("listener.name.mtls.ssl.client.auth", "required")
            .with("listener.name.plain.sasl.enabled.mechanisms", "PLAIN")
            .with("listener.name.plain.plain.sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required user_"
                + CLIENT + "=\"" + PASSWORD + "\";")
            .with("listener.name.oauth.sasl.enabled.mechanisms", "OAUTHBEARER")
            .with("listener.name.oauth.oauthbearer.connections.max.reauth.ms", "2000")
            .with("listener.name.oauth.oauthbearer.sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;")
            .with("listener.name.oauth.oauthbearer.sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler")
            .with("listener.name.oauth.sasl.oauthbearer.jwks.endpoint.url", endpoint.keysIn(folder).toUri().toString())
            .with("listener.name.oauth.sasl.oauthbearer.expected.audience", TokenEndpoint.AUDIENCE)
            .with("listener.name.oauth.sasl.oauthbearer.clock.skew.seconds", "1");
    }
}
