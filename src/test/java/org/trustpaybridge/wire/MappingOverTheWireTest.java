package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Events of another shape become payments by a mapping, which can hold up nobody. */
class MappingOverTheWireTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PROGRAM = """
        select(.method == "trustpay")
        | if .loop then last(range(1e12)) else . end
        | . as $o
        | ($o.totalAmount | minor_units($o.currency)) as $amount
        | {order_id: $o.orderId, currency: $o.currency, amount: $amount, description: "Order of \\($headers.tenant // "nobody")",
           customer: {email: $o.customer.emailAddress, locale: "cs_CZ"}, var1: $key}
        """;
    @TempDir
    private static Path folder;
    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        Path program = Files.writeString(folder.resolve("shop.jq"), PROGRAM);
        rig = new WireRig(Map.of("ORDER_MAPPING", program.toString(), "ORDER_NOTIFICATION_URL", "https://shop.example.com/n",
            "ORDER_REDIRECT_URL", "https://shop.example.com/r?o={order_id}", "ORDER_CANCEL_URL", "https://shop.example.com/c"));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void a_foreign_event_becomes_a_payment() throws Exception {
        rig.publish("m-1", event("m-1", "\"10.00\"", "trustpay"), header("tenant", "cz"));

        assertThat(rig.kafka.awaitRecord(WireRig.OUT, "m-1").value()).contains("\"amount\":1000");
        JsonNode posted = JSON.readTree(rig.simulator.lastRequest("m-1").orElseThrow().body());
        assertThat(posted.path("description").asText()).isEqualTo("Order of cz");
        assertThat(posted.path("var1").asText()).isEqualTo("m-1");
        assertThat(posted.at("/payment_options/redirect_url").asText()).isEqualTo("https://shop.example.com/r?o=m-1");
    }

    @Test
    void send_publishes_a_foreign_event_under_the_id_that_the_mapping_gives_it_and_tells_what_came_of_it() throws Exception {
        String config = Files.writeString(folder.resolve("application.properties"), String.join("\n",
            "kafka.brokers=" + rig.broker.bootstrapServers(), "order.mapping=" + folder.resolve("shop.jq"), "")).toString();
        String paid = Files.writeString(folder.resolve("paid.json"), event("m-sent", "\"10.00\"", "trustpay")).toString();
        String card = Files.writeString(folder.resolve("card.json"), event("m-other", "\"10.00\"", "card")).toString();

        CommandRun sent = CommandRun.of("send", paid, "--wait", "--config", config);
        CommandRun skipped = CommandRun.of("send", card, "--wait", "--config", config);
        CommandRun unwaited = CommandRun.of("send", card, "--config", config);

        assertThat(sent.code()).as(sent.out() + sent.err()).isZero();
        assertThat(sent.out()).contains("Published order m-sent as ", "/connect/");
        assertThat(rig.kafka.awaitRecord(WireRig.IN, "m-sent").value()).contains("totalAmount");
        assertThat(skipped.code()).isEqualTo(1);
        assertThat(skipped.out()).contains("Skipped: order.mapping says that it is not for TrustPay.").doesNotContain("repeat");
        assertThat(unwaited.code()).isZero();
        assertThat(unwaited.err()).contains("order.mapping skips this event: nothing will come of it.");
    }

    @Test
    void an_event_that_is_not_for_trustpay_is_skipped_counted_and_committed() throws Exception {
        double before = skipped();

        rig.publish("m-card", event("m-card", "\"10.00\"", "card"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(skipped()).isEqualTo(before + 1));
        await().atMost(PATIENCE).until(() -> Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_partition_lag_records") == 0);
        assertThat(rig.simulator.orderPosts("m-card")).isZero();
        assertThat(rig.get("/status")).contains("\"skipped\":");
        assertThat(rig.kafka.readAll(WireRig.DEAD)).noneMatch(letter -> "m-card".equals(letter.key()));
    }

    @Test
    void a_mapping_that_fails_on_an_event_makes_a_dead_letter_that_says_where_and_no_value() throws Exception {
        rig.publish("m-bad", event("m-bad", "\"1 234,50\"", "trustpay"));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "m-bad");
        assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
        JsonNode violation = JSON.readTree(letter.header("bridge-error-detail").orElseThrow()).at("/violations/0");
        assertThat(violation.path("field").asText()).isEqualTo("totalAmount");
        assertThat(violation.path("problem").asText()).contains("no plain decimal number", "shop.jq line 4", "at $o.totalAmount")
            .doesNotContain("1 234");
        assertThat(letter.value()).isEqualTo(event("m-bad", "\"1 234,50\"", "trustpay"));
    }

    @Test
    void what_is_wrong_with_the_result_is_told_as_such_with_its_order_id() throws Exception {
        rig.publish("m-mail", event("m-mail", "10", "trustpay").replace(Events.PERSONAL, "nobody"));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "m-mail");
        assertThat(letter.header("bridge-order-id")).contains("m-mail");
        assertThat(letter.header("bridge-error-detail").orElseThrow()).contains("customer.email", "in what shop.jq made");
    }

    @Test
    void a_program_without_end_costs_its_record_only() {
        for (int i = 0; i < 20; i++) {
            rig.publish("m-loop-" + i, event("m-loop-" + i, "10", "trustpay").replace("{\"order", "{\"loop\":true,\"order"));
        }
        rig.publish("m-after", event("m-after", "10", "trustpay"));

        rig.kafka.awaitRecord(WireRig.OUT, "m-after");
        for (int i = 0; i < 20; i++) {
            assertThat(rig.kafka.awaitRecord(WireRig.DEAD, "m-loop-" + i).header("bridge-error-detail").orElseThrow())
                .contains("more than");
        }
    }

    /** The id is known to the mapping alone, the keys differ: without a lane of their own both would be posted at once. */
    @Test
    void events_of_one_mapped_order_id_are_handled_one_after_the_other() {
        String id = "sim-503x1-mapped";

        for (int i = 0; i < 8; i++) {
            rig.publish("key-" + i, event(id, "10", "trustpay"));
        }

        rig.kafka.awaitRecord(WireRig.OUT, id);
        await().atMost(PATIENCE).until(() -> Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_in_flight_records") == 0);
        assertThat(rig.simulator.orderPosts(id)).isEqualTo(2);
        assertThat(rig.kafka.readAll(WireRig.OUT)).filteredOn(record -> id.equals(record.key())).hasSize(1);
    }

    private static double skipped() throws Exception {
        return Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_records_finished_total", "outcome", "skipped");
    }

    private static String event(String id, String amount, String method) {
        return """
            {"orderId":"%s","totalAmount":%s,"currency":"CZK","method":"%s","customer":{"emailAddress":"%s"}}"""
            .formatted(id, amount, method, Events.PERSONAL);
    }
}
