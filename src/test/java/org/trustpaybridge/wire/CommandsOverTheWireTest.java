package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** The commands beside a bridge that runs: they tell what comes of an order, and leave everything else alone. */
class CommandsOverTheWireTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;
    private static WireRig rig;
    private static String config;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of());
        config = Files.writeString(folder.resolve("application.properties"), String.join("\n",
            "kafka.brokers=" + rig.broker.bootstrapServers(), "multisafepay.base-url=" + rig.simulator.baseUri(),
            "multisafepay.api-key=" + WireRig.API_KEY, "management.port=" + rig.managementPort, "")).toString();
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void a_sample_is_published_under_its_order_id_and_its_payment_url_is_shown() throws Exception {
        CommandRun run = CommandRun.of("send", "--wait", "--json", "--config", config);

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode told = JSON.readTree(run.out());
        assertThat(told.path("outcome").asText()).isEqualTo("payment_url");
        assertThat(told.path("payment_url").asText()).startsWith("http://127.0.0.1:").contains("/connect/");
        assertThat(rig.kafka.awaitRecord(WireRig.IN, told.path("order_id").asText()).offset()).isEqualTo(told.path("offset").asLong());
    }

    @Test
    void what_cannot_be_read_behind_an_open_transaction_is_not_taken_for_a_repeat() throws Exception {
        try (TransactionalPublisher other = new TransactionalPublisher(rig.broker.bootstrapServers(), "other")) {
            other.begin();
            for (int partition = 0; partition < 3; partition++) {
                other.publish(WireRig.OUT, partition, "open", "{}");
            }

            CommandRun run = CommandRun.of("send", "--wait", "--json", "--config", config);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("cannot be read yet: a transaction of another program is open on payment-url-created-");
            other.abort();
        }
    }

    @Test
    void a_dead_letter_is_shown_with_code_reason_and_detail() {
        CommandRun run = CommandRun.of("send", "--order-id", "sim-1001-send", "--wait", "--config", config);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Published order sim-1001-send as order-created-", "Dead letter order-created.dlq-",
            "PROVIDER_REJECTED", "\"provider_error_code\" : 1001");
    }

    @Test
    void a_repeat_is_told_with_the_earlier_payment_url() throws Exception {
        Path event = Files.writeString(folder.resolve("repeat.json"), Events.order("send-twice"));
        CommandRun first = CommandRun.of("send", event.toString(), "--wait", "--json", "--config", config);

        CommandRun second = CommandRun.of("send", event.toString(), "--wait", "--json", "--config", config);

        assertThat(second.code()).isEqualTo(1);
        JsonNode told = JSON.readTree(second.out());
        assertThat(told.path("outcome").asText()).isEqualTo("repeat");
        assertThat(told.path("earlier_payment_url").asText()).isEqualTo(JSON.readTree(first.out()).path("payment_url").asText());
        assertThat(rig.simulator.orderPosts("send-twice")).isEqualTo(1);
    }

    @Test
    void a_record_that_was_skipped_for_its_own_dead_letter_is_not_told_to_have_a_payment_url() throws Exception {
        rig.broker.createTopic("skipped-in", 1);
        Path event = Files.writeString(folder.resolve("skipped.json"), Events.order("send-skipped"));
        String skips = Files.writeString(folder.resolve("skips.properties"), Files.readString(Path.of(config))
            + "topic.order-created=skipped-in\nkafka.group-id=skips\n").toString();
        RecordMetadata letter = rig.kafka.publish(WireRig.DEAD, "send-skipped", Events.order("send-skipped"),
            KafkaProbe.header("__connect.errors.topic", "skipped-in"), KafkaProbe.header("__connect.errors.partition", "0"),
            KafkaProbe.header("__connect.errors.offset", "0"));
        try (Admin admin = rig.broker.admin()) {
            admin.alterConsumerGroupOffsets("skips", Map.of(new TopicPartition("skipped-in", 0), new OffsetAndMetadata(2))).all()
                .get(10, TimeUnit.SECONDS);
        }

        CommandRun first = CommandRun.of("send", event.toString(), "--wait", "--config", skips);
        CommandRun second = CommandRun.of("send", event.toString(), "--wait", "--config", skips);

        assertThat(first.code()).isEqualTo(1);
        assertThat(first.out()).contains("this record's dead letter exists:", "  order-created.dlq-" + letter.partition() + "@"
            + letter.offset()).doesNotContain("payment URL");
        assertThat(second.out()).contains("published nothing", "or the dead letter of this record").doesNotContain("order-created.dlq");
    }

    @Test
    void without_a_bridge_the_wait_ends_and_says_so() throws Exception {
        rig.broker.createTopic("alone-in", 1);
        String alone = Files.writeString(folder.resolve("alone.properties"), Files.readString(Path.of(config))
            + "topic.order-created=alone-in\nkafka.group-id=nobody\n").toString();

        CommandRun run = CommandRun.of("send", "--wait=1s", "--config", alone);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Nothing came of it yet");
        assertThat(rig.kafka.readAll("alone-in")).hasSize(1);
    }

    @Test
    void a_topic_that_does_not_exist_is_told_and_not_created() throws Exception {
        String missing = Files.writeString(folder.resolve("missing.properties"), Files.readString(Path.of(config))
            + "topic.order-created=not-there\n").toString();

        CommandRun send = CommandRun.of("send", "--config", missing);
        CommandRun map = CommandRun.of("map", "--from-topic", "3", "--config", missing);

        assertThat(send.code()).isEqualTo(1);
        assertThat(send.err() + map.err()).contains("Kafka knows no such topic: not-there").doesNotContain("\tat ");
        try (Admin admin = rig.broker.admin()) {
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS)).doesNotContain("not-there");
        }
    }

    @Test
    void the_newest_records_of_the_topic_are_mapped_with_what_is_personal_hidden_and_without_a_group() throws Exception {
        rig.broker.createTopic("tail-in", 3);
        String tail = Files.writeString(folder.resolve("tail.properties"), Files.readString(Path.of(config))
            + "topic.order-created=tail-in\n").toString();
        Instant began = Instant.now();
        for (int i = 0; i < 7; i++) {
            rig.kafka.publishAt(began.plusMillis(i), "tail-in", utf8("tail-" + i), utf8(Events.order("tail-" + i)));
        }
        rig.kafka.publishAt(began.plusMillis(7), "tail-in", utf8("tail-bad"), utf8("{\"order_id\":\"tail-bad\"}"));
        List<String> groups = groups();

        CommandRun masked = CommandRun.of("map", "--from-topic", "4", "--json", "--config", tail);
        CommandRun revealed = CommandRun.of("map", "--from-topic", "4", "--reveal", "--config", tail);

        assertThat(masked.code()).isEqualTo(1);
        assertThat(masked.out().lines().map(CommandsOverTheWireTest::orderId)).containsExactlyInAnyOrder("tail-4", "tail-5", "tail-6",
            "tail-bad");
        assertThat(masked.out()).doesNotContain("jana.novakova").doesNotContain("n0t1fy").contains("\"***");
        assertThat(revealed.out()).contains("jana.novakova");
        assertThat(groups()).isEqualTo(groups);
    }

    @Test
    void a_candidate_mapping_shows_how_many_of_the_newest_records_would_change() throws Exception {
        rig.broker.createTopic("mapped-in", 1);
        String now = Files.writeString(folder.resolve("now.jq"),
            "{order_id: .order_id, currency, amount, description, customer, payment_options}")
            .toString();
        String then = Files.writeString(folder.resolve("then.jq"), """
            select(.order_id != "mapped-3") | {order_id, currency,
              amount: (if .amount > 1000 then .amount + 1 else .amount end), description,
             customer: (.customer | if $key == "mapped-4" then del(.email) else . end), payment_options}""").toString();
        String settings = Files.writeString(folder.resolve("mapped.properties"), Files.readString(Path.of(config))
            + "topic.order-created=mapped-in\norder.mapping=" + now + "\n").toString();
        for (int i = 0; i < 5; i++) {
            rig.kafka.publish("mapped-in", "mapped-" + i, Events.order("mapped-" + i, i == 2 ? 2000 : 1000));
        }

        CommandRun changed = CommandRun.of("map", "--from-topic", "10", "--mapping", then, "--config", settings);
        CommandRun same = CommandRun.of("map", "--from-topic", "10", "--mapping", now, "--config", settings);
        CommandRun shown = CommandRun.of("map", "--from-topic", "10", "--config", settings);

        assertThat(changed.code()).as(changed.err()).isEqualTo(1);
        assertThat(changed.out()).contains("5 events: 3 would change, 2 would not").containsPattern("amount +now +2000\n +then +2001")
            .containsPattern("outcome +now +an order\n +then +skipped").contains("customer.email missing").doesNotContain("jana");
        assertThat(same.code()).isZero();
        assertThat(same.out()).contains("5 events: 0 would change, 5 would not");
        assertThat(shown.out()).contains("the mapping makes this of it", "\"***").doesNotContain("jana").doesNotContain("n0t1fy");
    }

    @Test
    void a_check_beside_a_running_bridge_finds_no_problem_and_shows_no_secret() throws Exception {
        CommandRun run = CommandRun.of("check", "--json", "--config", config, "--routes", "routes");

        assertThat(run.code()).as(run.out()).isZero();
        JsonNode checks = JSON.readTree(run.out()).path("checks");
        assertThat(checks.findValuesAsText("check")).contains("settings", "routes", "Kafka", "topic order-created",
            "rights on topic payment-url-created", "group trustpay-bridge", "retention of payment-url-created", "provider", "API key",
                "TrustPay",
            "clock", "management port");
        assertThat(run.out()).doesNotContain(WireRig.API_KEY);
    }

    private static String orderId(String line) {
        try {
            return JSON.readTree(line).path("order_id").asText();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> groups() throws Exception {
        try (Admin admin = rig.broker.admin()) {
            return admin.listConsumerGroups().all().get(10, TimeUnit.SECONDS).stream().map(each -> each.groupId()).sorted().toList();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
