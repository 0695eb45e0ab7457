package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.simulator.ReceivedRequest;
import org.trustpaybridge.testkit.ReceivedRecord;

class OrdersOverTheWireTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SAMPLE_EVENT = """
        {"order_id":"my-order-id-1","currency":"CZK","amount":1000,"description":"Test Order Description",
         "customer":{"email":"simonsmit@example.com","locale":"cs_CZ"},
         "payment_options":{"notification_url":"http://www.example.com/client/notification?type=notification",
           "redirect_url":"http://www.example.com/client/notification?type=redirect",
           "cancel_url":"http://www.example.com/client/notification?type=cancel","close_window":true}}""";
    private static final String SAMPLE_ORDER = """
        {"type":"redirect","order_id":"my-order-id-1","currency":"CZK","amount":1000,"gateway":"TRUSTPAY",
         "description":"Test Order Description","custom_info":{},
         "payment_options":{"notification_url":"http://www.example.com/client/notification?type=notification",
           "redirect_url":"http://www.example.com/client/notification?type=redirect",
           "cancel_url":"http://www.example.com/client/notification?type=cancel","close_window":true},
         "customer":{"email":"simonsmit@example.com","locale":"cs_CZ"}}""";

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void the_sample_event_is_posted_as_the_sample_order_and_nothing_more() throws Exception {
        rig.publish("my-order-id-1", SAMPLE_EVENT);

        rig.kafka.awaitRecord(WireRig.OUT, "my-order-id-1");

        ReceivedRequest request = rig.simulator.lastRequest("my-order-id-1").orElseThrow();
        assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree(SAMPLE_ORDER));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/json/orders");
        assertThat(headerNames(request)).containsExactlyInAnyOrder("api_key", "content-type", "accept", "user-agent", "accept-encoding",
            "content-length", "host", "connection");
        assertThat(request.header("api_key")).containsExactly(WireRig.API_KEY);
        assertThat(request.header("content-type")).containsExactly("application/json");
        assertThat(request.header("user-agent")).containsExactly("trustpay-bridge/test");
    }

    @Test
    void a_payment_url_is_published_with_the_headers_that_consumers_expect() throws Exception {
        rig.publish("wire-1", Events.order("wire-1"), header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            header("tracestate", "a=b"), header("correlation-id", "basket 7"), header("x-other", "stays behind"));

        ReceivedRecord published = rig.kafka.awaitRecord(WireRig.OUT, "wire-1");

        JsonNode value = JSON.readTree(published.value());
        assertThat(value.fieldNames()).toIterable().containsExactly("order_id", "payment_url", "session_id", "gateway", "currency",
            "amount", "created_at", "expires_at");
        assertThat(value.path("payment_url").asText()).startsWith(rig.simulator.publicUrl() + "/connect/").endsWith("/?lang=cs_CZ");
        assertThat(value.path("gateway").asText()).isEqualTo("TRUSTPAY");
        assertThat(value.path("amount").longValue()).isEqualTo(1000);
        Instant createdAt = Instant.parse(value.path("created_at").asText());
        assertThat(Instant.parse(value.path("expires_at").asText())).isEqualTo(createdAt.plus(Duration.ofDays(30)));
        ReceivedRecord source = rig.kafka.awaitRecord(WireRig.IN, "wire-1");
        assertThat(headersOf(published)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
            Map.entry("content-type", "application/json"), Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", "order-created-" + source.partition() + "-" + source.offset()),
            Map.entry("ce_source", "/trustpay-bridge"), Map.entry("ce_type", "trustpay.payment-url-created.v1"),
            Map.entry("ce_time", value.path("created_at").asText()), Map.entry("ce_subject", "wire-1"),
            Map.entry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), Map.entry("tracestate", "a=b"),
            Map.entry("correlation-id", "basket 7"), Map.entry("source-topic", "order-created"),
            Map.entry("source-partition", Integer.toString(source.partition())),
            Map.entry("source-offset", Long.toString(source.offset()))));
    }

    @Test
    void an_integer_id_of_minus_zero_is_no_repeat_of_zero() {
        rig.publish("zero", Events.order("0").replace("\"0\"", "0"));
        rig.publish("minus zero", Events.order("0").replace("\"0\"", "-0"));

        assertThat(rig.kafka.awaitRecord(WireRig.OUT, "0").value()).contains("\"order_id\":\"0\"");
        assertThat(rig.kafka.awaitRecord(WireRig.OUT, "-0").value()).contains("\"order_id\":\"-0\"");
    }

    @Test
    void an_integer_id_that_is_refused_for_its_type_is_told_with_the_setting_that_helps() throws Exception {
        rig.simulator.faults(FaultPlan.parse("422-id=100%"));

        rig.publish("integer", Events.order("4711").replace("\"4711\"", "4711"));
        rig.publish("string", Events.order("a-4711"));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "integer");
        rig.kafka.awaitRecord(WireRig.OUT, "a-4711");
        rig.simulator.faults(FaultPlan.NONE);
        assertThat(letter.header("bridge-error-code")).contains("PROVIDER_REJECTED");
        assertThat(letter.header("__connect.errors.exception.message"))
            .contains("The provider refused the order id, which was sent as an integer");
        JsonNode detail = JSON.readTree(letter.header("bridge-error-detail").orElseThrow());
        assertThat(detail.path("advice").asText()).isEqualTo("Set order.id-type=string, restart, and replay this dead letter");
        assertThat(detail.path("provider_error_info").asText()).contains("order_id");
    }

    @ParameterizedTest
    @CsvSource({"1001, 1001", "1002, 1002", "1008, 1008", "1016, 1016", "1024, 1024", "code-only, 1001", "dutch, 1001",
        "success-string, 1001", "400,", "422,"})
    void an_order_that_the_provider_refuses_becomes_a_dead_letter_at_once(String fault, Integer code) throws Exception {
        String id = "sim-" + fault + "-refused";

        rig.publish(id, Events.order(id));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, id);
        assertThat(letter.header("bridge-error-code")).contains("PROVIDER_REJECTED");
        JsonNode detail = JSON.readTree(letter.header("bridge-error-detail").orElseThrow());
        assertThat(detail.path("provider_error_code").isMissingNode() ? null : detail.path("provider_error_code").intValue())
            .isEqualTo(code);
        assertThat(letter.header("bridge-attempts")).contains("1");
        assertThat(letter.value()).isEqualTo(Events.order(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1006", "1006-200"})
    void an_order_id_that_was_used_before_becomes_a_dead_letter_of_its_own_kind(String fault) {
        String id = "sim-" + fault + "-used";

        rig.publish(id, Events.order(id));

        assertThat(rig.kafka.awaitRecord(WireRig.DEAD, id).header("bridge-error-code")).contains("ORDER_EXISTS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "500", "502", "504", "408", "425", "429", "429-date", "1021", "reset", "reset-after", "cut", "html",
        "empty", "not-json", "huge", "timeout", "slow", "close", "401", "1032-200", "403-message", "1023", "404", "405", "301"})
    void an_order_whose_call_fails_for_a_passing_reason_is_posted_again_until_it_succeeds(String fault) {
        String id = "sim-" + fault + "x1-later";

        rig.publish(id, Events.order(id));

        ReceivedRecord published = rig.kafka.awaitRecord(WireRig.OUT, id);
        assertThat(published.value()).contains("/connect/");
        assertThat(rig.simulator.orderPosts(id)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "1014", "1022", "9999", "4711", "no-url", "relative-url", "http-url", "other-order"})
    void answers_that_cannot_be_understood_are_asked_for_again_a_few_times_and_then_given_up(String fault) {
        String id = "sim-" + fault + "-unclear";

        rig.publish(id, Events.order(id));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, id);
        assertThat(letter.header("bridge-error-code")).contains("PROVIDER_UNCLEAR");
        assertThat(letter.header("bridge-attempts")).contains("2");
        assertThat(rig.simulator.orderPosts(id)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-session", "other-id-type", "gzip", "true-string"})
    void good_answers_come_in_several_shapes(String shape) {
        String id = "sim-" + shape + "-good";

        rig.publish(id, Events.order(id));

        assertThat(rig.kafka.awaitRecord(WireRig.OUT, id).value()).contains("\"payment_url\"");
    }

    @Test
    void an_event_with_several_mistakes_becomes_one_dead_letter_that_names_them_all() throws Exception {
        String event = Events.order("wire-wrong").replace("1000", "\"10.00\"").replace("\"cs_CZ\"", "\"czech\"").replace("CZK", "KCS");

        rig.publish("wire-wrong", event, header("basket", "7"), header("basket", "8"));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "wire-wrong");
        assertThat(letter.value()).isEqualTo(event);
        assertThat(letter.headers("basket")).containsExactly("7", "8");
        assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
        assertThat(letter.header("bridge-order-id")).contains("wire-wrong");
        assertThat(letter.header("bridge-attempts")).contains("0");
        assertThat(JSON.readTree(letter.header("bridge-error-detail").orElseThrow()).path("violations").findValuesAsText("field"))
            .containsExactlyInAnyOrder("amount", "customer.locale", "currency");
        assertThat(letter.header("__connect.errors.topic")).contains("order-created");
        assertThat(letter.header("__connect.errors.connector.name")).contains("trustpay-bridge");
        assertThat(letter.headerNames()).contains("__connect.errors.partition", "__connect.errors.offset", "__connect.errors.stage",
            "__connect.errors.class.name", "__connect.errors.exception.class.name", "__connect.errors.exception.message",
            "bridge-failed-at");
    }

    @Test
    void an_event_whose_optional_members_are_bad_becomes_a_payment_and_says_what_was_done() throws Exception {
        String event = Events.order("wire-repaired").replace("\"locale\":\"cs_CZ\"", """
            "locale":"cs","first_name":"%s","state":"Stredocesky kraj","birthday":"","ip_address":"203.0.113.7, 10.0.0.1",
            "phone":{},"house_number":12""".formatted("N".repeat(26)));

        rig.publish("wire-repaired", event);

        rig.kafka.awaitRecord(WireRig.OUT, "wire-repaired");
        JsonNode customer = JSON.readTree(rig.simulator.lastRequest("wire-repaired").orElseThrow().body()).path("customer");
        assertThat(customer.toString()).isEqualTo("{\"email\":\"" + Events.PERSONAL + "\",\"locale\":\"cs_CZ\",\"first_name\":\""
            + "N".repeat(25) + "\",\"house_number\":\"12\",\"state\":\"Stredo\",\"ip_address\":\"203.0.113.7\"}");
        assertThat(rig.get("/observe/metrics"))
            .contains("trustpay_bridge_repairs_total{field=\"customer.birthday\",repair=\"left-out\"} 1.0")
            .contains("trustpay_bridge_repairs_total{field=\"customer.locale\",repair=\"likely-region\"} 1.0");
    }

    @Test
    void a_dead_letter_that_is_replayed_and_fails_again_carries_its_reason_once() {
        rig.publish("wire-replay", "no order");
        ReceivedRecord first = rig.kafka.awaitRecord(WireRig.DEAD, "wire-replay");

        rig.kafka.publish(WireRig.IN, first.raw().key(), first.raw().value(), first.raw().headers().toArray());

        List<ReceivedRecord> letters = rig.kafka.awaitRecords(WireRig.DEAD, letter -> "wire-replay".equals(letter.key()), 2, PATIENCE);
        ReceivedRecord second = letters.get(1);
        assertThat(second.headerNames()).doesNotHaveDuplicates().containsExactlyElementsOf(first.headerNames());
        assertThat(second.header("__connect.errors.offset")).isNotEqualTo(first.header("__connect.errors.offset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "7", "\"text\"", "{", "{}", "{\"order_id\":1}{", "{\"a\":1,\"a\":2}",
        "{\"order_id\":NaN}",
        "\u0000", "{\"order_id\":\"\u0000\"}", "not json at all", "\ufeff{}"})
    void malformed_bytes_cost_one_dead_letter_each(String bytes) {
        String key = "malformed-" + bytes.length() + "-" + bytes.hashCode();

        rig.publish(key, bytes);

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, key);
        assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
        assertThat(letter.raw().value()).isEqualTo(bytes.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hostile_bytes_cost_one_dead_letter_each_and_keep_nobody_else_waiting() {
        rig.kafka.publish(WireRig.IN, "no-value".getBytes(StandardCharsets.UTF_8), null);
        rig.kafka.publish(WireRig.IN, "not-utf8".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        rig.publish("deep", "[".repeat(100_000));
        rig.publish("long-number", "{\"order_id\":" + "9".repeat(100_000) + "}");
        rig.publish("after-them", Events.order("after-them"));

        for (String key : List.of("no-value", "not-utf8", "deep", "long-number")) {
            ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, key);
            assertThat(letter.header("bridge-error-code")).as(key).contains("INVALID_EVENT");
        }
        assertThat(rig.kafka.awaitRecord(WireRig.DEAD, "no-value").raw().value()).isNull();
        rig.kafka.awaitRecord(WireRig.OUT, "after-them");
    }

    @Test
    void a_record_without_a_key_is_handled_like_any_other() {
        rig.kafka.publish(WireRig.IN, null, Events.order("wire-no-key").getBytes(StandardCharsets.UTF_8));

        rig.kafka.awaitRecord(WireRig.OUT, "wire-no-key");
    }

    @Test
    void cloud_events_are_understood_in_both_modes() {
        rig.publish("ce-binary", Events.order("ce-binary"), header("ce_specversion", "1.0"), header("ce_type", "order-created"),
            header("ce_id", "1"), header("ce_source", "/shop"), header("content-type", "application/json"));
        rig.publish("ce-structured", "{\"specversion\":\"1.0\",\"type\":\"order-created\",\"id\":\"1\",\"source\":\"/shop\",\"data\":"
            + Events.order("ce-structured") + "}", header("content-type", "application/cloudevents+json; charset=UTF-8"));

        ReceivedRecord binary = rig.kafka.awaitRecord(WireRig.OUT, "ce-binary");
        rig.kafka.awaitRecord(WireRig.OUT, "ce-structured");

        assertThat(binary.headers("ce_id")).singleElement().asString().startsWith("order-created-");
    }

    @Test
    void no_header_of_a_record_or_of_an_answer_steers_the_bridge() throws Exception {
        String id = "sim-stray-headers-hostile";

        rig.publish(id, Events.order(id), header("CamelHttpUri", "http://127.0.0.1:1/evil"), header("CamelHttpMethod", "DELETE"),
            header("CamelHttpPath", "/evil"), header("CamelHttpQuery", "evil=1"), header("kafka.OVERRIDE_TOPIC", "evil"),
            header("kafka.KEY", "evil"), header("kafka.PARTITION_KEY", "99"), header("CamelKafkaOverrideTopic", "evil"),
            header("CamelKafkaKey", "evil"), header("api_key", "evil"), header("Authorization", "Basic ZXZpbA=="),
                header("Cookie", "evil=1"),
            header("Host", "evil.example.com"), header("Content-Length", "1"), header("Transfer-Encoding", "chunked"),
            header("Content-Encoding", "gzip"), header("Accept-Encoding", "evil"), header("Idempotency-Key", "evil"),
            header("Content-Type", "text/plain"));

        ReceivedRecord published = rig.kafka.awaitRecord(WireRig.OUT, id);

        ReceivedRequest request = rig.simulator.lastRequest(id).orElseThrow();
        assertThat(request.target()).isEqualTo("/v1/json/orders");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(headerNames(request)).containsExactlyInAnyOrder("api_key", "content-type", "accept", "user-agent", "accept-encoding",
            "content-length", "host", "connection");
        assertThat(request.header("api_key")).containsExactly(WireRig.API_KEY);
        assertThat(JSON.readTree(request.body()).path("order_id").asText()).isEqualTo(id);
        assertThat(published.headerNames()).containsExactlyInAnyOrder("content-type", "ce_specversion", "ce_id", "ce_source", "ce_type",
            "ce_time", "ce_subject", "source-topic", "source-partition", "source-offset");
    }

    private static List<String> headerNames(ReceivedRequest request) {
        return request.headers().stream().map(header -> header.getKey().toLowerCase(java.util.Locale.ROOT)).toList();
    }

    private static Map<String, String> headersOf(ReceivedRecord received) {
        return received.headerNames().stream().collect(Collectors.toMap(name -> name, name -> received.header(name).orElseThrow()));
    }
}
