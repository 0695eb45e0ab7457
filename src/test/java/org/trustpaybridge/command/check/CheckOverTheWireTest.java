package org.trustpaybridge.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.simulator.Simulator;
import org.trustpaybridge.simulator.SimulatorOptions;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.TestCertificate;

/** Everything that would keep orders from becoming payments is told beforehand, at once, and nothing is changed by asking. */
class CheckOverTheWireTest {

    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
    private static final String KEY = "check-test-key-44aa";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedBroker broker;
    private static Simulator simulator;

    @TempDir
    private Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();

    @BeforeAll
    static void start_a_broker_that_grants_only_some_rights() throws Exception {
        broker = EmbeddedBroker.started(BrokerSettings.defaults()
            .with("listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
            .with("sasl.enabled.mechanisms", "PLAIN").with("sasl.mechanism.inter.broker.protocol", "PLAIN")
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("super.users", "User:admin;User:ANONYMOUS")
            .with("listener.name.client.plain.sasl.jaas.config", MODULE
                + "username=\"admin\" password=\"a\" user_admin=\"a\" user_bridge=\"b\";"));
        simulator = Simulator.start(SimulatorOptions.defaults().withApiKey(KEY));
        try (KafkaClients clients = new KafkaClients(kafka("admin", "a")); Admin admin = clients.admin()) {
            admin.createTopics(List.of(topic("in", Map.of("max.message.bytes", "2000000")),
                topic("out", Map.of("retention.ms", "3600000")),
                topic("out-good", Map.of("retention.ms", "1209600000", "message.timestamp.before.max.ms", "4000")),
                topic("dead", Map.of()))).all().get(20, TimeUnit.SECONDS);
            admin.createAcls(List.of(
                allow(ResourceType.TOPIC, "in", AclOperation.READ), allow(ResourceType.TOPIC, "in", AclOperation.DESCRIBE_CONFIGS),
                allow(ResourceType.TOPIC, "out", AclOperation.ALL), allow(ResourceType.TOPIC, "out-good", AclOperation.ALL),
                allow(ResourceType.TOPIC, "dead", AclOperation.DESCRIBE), allow(ResourceType.TOPIC, "dead", AclOperation.DESCRIBE_CONFIGS),
                allow(ResourceType.GROUP, "granted", AclOperation.READ))).all().get(20, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() {
        simulator.close();
        broker.close();
    }

    @BeforeEach
    void everything_as_the_bridge_would_have_it() {
        simulator.faults(FaultPlan.NONE);
        settings.putAll(kafka("bridge", "b"));
        settings.put("kafka.group-id", "granted");
        settings.put("topic.order-created", "in");
        settings.put("topic.payment-url-created", "out-good");
        settings.put("topic.dead-letter", "dead");
        settings.put("multisafepay.base-url", simulator.baseUri().toString());
        settings.put("multisafepay.api-key", KEY);
        settings.put("management.port", "0");
    }

    @Test
    void short_retention_missing_topics_and_missing_rights_are_told_at_once_with_what_to_do() throws Exception {
        settings.put("topic.payment-url-created", "out");
        settings.put("topic.dead-letter", "dead");

        Map<String, JsonNode> found = check(1);

        assertThat(result(found, "retention of out")).isEqualTo("problem");
        assertThat(found.get("retention of out").path("advice").asText()).contains("--entity-name out --add-config retention.ms=");
        assertThat(result(found, "time limit of out")).isEqualTo("warning");
        assertThat(result(found, "time limit of dead")).isEqualTo("warning");
        assertThat(result(found, "rights on topic in")).isEqualTo("ok");
        assertThat(result(found, "rights on topic dead")).isEqualTo("problem");
        assertThat(found.get("rights on topic dead").path("found").asText()).isEqualTo("READ and WRITE are missing");
        assertThat(result(found, "room in dead")).isEqualTo("warning");
        assertThat(result(found, "proof in out")).isEqualTo("warning");
        assertThat(found.get("proof in out").path("advice").asText()).contains("--entity-name out --add-config retention.ms=1296000000");
        assertThat(result(found, "offsets of the group")).isEqualTo("skipped");
        assertThat(result(found, "rights on group granted")).isEqualTo("ok");
        assertThat(result(found, "routes")).isEqualTo("ok");
        assertThat(result(found, "TrustPay")).isEqualTo("ok");
    }

    @Test
    void a_topic_that_is_not_there_is_told_with_the_command_that_creates_it_and_is_not_created() throws Exception {
        settings.putAll(kafka("admin", "a"));
        settings.put("topic.dead-letter", "not.there");

        Map<String, JsonNode> found = check(1);

        assertThat(found.get("topic not.there").path("found").asText()).isEqualTo("does not exist");
        assertThat(found.get("topic not.there").path("advice").asText()).contains("--create --topic not.there", "before.max.ms=4000");
        assertThat(result(found, "rights on topic not.there")).isEqualTo("skipped");
        assertThat(result(found, "time limit of out-good")).isEqualTo("ok");
        assertThat(found.get("offsets of the group").path("found").asText()).isEqualTo("kept for 7 days after the last bridge stopped");
        try (KafkaClients clients = new KafkaClients(kafka("admin", "a")); Admin admin = clients.admin()) {
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS)).containsExactlyInAnyOrder("in", "out", "out-good", "dead");
        }
    }

    @Test
    void a_key_that_the_provider_says_back_is_not_shown() throws Exception {
        simulator.faults(FaultPlan.parse("1032-echo=100%"));

        Map<String, JsonNode> found = check(1);

        assertThat(found.get("API key").path("found").asText()).isEqualTo("refused (code 1032: *** {\"api_key\":\"***\"} ***== *** ***)");
    }

    @Test
    void how_order_ids_are_sent_is_a_note_and_no_problem() throws Exception {
        settings.put("topic.dead-letter", "not.there");
        JsonNode integers = check(1).get("order ids");
        settings.put("order.id-type", "string");
        JsonNode strings = check(1).get("order ids");

        assertThat(integers.path("result").asText()).isEqualTo("ok");
        assertThat(integers.path("advice").asText()).contains("422", "order.id-type=string");
        assertThat(strings.path("result").asText()).isEqualTo("ok");
        assertThat(strings.path("advice").asText()).isEmpty();
    }

    @Test
    void a_group_that_may_not_be_used_is_a_problem() throws Exception {
        settings.put("kafka.group-id", "denied");

        assertThat(result(check(1), "group denied")).isEqualTo("problem");
    }

    @Test
    void a_wrong_password_and_a_broker_that_is_not_there_are_told_and_the_provider_is_asked_all_the_same() throws Exception {
        settings.putAll(kafka("bridge", "wrong-password"));
        Map<String, JsonNode> refused = check(1);

        assertThat(refused.get("Kafka").path("found").asText()).contains("does not let this client in").doesNotContain("wrong-password");
        assertThat(result(refused, "API key")).isEqualTo("ok");
    }

    @Test
    void a_refused_key_an_inactive_gateway_and_a_wrong_clock_are_told_apart() throws Exception {
        settings.put("multisafepay.api-key", "another-key");
        assertThat(found(check(1), "API key")).contains("refused (code 1032");

        settings.put("multisafepay.api-key", KEY);
        simulator.faults(FaultPlan.parse("1023=100%"));
        Map<String, JsonNode> inactive = check(1);
        assertThat(result(inactive, "API key")).isEqualTo("ok");
        assertThat(found(inactive, "TrustPay")).contains("not active for this site (code 1023");

        simulator.faults(FaultPlan.parse("clock-ahead=100%"));
        Map<String, JsonNode> skewed = check(1);
        assertThat(result(skewed, "clock")).isEqualTo("problem");
        assertThat(found(skewed, "clock")).contains("behind the provider's");
        assertThat(result(skewed, "TrustPay")).isEqualTo("ok");

        simulator.faults(FaultPlan.parse("503=100%"));
        assertThat(found(check(1), "API key")).contains("cannot answer at the moment (HTTP 503");
    }

    @Test
    void a_provider_that_is_not_there_and_an_address_that_is_not_the_api_are_told() throws Exception {
        settings.put("multisafepay.base-url", "http://127.0.0.1:1/v1/json");
        assertThat(found(check(1), "provider")).contains("127.0.0.1:1 cannot be connected to");

        settings.put("multisafepay.base-url", simulator.baseUri().toString().replace("/v1/json", "/v2"));
        assertThat(found(check(1), "provider")).contains("HTTP 404, and not as MultiSafepay's API does");

        settings.put("multisafepay.base-url", simulator.baseUri().toString());
        simulator.faults(FaultPlan.parse("301=100%"));
        assertThat(found(check(1), "provider")).contains("redirects elsewhere (HTTP 301)");

        settings.put("multisafepay.base-url", simulator.baseUri().toString().replace("http:", "https:"));
        assertThat(found(check(1), "provider")).contains("TLS with 127.0.0.1");
    }

    @Test
    void the_provider_is_asked_as_run_asks_it_through_the_same_proxy_and_with_the_same_trust() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        try (RawServer proxy = RawServer.start(talk -> proxied(talk)); RawServer tls = RawServer.on(certificate.listener(),
            talk -> proxied(talk))) {
            settings.put("multisafepay.base-url", "https://127.0.0.1:" + tls.port() + "/v1/json");
            assertThat(found(check(1), "provider")).contains("TLS with 127.0.0.1:" + tls.port() + " fails");

            settings.put("camel.ssl.enabled", "true");
            settings.put("camel.ssl.trust-store", "file:" + certificate.trustStore());
            settings.put("camel.ssl.trust-store-password", TestCertificate.PASSWORD);
            settings.put("camel.component.https.use-global-ssl-context-parameters", "true");
            Map<String, JsonNode> trusted = check(1);
            assertThat(found(trusted, "provider")).contains("answers in", "TLSv1.");
            assertThat(result(trusted, "TrustPay")).isEqualTo("ok");

            settings.remove("camel.component.https.use-global-ssl-context-parameters");
            settings.put("multisafepay.base-url", "http://provider.invalid/v1/json");
            assertThat(found(check(1), "provider")).isEqualTo("provider.invalid cannot be resolved");
            settings.put("camel.component.http.proxy-host", "127.0.0.1");
            settings.put("camel.component.http.proxy-port", Integer.toString(proxy.port()));
            assertThat(result(check(1), "TrustPay")).isEqualTo("ok");

            settings.keySet().removeIf(key -> key.startsWith("camel.component.http."));
            settings.put("multisafepay.base-url", "https://provider.invalid/v1/json");
            settings.put("camel.component.https.proxy-host", "127.0.0.1");
            settings.put("camel.component.https.proxy-port", Integer.toString(proxy.port()));
            settings.put("camel.component.https.proxy-auth-scheme", "http");
            assertThat(found(check(1), "provider")).contains("the proxy http://127.0.0.1:" + proxy.port(),
                "refuses the way there (HTTP 403)");
        }
    }

    private static void proxied(RawServer.Talk talk) throws IOException {
        RawServer.Request request = talk.request();
        if (request.line().startsWith("CONNECT")) {
            talk.say("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        } else {
            talk.answer(200, "{\"success\":true,\"data\":{\"id\":\"TRUSTPAY\"}}");
        }
    }

    @Test
    void an_answer_that_run_would_cut_is_cut_and_told() throws Exception {
        settings.put("multisafepay.response-timeout", "1s");
        Map<String, RawServer.Script> answers = new LinkedHashMap<>();
        answers.put("does not answer in time", talk -> talk.say("HTTP/1.1 200 OK\r\n").drip("X-A: b\r\n"));
        answers.put("does not answer in HTTP", talk -> talk.say("HTTP/1.1 000\r\n\r\n").awaitClosed());
        answers.put("not answer in HTTP as", talk -> talk.say("HTTP/1.1 200 OK\r\n").flood("X-A: b\r\n"));
        answers.put("broke", talk -> talk.request());
        for (Map.Entry<String, RawServer.Script> answer : answers.entrySet()) {
            try (RawServer server = RawServer.start(answer.getValue())) {
                settings.put("multisafepay.base-url", "http://127.0.0.1:" + server.port() + "/v1/json");

                assertThat(found(check(1), "provider")).contains(answer.getKey());
            }
        }
    }

    @Test
    void problems_of_the_configuration_alone_end_with_2_and_all_of_them_are_told() throws Exception {
        settings.put("topic.orders-created", "x");
        settings.put("retry.max-delay", "soon");

        CommandRun run = run();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("topic.orders-created", "Did you mean topic.order-created?", "retry.max-delay", "skipped");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
    }

    @Test
    void a_route_that_camel_cannot_read_is_told_with_its_file() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("broken.camel.yaml"),
            "- route:\n    id: broken\n    from:\n      uri: direct:a\n      nosuchthing: 1\n");

        CommandRun run = CommandRun.of("check", "--json", "--config", config().toString(), "--routes", routes.toString());

        assertThat(JSON.readTree(run.out()).path("checks").get(1).path("result").asText()).isEqualTo("problem");
        assertThat(JSON.readTree(run.out()).path("checks").get(1).path("found").asText()).contains("nosuchthing");
    }

