package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.ForwardProxy;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.JavaLaunch;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.TestCertificate;
import org.trustpaybridge.testkit.Topics;

/** The packaged program behind a proxy that asks for a login, with a provider whose certificate only a private authority knows. */
class ProxyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "proxy-it-p@ss:word-93";
    private static final String KEY = "proxy-it-key-7d5e";

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaProbe kafka;
    private static TestCertificate certificate;
    private static RawServer provider;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        kafka = new KafkaProbe(broker.bootstrapServers());
        certificate = TestCertificate.in(folder);
        provider = RawServer.on(certificate.listener(), talk -> {
            while (true) {
                RawServer.Request request = talk.request();
                assertThat(request.headers()).doesNotContainKey("proxy-authorization");
                talk.answer(200, request.line().startsWith("GET ") ? "{\"success\":true,\"data\":{\"id\":\"TRUSTPAY\"}}"
                    : HostileProvider.created(HostileProvider.orderId(request)));
            }
        });
    }

    @AfterAll
    static void stop() {
        provider.close();
        kafka.close();
        broker.close();
    }

    @Test
    @Tag("chaos")
    void a_refused_login_and_a_proxy_that_is_away_are_outages_that_name_it_and_orders_flow_once_it_lets_them_through() throws Exception {
        // Given
        Topics topics = Topics.named("proxied").createOn(broker, 1);
        try (ForwardProxy proxy = ForwardProxy.asking("bridge:another-password")) {
            Map<String, String> environment = environment(topics);
            environment.putAll(Map.of("MULTISAFEPAY_PROXY", "http://127.0.0.1:" + proxy.port(), "MULTISAFEPAY_PROXY_USER", "bridge",
                "MULTISAFEPAY_PROXY_PASSWORD_FILE", Files.writeString(folder.resolve("password"), PASSWORD + "\n").toString()));
            try (BridgeProcess bridge = BridgeProcess.start(trusting(BridgeProcess.command("run")).environment(environment),
                FreePorts.one())) {
                // When
                for (int i = 0; i < 20; i++) {
                    kafka.publish(topics.in(), "p-" + i, new String(OrderEvents.order("p-" + i, 1000), StandardCharsets.UTF_8));
                }

                // Then
                awaitCondition(bridge, "the proxy does not take the login", proxy);
                assertThat(checked(environment, 1)).contains("the proxy http://127.0.0.1:" + proxy.port(),
                    "does not take the login (HTTP 407)");
                assertThat(proxy.refusals()).as("a proxy that is asked too often locks the user out").isLessThan(200);
                proxy.ask("bridge:" + PASSWORD);
                kafka.awaitRecord(topics.out(), "p-0");
                kafka.awaitRecord(topics.out(), "p-19");
                assertThat(proxy.tunnels()).isPositive();

                proxy.stop();
                for (int i = 0; i < 6; i++) {
                    kafka.publish(topics.in(), "q-" + i, new String(OrderEvents.order("q-" + i, 1000), StandardCharsets.UTF_8));
                }
                awaitCondition(bridge, "no connection to the proxy", proxy);
                assertThat(checked(environment, 1)).contains("the proxy http://127.0.0.1:" + proxy.port(), "cannot be connected to");
                proxy.startAgain();
                kafka.awaitRecord(topics.out(), "q-5");
                assertThat(kafka.readAll(topics.dead())).isEmpty();
                assertThat(Stream.concat(bridge.process().standardOutput().stream(), bridge.process().standardError().stream()))
                    .noneMatch(line -> line.contains(PASSWORD) || line.contains(KEY)).anyMatch(line -> line.contains("PROXY_LOGIN_REFUSED"))
                    .anyMatch(line -> line.contains("PROXY_UNREACHABLE"));
            }
        }
    }

    @Test
    void the_proxy_of_the_environment_and_of_java_is_gone_through_unless_an_exception_names_the_provider() throws Exception {
        Topics topics = Topics.named("proxied-otherwise").createOn(broker, 1);
        try (ForwardProxy proxy = ForwardProxy.asking("bridge:" + PASSWORD)) {
            Map<String, String> environment = environment(topics);
            environment.put("HTTPS_PROXY", "http://bridge:proxy-it-p%40ss%3Aword-93@127.0.0.1:" + proxy.port());
            assertThat(checked(environment, 0)).contains("through the proxy http://127.0.0.1:" + proxy.port());
            int before = proxy.tunnels();
            environment.put("NO_PROXY", "localhost,127.0.0.1");
            assertThat(checked(environment, 0)).doesNotContain("through the proxy");
            assertThat(proxy.tunnels()).isEqualTo(before);

            proxy.ask(null);
            assertThat(checked(environment(topics), 0, "-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + proxy.port()))
                .contains("through the proxy http://127.0.0.1:" + proxy.port());
            assertThat(proxy.tunnels()).isGreaterThan(before);
        }
    }

    private static Map<String, String> environment(Topics topics) {
        Map<String, String> environment = new HashMap<>(topics.settings());
        environment.putAll(Map.of("KAFKA_BROKERS", broker.bootstrapServers(), "MULTISAFEPAY_BASE_URL", "https://127.0.0.1:"
            + provider.port() + "/v1/json",
            "MULTISAFEPAY_API_KEY", KEY, "RETRY_MAX_DELAY", "2s", "CAMEL_COMPONENT_HTTPS_USE_GLOBAL_SSL_CONTEXT_PARAMETERS", "true"));
        return environment;
    }

    private static JavaLaunch trusting(JavaLaunch launch) {
        return launch.jvmOption("-Dcamel.ssl.enabled=true").jvmOption("-Dcamel.ssl.trust-store=file:" + certificate.trustStore())
            .jvmOption("-Dcamel.ssl.trust-store-password=" + TestCertificate.PASSWORD);
    }

    private static void awaitCondition(BridgeProcess bridge, String words, ForwardProxy proxy) {
        Awaitility.await(words).atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
            bridge.get("/observe/health").replace("\\/", "/")).contains("The provider cannot be reached: " + words,
                "It is the proxy http://127.0.0.1:" + proxy.port(), "neither MultiSafepay nor the account").doesNotContain(PASSWORD));
    }

    /** What {@code check} says, with nothing about the topics, whose settings are not those of a shop. */
    private static String checked(Map<String, String> environment, int least, String... jvmOptions) throws IOException {
        JavaLaunch launch = trusting(BridgeProcess.command("check", "--json")).environment(environment).environment("MANAGEMENT_PORT", "0");
        for (String option : jvmOptions) {
            launch = launch.jvmOption(option);
        }
        try (JavaProcess check = launch.start()) {
            assertThat(check.awaitExit(PATIENCE)).isGreaterThanOrEqualTo(least);
            List<String> said = check.standardOutput();
            assertThat(said).noneMatch(line -> line.contains(PASSWORD) || line.contains("p%40ss") || line.contains(KEY));
            return String.join("\n", said);
        }
    }
}
