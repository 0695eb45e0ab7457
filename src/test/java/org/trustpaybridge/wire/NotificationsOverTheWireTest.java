package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.testkit.Chromium;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.Notification;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Schemas;

/** MultiSafepay's notifications come in, and changes go out on Kafka. */
class NotificationsOverTheWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "payment-status-changed";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PORT = FreePorts.one();

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(List.of(TOPIC), Map.of("NOTIFICATIONS_ENABLED", "true", "NOTIFICATIONS_PORT", Integer.toString(PORT),
            "NOTIFICATIONS_PUBLIC_URL", "http://127.0.0.1:" + PORT + "/notifications"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Notification.of(WireRig.API_KEY, "ready", "initialized").sendTo(PORT)
            .statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void a_signed_notification_becomes_one_event_with_no_personal_data_in_it() throws Exception {
        Notification notification = Notification.of(WireRig.API_KEY, "n-1", "completed");

        HttpResponse<String> answer = notification.sendTo(PORT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
        ReceivedRecord event = only("n-1");
        JsonNode value = JSON.readTree(event.value());
        assertThat(Schemas.problems(Schemas.of("payment-status-changed"), value)).isEmpty();
        assertThat(event.value()).doesNotContain(Events.PERSONAL).doesNotContain("CZ65").doesNotContain("Jana").doesNotContain("420777");
        assertThat(value.path("status").textValue()).isEqualTo("completed");
        assertThat(value.path("transaction_id").textValue()).isEqualTo("4000000000000017");
        assertThat(value.path("payment_method").textValue()).isEqualTo("TRUSTPAY");
        assertThat(value.path("amount").longValue()).isEqualTo(1000);
        assertThat(value.path("source").textValue()).isEqualTo("notification");
        assertThat(Instant.parse(value.path("changed_at").textValue()).getEpochSecond()).isEqualTo(notification.timestamp());
        assertThat(event.header("ce_type")).contains("trustpay.payment-status-changed.v1");
        assertThat(event.header("ce_subject")).contains("n-1");
    }

    @Test
    void each_change_is_published_once_and_what_was_overtaken_is_not() throws Exception {
        for (String status : List.of("initialized", "initialized", "uncleared", "completed", "initialized", "uncleared", "expired",
            "completed")) {
            assertThat(Notification.of(WireRig.API_KEY, "n-2", status).sendTo(PORT).body()).as(status).isEqualTo("OK");
        }
        for (long refunded : List.of(300, 300, 500, 300)) {
            assertThat(Notification.of(WireRig.API_KEY, "n-2", "partial_refunded", refunded).sendTo(PORT).body()).isEqualTo("OK");
        }
        assertThat(Notification.of(WireRig.API_KEY, "n-2", "on_the_moon").sendTo(PORT).body()).isEqualTo("OK");
        assertThat(Notification.of(WireRig.API_KEY, "n-2", "chargedback", 1000).sendTo(PORT).body()).isEqualTo("OK");

        assertThat(statuses("n-2")).containsExactly("initialized null true", "uncleared initialized true", "completed uncleared true",
            "partial_refunded completed true", "partial_refunded partial_refunded true", "on_the_moon partial_refunded false",
            "chargedback partial_refunded true");
        assertThat(records("n-2").stream().map(each -> each.header("ce_id").orElseThrow()).distinct()).hasSize(7);
    }

    /** Senders that do not say what it is call it a form. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; charset=utf-16",
        "no type at all"})
    void the_signature_is_over_the_bytes_whatever_they_are_said_to_be(String type) throws Exception {
        String order = "n-typed-" + type.length();
        Notification small = Notification.of(WireRig.API_KEY, order, "completed");
        Notification large = new Notification(small.body().replace("\"items\":null", "\"items\":\"" + "é&=%".repeat(20_000) + "\""),
            small.key(),
            small.timestamp());

        for (Notification each : List.of(large, small)) {
            assertThat(Notification.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/notifications?timestamp=1"))
                .header("Auth", each.auth()).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(each.body())).build())
                    .body())
                .isEqualTo("OK");
        }

        only(order);
    }

    @Test
    void the_same_notification_many_times_at_once_is_one_event() throws Exception {
        Notification notification = Notification.of(WireRig.API_KEY, "n-3", "completed");
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        IntStream.range(0, 30).forEach(n -> answers.add(WireRig.HTTP.sendAsync(
            notification.to("http://127.0.0.1:" + PORT + "/notifications?transactionid=n-3&timestamp=1"),
                HttpResponse.BodyHandlers.ofString())));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("OK"));

        only("n-3");
    }

    @Test
    void what_is_not_signed_by_multisafepay_is_refused_and_publishes_nothing() throws Exception {
        Notification good = Notification.of(WireRig.API_KEY, "n-4", "completed");
        String target = "http://127.0.0.1:" + PORT + "/notifications?transactionid=n-4&timestamp=" + good.timestamp();
        List<HttpRequest> bad = List.of(
            good.signedWith("another-key").to(target),
            good.signedAt(Instant.now().minusSeconds(700)).to(target),
            good.signedAt(Instant.now().plusSeconds(700)).to(target),
            HttpRequest.newBuilder(URI.create(target)).header("Auth", good.auth()).POST(HttpRequest.BodyPublishers.ofString(good.body()
                + " ")).build(),
            HttpRequest.newBuilder(URI.create(target)).POST(HttpRequest.BodyPublishers.ofString(good.body())).build(),
            HttpRequest.newBuilder(URI.create(target)).header("Auth",
                "no signature").POST(HttpRequest.BodyPublishers.ofString(good.body())).build());

        for (HttpRequest request : bad) {
            HttpResponse<String> answer = Notification.send(request);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("OK");
        }

        assertThat(records("n-4")).isEmpty();
        assertThat(rig.get("/observe/metrics")).contains("trustpay_bridge_notifications_total{outcome=\"refused\",reason=\"wrong\"} 2.0")
            .contains("trustpay_bridge_notifications_total{outcome=\"refused\",reason=\"out-of-time\"} 2.0")
            .contains("trustpay_bridge_notifications_total{outcome=\"refused\",reason=\"missing\"} 1.0")
            .contains("trustpay_bridge_notifications_total{outcome=\"refused\",reason=\"malformed\"} 1.0");
        assertThat(rig.get("/observe/health")).as("strangers do not decide about health").startsWith("{\"status\":\"UP\"");
    }

    @Test
    void what_is_before_the_payment_or_without_a_time_is_acknowledged_and_ignored() throws Exception {
        Notification notification = Notification.of(WireRig.API_KEY, "n-5", "completed");

        assertThat(Notification.send(notification.to(
            "http://127.0.0.1:" + PORT + "/notifications?transactionid=n-5&payload_type=pretransaction&timestamp=1")).body())
                .isEqualTo("OK");
        assertThat(Notification.send(notification.to("http://127.0.0.1:" + PORT + "/notifications?transactionid=n-5")).body())
            .isEqualTo("OK");

        assertThat(records("n-5")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"order_id\":\"x\"}", "{\"status\":\"completed\"}", "{\"order_id\":{},\"status\":\"completed\"}",
        "{\"order_id\":\"x\",\"status\":\"Jana <jana@personal.example>\"}",
            "{\"order_id\":\"x\",\"order_id\":\"y\",\"status\":\"completed\"}", "no json"})
    void what_is_signed_and_no_order_is_refused(String body) throws Exception {
        assertThat(new Notification(body, WireRig.API_KEY, Instant.now().getEpochSecond()).sendTo(PORT).statusCode()).isEqualTo(400);
        assertThat(records("x")).isEmpty();
    }

    /** What is signed is the body, so the order is the one in it. */
    @Test
    void an_order_that_the_bridge_did_not_create_is_multisafepays_word_all_the_same_whatever_the_address_says() throws Exception {
        Notification notification = Notification.of(WireRig.API_KEY, "n-of-another-program", "completed");

        assertThat(Notification.send(notification.to("http://127.0.0.1:" + PORT + "/notifications?transactionid=n-6&timestamp=1")).body())
            .isEqualTo("OK");

        only("n-of-another-program");
        assertThat(records("n-6")).isEmpty();
    }

    @Test
    void a_hint_that_nobody_signed_is_looked_up_and_only_that_is_published() throws Exception {
        rig.publish("n-7", Events.order("n-7"));
        rig.kafka.awaitRecord(WireRig.OUT, "n-7");
        rig.simulator.markPaid("n-7");

        HttpResponse<String> answer = get("?transactionid=n-7&timestamp=1&status=refunded");

        assertThat(answer.body()).isEqualTo("OK");
        assertThat(JSON.readTree(only("n-7").value()).path("source").textValue()).isEqualTo("look-up");
        assertThat(statuses("n-7")).containsExactly("completed null true");
    }

    @Test
    void a_hint_that_cannot_be_looked_up_is_to_be_sent_again_and_is_no_trouble_of_the_signed_ones() throws Exception {
        rig.simulator.faults(FaultPlan.parse("403-message=100%"));

        assertThat(get("?transactionid=n-hinted&timestamp=1").statusCode()).isEqualTo(503);

        rig.simulator.faults(FaultPlan.NONE);
        assertThat(rig.get("/observe/metrics"))
            .contains("trustpay_bridge_notifications_total{outcome=\"look-up-failed\",reason=\"none\"} 1.0")
            .contains("trustpay_bridge_condition{condition=\"NOTIFICATIONS_HELD\"} 0.0");
        assertThat(rig.get("/observe/health")).as("strangers do not decide about health").startsWith("{\"status\":\"UP\"");
    }

    @Test
    void a_hint_at_an_order_that_multisafepay_does_not_know_is_acknowledged_and_one_at_nothing_is_refused() throws Exception {
        assertThat(get("?transactionid=n-unknown&timestamp=1").body()).isEqualTo("OK");
        assertThat(get("?transactionid=n-unknown").body()).as("no time").isEqualTo("OK");
        assertThat(get("?timestamp=1").statusCode()).isEqualTo(400);
        assertThat(get("?transactionid=..&timestamp=1").statusCode()).isEqualTo(400);
        assertThat(get("?transactionid=%00&timestamp=1").statusCode()).isEqualTo(400);
        assertThat(records("n-unknown")).isEmpty();
    }

    @Test
    void orders_ask_for_signed_notifications_here_unless_their_event_says_where() {
        rig.publish("n-8", Events.order("n-8").replace("\"notification_url\":\"https://shop.example.com/notification?token=n0t1fy\",", ""));
        rig.publish("n-9", Events.order("n-9"));

        rig.kafka.awaitRecord(WireRig.OUT, "n-8");
        rig.kafka.awaitRecord(WireRig.OUT, "n-9");
        assertThat(posted("n-8")).contains("\"notification_url\":\"http://127.0.0.1:" + PORT + "/notifications\"")
            .contains("\"notification_method\":\"POST\"");
        assertThat(posted("n-9")).contains("shop.example.com/notification").contains("\"notification_method\":\"POST\"");
    }

    @Test
    void other_paths_methods_and_large_bodies_are_refused() throws Exception {
        assertThat(Notification.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/")).build()).statusCode())
            .isEqualTo(404);
        assertThat(Notification.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/observe/health")).build())
            .statusCode())
            .isEqualTo(404);
        assertThat(Notification.send(request().PUT(HttpRequest.BodyPublishers.noBody()).build()).statusCode()).isEqualTo(405);
        assertThat(Notification.send(request().POST(HttpRequest.BodyPublishers.ofString("x".repeat(300_000))).build()).statusCode())
            .isEqualTo(413);
        assertThat(Notification.send(request().POST(HttpRequest.BodyPublishers.ofInputStream(() ->
            new java.io.ByteArrayInputStream(new byte[300_000]))).build()).statusCode()).as("in pieces").isEqualTo(413);
        assertThat(rig.answer("/notifications").statusCode()).as("on the management port").isEqualTo(404);
    }

    @Test
    void who_sends_slowly_keeps_nobody_else_waiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                Socket socket = new Socket("127.0.0.1", PORT);
                socket.getOutputStream().write(("POST /notifications?timestamp=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }

            Notification notification = Notification.of(WireRig.API_KEY, "n-10", "completed");
            assertThat(HttpClient.newHttpClient().send(notification.to("http://127.0.0.1:" + PORT + "/notifications?timestamp=1"),
                HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("OK");
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
    }

    @Test
    void a_customer_who_pays_on_the_page_becomes_an_event() throws Exception {
        rig.publish("n-12", Events.order("n-12").replace("\"notification_url\":\"https://shop.example.com/notification?token=n0t1fy\",",
            ""));
        String page = JSON.readTree(rig.kafka.awaitRecord(WireRig.OUT, "n-12").value()).path("payment_url").textValue();
        Optional<Chromium> opened = Chromium.open();
        Assumptions.assumeTrue(opened.isPresent(), Chromium.MISSING);

        try (Chromium chromium = opened.get()) {
            chromium.driver.get(page);
            chromium.driver.findElement(By.id("pay")).click();
        }

        rig.kafka.awaitRecord(TOPIC, "n-12");
        assertThat(statuses("n-12")).containsExactly("completed null true");
    }

    @Test
    void what_the_simulator_sends_double_late_or_before_the_payment_is_one_event_a_change() throws Exception {
        rig.publish("n-13", Events.order("n-13").replace("\"notification_url\":\"https://shop.example.com/notification?token=n0t1fy\",",
            ""));
        rig.kafka.awaitRecord(WireRig.OUT, "n-13");

        for (String change : List.of("completed pretransaction times=5 late=initialized", "partial_refunded 300 times=2 late=completed")) {
            URI control = rig.simulator.baseUri().resolve("/simulator/orders/n-13");
            int before = acknowledged();
            assertThat(Notification.send(HttpRequest.newBuilder(control).PUT(HttpRequest.BodyPublishers.ofString(change)).build())
                .statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> acknowledged() >= before + 3 && records("n-13")
                .size() >= (change.startsWith("completed") ? 1 : 2));
        }

        await().during(Duration.ofMillis(500)).until(() -> records("n-13").size() <= 3);
        assertThat(statuses("n-13").stream().filter(each -> each.startsWith("completed"))).hasSize(1);
        assertThat(statuses("n-13").get(statuses("n-13").size() - 1)).isEqualTo("partial_refunded completed true");
    }

    @Test
    void one_event_stays_one_over_a_restart() throws Exception {
        assertThat(Notification.of(WireRig.API_KEY, "n-11", "completed").sendTo(PORT).body()).isEqualTo("OK");

        rig.restartBridge();

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(Notification.of(WireRig.API_KEY, "n-11", "completed")
            .sendTo(PORT).body()).isEqualTo("OK"));
        assertThat(Notification.of(WireRig.API_KEY, "n-11", "initialized").sendTo(PORT).body()).isEqualTo("OK");
        assertThat(statuses("n-11")).containsExactly("completed null true");
    }

    private static int acknowledged() throws java.io.IOException {
        return JSON.readTree(rig.simulator.stats()).path("notifications").path("acknowledged").intValue();
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/notifications?timestamp=1"));
    }

    private static HttpResponse<String> get(String query) throws Exception {
        return Notification.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/notifications" + query)).build());
    }

    private static String posted(String orderId) {
        return new String(rig.simulator.lastRequest(orderId).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    private static List<ReceivedRecord> records(String orderId) {
        return rig.kafka.readAll(TOPIC).stream().filter(each -> orderId.equals(each.key())).toList();
    }

    private static ReceivedRecord only(String orderId) {
        assertThat(records(orderId)).hasSize(1);
        return records(orderId).get(0);
    }

    private static List<String> statuses(String orderId) {
        return records(orderId).stream().map(each -> {
            try {
                JsonNode value = JSON.readTree(each.value());
                return value.path("status").textValue() + " " + value.path("previous_status").textValue() + " "
                    + value.path("status_known").booleanValue();
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }).toList();
    }
}
