package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.EmbeddedBroker;

/** What {@code topics} says is missing or differs, it creates and alters, and then {@code check} has nothing against it. */
class TopicsCommandTest {

    @TempDir
    private static Path folder;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.started();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void missing_topics_are_told_with_their_commands_and_created_when_told_to() throws IOException {
        String config = config("fresh");

        CommandRun told = CommandRun.of("topics", "--config", config);
        CommandRun applied = CommandRun.of("topics", "--apply", "--config", config);
        CommandRun again = CommandRun.of("topics", "--config", config);

        assertThat(told.code()).as(told.err()).isEqualTo(1);
        assertThat(told.out()).contains("does not exist: 12 partitions, 1 replica",
            "--create --topic fresh-in --partitions 12 --replication-factor 1"
            + " --config retention.ms=1209600000", "--create --topic fresh-dlq --partitions 3", "message.timestamp.before.max.ms=4000",
            "max.message.bytes=1097740", "topics --apply does that, or:");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(again.code()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("All topics are there, with the settings that are needed.");
        assertThat(problems(config)).isEmpty();
    }

    @Test
    void settings_that_break_a_promise_are_told_with_the_reason_and_altered_when_told_to_and_others_are_left() throws Exception {
        broker.createTopic("old-in", 2, Map.of("cleanup.policy", "compact", "retention.ms", "2592000000", "max.message.bytes", "2000000"));
        broker.createTopic("old-out", 2, Map.of("retention.ms", "3600000", "message.timestamp.type", "LogAppendTime"));
        broker.createTopic("old-dlq", 1, Map.of("max.message.bytes", "20000", "retention.ms", "-1", "message.timestamp.before.max.ms",
            "10"));
        String config = config("old");

        CommandRun told = CommandRun.of("topics", "--config", config, "--json");
        CommandRun applied = CommandRun.of("topics", "--apply", "--config", config);
        CommandRun again = CommandRun.of("topics", "--config", config);

        assertThat(told.code()).isEqualTo(1);
        JsonNode document = new ObjectMapper().readTree(told.out());
        assertThat(document.path("missing")).isEmpty();
        assertThat(StreamSupport.stream(document.path("differences").spliterator(), false)
            .map(each -> each.path("topic").asText() + " " + each.path("setting").asText() + " " + each.path("is").asText() + " -> "
                + each.path("needed").asText())).containsExactlyInAnyOrder(
                "old-in cleanup.policy compact -> delete", "old-out retention.ms 3600000 -> 2592000000",
                "old-out message.timestamp.before.max.ms none -> 4000", "old-out message.timestamp.type LogAppendTime -> CreateTime",
                "old-dlq message.timestamp.before.max.ms 10 -> 4000", "old-dlq max.message.bytes 20000 -> 2049152");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("Created and altered as the table says.").contains("must prove what was done");
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(problems(config)).isEmpty();
    }

    @Test
    void rights_are_printed_as_commands_without_asking_kafka() throws IOException {
        String config = Files.writeString(folder.resolve("away.properties"), "kafka.brokers=localhost:1\nkafka.group-id=shop bridge\n")
            .toString();

        CommandRun run = CommandRun.of("topics", "--acls", "--principal", "User:CN=bridge", "--config", config);

        assertThat(run.code()).as(run.err()).isZero();
        String begin = "kafka-acls.sh --bootstrap-server localhost:1 --add --allow-principal User:CN=bridge";
        assertThat(run.out().lines()).containsExactly(begin + " --operation READ --topic order-created",
            begin + " --operation READ --operation WRITE --topic payment-url-created",
            begin + " --operation READ --operation WRITE --topic order-created.dlq", begin + " --operation READ --group 'shop bridge'",
            begin + " --operation READ --group 'shop bridge.acknowledged'");
    }

    @Test
    void a_broker_that_does_not_answer_and_contradicting_options_are_told() throws IOException {
        String config = Files.writeString(folder.resolve("wrong.properties"), "kafka.brokers=localhost:1\n").toString();

        CommandRun away = CommandRun.of("topics", "--config", config);

        assertThat(away.code()).isEqualTo(1);
        assertThat(away.err()).contains("localhost:1").doesNotContain("Exception");
        assertThat(CommandRun.of("topics", "--acls", "--apply", "--config", config).code()).isEqualTo(2);
        assertThat(CommandRun.of("topics", "--replicas", "0", "--config", config).code()).isEqualTo(2);
    }

    /** What check has against the topics. */
    private static String problems(String config) {
        StringBuilder problems = new StringBuilder();
        CommandRun.of("check", "--config", config).out().lines()
            .filter(line -> line.matches("(topic|retention|time limit|room).*") && (line.contains("problem") || line.contains("warning")))
            .forEach(line -> problems.append(line).append('\n'));
        return problems.toString();
    }

    private static String config(String prefix) throws IOException {
        return Files.writeString(folder.resolve(prefix + ".properties"), String.join("\n", "kafka.brokers=" + broker.bootstrapServers(),
            "kafka.group-id=" + prefix, "topic.order-created=" + prefix + "-in", "topic.payment-url-created=" + prefix + "-out",
            "topic.dead-letter=" + prefix + "-dlq", "multisafepay.base-url=http://localhost:1/v1/json", "multisafepay.api-key=k", ""))
                .toString();
    }
}
