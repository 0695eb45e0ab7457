package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.ReceivedRecord;

/** An operator at work: dead letters that a real bridge made, until their orders have payment URLs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadLetterSessionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path README = Path.of("README.md");
    private static final Pattern SESSION = Pattern.compile("(?s)<!-- dead-letters session[^\\n]*-->\\n```\\n(.*?)```\\n<!-- end -->");

    @TempDir
    static Path folder;
    private static WireRig rig;
    private static Path config;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of("RETRY_UNCLEAR_ATTEMPTS", "5", "RETRY_GIVE_UP_AFTER", "1s"));
        config = CommandRun.config(folder.resolve("session.properties"), Map.of("KAFKA_BROKERS", rig.broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    /** Runs first, on topics that nobody has used. {@code -Ddocs.update=true} writes the session into README.md. */
    @Test
    @Order(1)
    void the_readme_shows_a_session_as_it_is() throws Exception {
        // Given
        fault("9999=100%");
        for (String id : List.of("A-1001", "A-1002", "A-1003")) {
            deadLetterFor(id, Events.order(id));
        }
        fault("1002=100%");
        deadLetterFor("A-1004", Events.order("A-1004"));
        fault("none");
        deadLetterFor("A-1005", Events.order("A-1005").replace("1000", "\"10.00\"").replace("CZK", "Kč"));
        rig.publish("A-1006", Events.order("A-1006"));
        rig.kafka.awaitRecord(WireRig.OUT, "A-1006");
        deadLetterFor("A-1006", Events.order("A-1006", 2500));
        rig.publish("A-1003", Events.order("A-1003"));
        rig.kafka.awaitRecord(WireRig.OUT, "A-1003");

        // When
        StringBuilder session = new StringBuilder();
        List<CommandRun> runs = new ArrayList<>();
        for (String command : List.of("list", "show A-1001", "replay --reason PROVIDER_UNCLEAR",
            "replay --reason PROVIDER_UNCLEAR --execute", "list --open")) {
            CommandRun run = run(command.split(" "));
            runs.add(run);
            session.append("$ trustpay-bridge dead-letters ").append(command).append('\n').append(run.out()).append('\n');
        }

        // Then
        rig.kafka.awaitRecord(WireRig.OUT, "A-1001");
        rig.kafka.awaitRecord(WireRig.OUT, "A-1002");
        assertThat(runs).extracting(CommandRun::code).containsOnly(0);
        assertThat(runs).extracting(CommandRun::err).containsOnly("");
        assertThat(runs).flatExtracting(CommandRun::lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(session.toString()).doesNotContain(Events.PERSONAL, "n0t1fy", WireRig.API_KEY);
        compareWithReadme(session.toString().stripTrailing() + "\n");
    }

    private static void compareWithReadme(String session) throws IOException {
        String readme = Files.readString(README);
        Matcher shown = SESSION.matcher(readme);
        assertThat(shown.find()).as("README.md has a place for the session").isTrue();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(README, readme.substring(0, shown.start(1)) + session + readme.substring(shown.end(1)));
            return;
        }
        assertThat(normal(shown.group(1))).as("run this test with -Ddocs.update=true to write the session anew").isEqualTo(normal(session));
    }

    /** What differs from run to run. */
    private static String normal(String session) {
        return session.replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?Z)?", "TIME")
            .replaceAll("\\b\\d@\\d+", "P@O");
    }

    @Test
    @Order(2)
    void an_order_that_fails_again_is_replayed_again_and_its_count_goes_up() throws Exception {
        // Given
        fault("9999=100%");
        deadLetterFor("again-1", Events.order("again-1"), header("x-shop", "7"), header("traceparent", "00-1"));

        // When
        CommandRun first = run("replay", "--order-id", "again-1", "--execute");
        ReceivedRecord failedAgain = rig.kafka.awaitRecord(WireRig.DEAD,
            letter -> "again-1".equals(letter.key()) && letter.header("bridge-replays").isPresent(), PATIENCE);
        fault("none");
        CommandRun second = run("replay", "--order-id", "again-1", "--execute", "--json");
        rig.kafka.awaitRecord(WireRig.OUT, "again-1");
        CommandRun third = run("replay", "--order-id", "again-1", "--execute");

        // Then
        assertThat(first.out()).contains("Replayed 1 of 1.");
        assertThat(failedAgain.header("bridge-replays")).contains("1");
        assertThat(failedAgain.headers("bridge-error-code")).containsExactly("PROVIDER_UNCLEAR");
        assertThat(JSON.readTree(second.out()).path("replayed").asInt()).isEqualTo(1);
        assertThat(JSON.readTree(second.out()).path("left_out")).isEqualTo(JSON.readTree("{\"replayed\":1}"));
        assertThat(third.out()).contains("2 left out: replayed before", "Nothing to replay.");
        List<ReceivedRecord> inbound = rig.kafka.readAll(WireRig.IN).stream().filter(each -> "again-1".equals(each.key())).toList();
        assertThat(inbound).extracting(each -> each.header("bridge-replays").orElse("-")).containsExactly("-", "1", "2");
        assertThat(inbound).extracting(ReceivedRecord::partition).containsOnly(inbound.get(0).partition());
        assertThat(inbound).extracting(ReceivedRecord::value).containsOnly(Events.order("again-1"));
        assertThat(inbound.get(2).headerNames()).containsExactly("x-shop", "traceparent", "bridge-replay-of", "bridge-replays");
    }

    @Test
    @Order(3)
    void json_is_for_machines_and_tells_nothing_of_the_customer() throws Exception {
        // Given
        deadLetterFor("json-1", Events.order("json-1").replace("1000", "-1"));

        // When
        CommandRun list = run("list", "--json", "--order-id", "json-1");
        CommandRun show = run("show", "json-1", "--json");
        CommandRun revealed = run("show", "json-1", "--reveal");

        // Then
        JsonNode letter = JSON.readTree(list.out());
        assertThat(letter.path("reason").asText()).isEqualTo("INVALID_EVENT");
        assertThat(letter.path("detail").path("violations").path(0).path("field").asText()).isEqualTo("amount");
        assertThat(letter.path("source").path("topic").asText()).isEqualTo(WireRig.IN);
        assertThat(JSON.readTree(show.out()).path("value_shown").asText()).contains("\"amount\": -1");
        assertThat(list.out() + show.out()).doesNotContain(Events.PERSONAL, "n0t1fy");
        assertThat(revealed.out()).contains(Events.PERSONAL);
    }

    @Test
    @Order(4)
    void an_order_that_was_given_up_succeeds_once_the_fault_is_gone() throws Exception {
        // Given
        String id = "given-up-1";
        fault("503=100%");
        rig.publish(id, Events.order(id));
        whileOthersSucceed(() -> letters(id) == 1);
        assertThat(run("list", "--reason", "gave_up", "--open").out()).contains(id + ": HTTP 503");

        // When
        fault("none");
        CommandRun replay = run("replay", "--order-id", id, "--execute");
        rig.kafka.awaitRecord(WireRig.OUT, id);

        // Then
        assertThat(replay.out()).contains("Replayed 1 of 1.");
        assertThat(run("list", "--order-id", id, "--open").out()).startsWith("No open dead letters");
    }

    /** Whoever may write to the topic may have written a secret into a letter, as versions of the bridge before this one did. */
    @Test
    @Order(5)
    void a_secret_that_stands_in_a_dead_letter_is_not_shown() throws Exception {
        // Given
        Path withKey = CommandRun.config(folder.resolve("with-key.properties"), Map.of("KAFKA_BROKERS", rig.broker.bootstrapServers(),
            "MULTISAFEPAY_API_KEY", WireRig.API_KEY));
        rig.kafka.publish(WireRig.DEAD, "old-1", Events.order("old-1"), header("bridge-order-id", "old-1"),
            header("bridge-error-code", "PROVIDER_REJECTED"), header("__connect.errors.exception.message", "Refused " + WireRig.API_KEY),
            header("bridge-error-detail", "{\"provider_error_info\":\"key " + WireRig.API_KEY + " is wrong\"}"));

        for (String command : List.of("show old-1", "show old-1 --json", "list --order-id old-1", "list --order-id old-1 --json")) {
            // When
            CommandRun run = CommandRun.of(withKey, ("dead-letters " + command).split(" "));

            // Then
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("key *** is wrong").doesNotContain(WireRig.API_KEY);
        }
    }

    /** An order is given up only while others get through: here those that ask for an answer of their own, which no fault by lot meets. */
    private static void whileOthersSucceed(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(150)).until(() -> {
            String other = "sim-gzip-" + System.nanoTime();
            rig.publish(other, Events.order(other));
            return condition.call();
        });
    }

    private static int letters(String id) {
        return (int) rig.kafka.readAll(WireRig.DEAD).stream().filter(each -> id.equals(each.key())).count();
    }

    private static CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        return CommandRun.of(config, all.toArray(String[]::new));
    }

    private static void deadLetterFor(String orderId, String event, org.apache.kafka.common.header.Header... headers) {
        rig.publish(orderId, event, headers);
        rig.kafka.awaitRecord(WireRig.DEAD, orderId);
    }

    private static void fault(String plan) throws IOException, InterruptedException {
        URI control = rig.simulator.baseUri().resolve("/simulator/faults");
        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(control).PUT(HttpRequest.BodyPublishers.ofString(plan)).build(),
            HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
}