    private Map<String, JsonNode> check(int exitCode) throws IOException {
        CommandRun run = CommandRun.of("check", "--json", "--config", config().toString(), "--routes", "routes");
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(exitCode);
        assertThat(run.out()).doesNotContain(KEY).doesNotContain("another-key");
        Map<String, JsonNode> found = new LinkedHashMap<>();
        JSON.readTree(run.out()).path("checks").forEach(check -> found.put(check.path("check").asText(), check));
        return found;
    }

    private CommandRun run() throws IOException {
        return CommandRun.of("check", "--config", config().toString(), "--routes", "routes");
    }

    private Path config() throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        return Files.writeString(folder.resolve("application.properties"), text);
    }

    private static String result(Map<String, JsonNode> found, String check) {
        return found.get(check).path("result").asText();
    }

    private static String found(Map<String, JsonNode> found, String check) {
        return found.get(check).path("found").asText();
    }

    private static Map<String, String> kafka(String user, String password) {
        return Map.of("kafka.brokers", broker.bootstrapServers(), "camel.component.kafka.security-protocol", "SASL_PLAINTEXT",
            "camel.component.kafka.sasl-mechanism", "PLAIN",
            "camel.component.kafka.sasl-jaas-config", MODULE + "username=\"" + user + "\" password=\"" + password + "\";");
    }

    private static NewTopic topic(String name, Map<String, String> configs) {
        return new NewTopic(name, Optional.of(2), Optional.empty()).configs(configs);
    }

    private static AclBinding allow(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
            new AccessControlEntry("User:bridge", "*", operation, AclPermissionType.ALLOW));
    }
}
