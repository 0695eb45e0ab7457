package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersApiOverTheWireTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withApiKey("test-key"));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void a_good_order_gets_a_payment_page() throws Exception {
        HttpResponse<String> answer = post(SampleOrder.withId("good-1"));

        JsonNode data = json(answer).path("data");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(json(answer).path("success").booleanValue()).isTrue();
        assertThat(data.path("order_id").textValue()).isEqualTo("good-1");
        assertThat(data.path("payment_url").textValue()).isEqualTo(
            "http://127.0.0.1:" + simulator.port() + "/connect/" + data.path("session_id").textValue() + "/?lang=cs_CZ");
        assertThat(data.path("events_token").isTextual()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "\"12345\"", "\"007\"", "99999999999999999999"})
    void the_order_id_comes_back_in_the_type_it_was_sent_in(String id) throws Exception {
        HttpResponse<String> answer = post(SampleOrder.with("order_id", id));

        assertThat(json(answer).path("data").path("order_id").toString()).isEqualTo(id);
    }

    @Test
    void a_second_post_of_an_unpaid_order_gives_another_payment_page() throws Exception {
        JsonNode first = json(post(SampleOrder.withId("twice-1"))).path("data");

        JsonNode second = json(post(SampleOrder.withId("twice-1"))).path("data");

        assertThat(second.path("payment_url").textValue()).isNotBlank().isNotEqualTo(first.path("payment_url").textValue());
        assertThat(simulator.orderPosts("twice-1")).isEqualTo(2);
        assertThat(simulator.paymentPages("twice-1")).isEqualTo(2);
    }

    @Test
    void a_second_post_of_a_paid_order_is_refused_with_1006() throws Exception {
        post(SampleOrder.withId("paid-1"));
        simulator.markPaid("paid-1");

        HttpResponse<String> answer = post(SampleOrder.withId("paid-1"));

        assertThat(json(answer).path("success").booleanValue()).isFalse();
        assertThat(json(answer).path("error_code").intValue()).isEqualTo(1006);
        assertThat(simulator.paymentPages("paid-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type | gone | 1016", "type | \"direct\" | 1016", "gateway | gone | 1016", "gateway | \"IDEAL\" | 1023",
        "order_id | gone | 1016", "order_id | null | 1016", "order_id | 1.5 | 1006", "order_id | \"\" | 1006", "order_id | true | 1006",
        "order_id | \"123456789012345678901234567890123456789012345678901\" | 1006",
        "currency | gone | 1016", "currency | \"czk\" | 1002", "currency | \"ZZZ\" | 1002", "currency | 203 | 1002",
        "amount | gone | 1016", "amount | 0 | 1001", "amount | -1 | 1001", "amount | 10.0 | 1001", "amount | \"1000\" | 1001",
        "amount | 9223372036854775808 | 1001",
        "description | gone | 1016", "description | \" \" | 1008", "description | \"<b>x</b>\" | 1008", "description | 5 | 1008",
        "payment_options | gone | 1016", "payment_options | [] | 1016", "payment_options.notification_url | gone | 1016",
        "payment_options.redirect_url | \"/thanks\" | 1016", "payment_options.cancel_url | \"ftp://x.example/\" | 1016",
        "payment_options.redirect_url | \"http://x.example/\u00e9\" | 1016", "payment_options.close_window | \"true\" | 1016",
        "payment_options.notification_method | \"PUT\" | 1016",
        "customer | gone | 1016", "customer.email | gone | 1016", "customer.email | \"nobody\" | 1016", "customer.locale | gone | 1016",
        "customer.locale | 5 | 1016", "customer.ip_address | \"300.1.1.1\" | 1007", "customer.forwarded_ip | \"localhost\" | 1007",
        "customer.country | \"CZE\" | 1018", "customer.country | \"XX\" | 1018", "customer.zip_code | \"12345678901\" | 1016",
        "customer.birthday | \"1.1.1980\" | 1016", "customer.disable_send_email | \"yes\" | 1016",
        "currency | \"JPY\" | 1002", "currency | \"PLN\" | 1002", "currency | \"XXX\" | 1002", "description | \"a <b\" | 1008",
        "description | \"a </b\" | 1008", "description | \"a &lt;b\" | 1008", "description | \"a &#60\" | 1008",
            "description | \"a &amp b\" | 1008",
        "custom_info | [] | 1010", "custom_info | {\"custom_1\":5} | 1010", "var1 | 5 | 1010",
        "days_active | 0 | 1016", "days_active | 366 | 1016", "days_active | \"30\" | 1016", "seconds_active | 31536001 | 1016",
        "second_chance | {\"send_email\":\"yes\"} | 1016", "plugin | \"shop\" | 1016"})
    void a_wrong_order_is_refused_with_its_code(String field, String value, int code) throws Exception {
        HttpResponse<String> answer = post(SampleOrder.with(field, value));

        JsonNode body = json(answer);
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(body.path("success").booleanValue()).isFalse();
        assertThat(body.path("success").isBoolean()).isTrue();
        assertThat(body.path("data").toString()).isEqualTo("{}");
        assertThat(body.path("error_code").intValue()).isEqualTo(code);
        assertThat(body.path("error_info").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"description, 200, 1008", "var2, 100, 1010", "custom_info.custom_1, 500, 1010", "customer.first_name, 25, 1016",
        "customer.address1, 64, 1016"})
    void the_longest_text_passes_and_one_character_more_does_not(String field, int longest, int code) throws Exception {
        HttpResponse<String> fits = post(SampleOrder.with(field, '"' + "x".repeat(longest) + '"'));
        HttpResponse<String> tooLong = post(SampleOrder.with(field, '"' + "x".repeat(longest + 1) + '"'));

        assertThat(fits.statusCode()).isEqualTo(200);
        assertThat(json(tooLong).path("error_code").intValue()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "colour | \"red\"", "customer.shoe_size | 43", "custom_info | gone", "customer.ip_address | \"2001:db8::1\"",
        "customer.ip_address | \"192.0.2.7\"", "customer.country | \"CZ\"", "customer.locale | \"xx_YY\"",
        "payment_options.close_window | gone",
        "payment_options.notification_method | \"GET\"", "description | \"1 < 2 and 3 > 2\"", "days_active | 365", "currency | \"SEK\"",
            "currency | \"EUR\"", "description | \"R&D, a&b; 7 & 8\"",
        "second_chance | {\"send_email\":true}", "plugin | {\"shop\":\"x\"}", "var3 | \"x\"", "amount | 1"})
    void an_order_with_these_is_taken(String field, String value) throws Exception {
        HttpResponse<String> answer = post(SampleOrder.with(field, value));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"a\":1}{\"b\":2}", "{\"order_id\":\"1\",\"order_id\":\"2\"}", "NaN"})
    void a_body_that_is_no_json_object_is_refused(String body) throws Exception {
        RawCall answer = RawCall.post(simulator, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error_code").intValue()).isEqualTo(1016);
    }

    @Test
    void a_body_that_is_far_too_large_is_refused() throws Exception {
        RawCall answer = RawCall.post(simulator, " ".repeat(300_000));

        assertThat(answer.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-key", "", "TEST-KEY"})
    void a_wrong_key_is_refused_with_1032(String key) throws Exception {
        HttpResponse<String> answer = HTTP.send(request("/v1/json/orders").setHeader("api_key", key)
            .POST(BodyPublishers.ofString(SampleOrder.withId("locked-1").toString())).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("error_code").intValue()).isEqualTo(1032);
        assertThat(simulator.orderStatus("locked-1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"any, 200", "'', 401"})
    void without_a_configured_key_any_key_will_do_but_not_none(String key, int status) throws Exception {
        try (Simulator open = Simulator.start(SimulatorOptions.defaults())) {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(open.baseUri() + "/gateways/TRUSTPAY"))
                .header("api_key", key).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(status);
        }
    }

    @Test
    void an_order_can_be_looked_up_without_its_payment_url() throws Exception {
        post(SampleOrder.withId("a b/../\u00e9"));

        HttpResponse<String> answer = get("/v1/json/orders/a%20b%2F..%2F%C3%A9");

        JsonNode data = json(answer).path("data");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(data.path("order_id").textValue()).isEqualTo("a b/../\u00e9");
        assertThat(data.path("status").textValue()).isEqualTo("initialized");
        assertThat(data.path("amount").intValue()).isEqualTo(1000);
        assertThat(data.path("currency").textValue()).isEqualTo("CZK");
        assertThat(data.path("transaction_id").longValue()).isGreaterThan(1_000_000_000_000_000L);
        assertThat(answer.body()).doesNotContain("payment_url");
    }

    @Test
    void an_unknown_order_is_not_found_with_1006() throws Exception {
        HttpResponse<String> answer = get("/v1/json/orders/nobody-knows-me");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("error_code").intValue()).isEqualTo(1006);
    }

    @Test
    void the_trustpay_gateway_is_active() throws Exception {
        HttpResponse<String> answer = get("/v1/json/gateways/TRUSTPAY");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("data").path("id").textValue()).isEqualTo("TRUSTPAY");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/json/gateways/IDEAL, 404", "GET, /v1/json/nothing, 404", "GET, /nothing, 404", "GET, /v1/json/orders, 405",
        "DELETE, /v1/json/orders/1, 405", "GET, /v1/json/orders/1/refunds, 404", "GET, /connect/unknown/, 404",
        "POST, /connect/unknown/pay, 404", "GET, /connect/abc/pay, 405", "GET, /v1/json/orders/%2, 400", "GET, /connect/A%20b/, 404"})
    void other_paths_and_methods_are_refused(String method, String path, int status) throws Exception {
        RawCall answer = RawCall.send(simulator,
            method + " " + path + " HTTP/1.1\r\nHost: x\r\napi_key: test-key\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 2_000);

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void a_test_can_see_exactly_what_went_over_the_wire() throws Exception {
        String body = " {\"order_id\" : \"wire-1\", \"description\":\"\u010ce\u0161tina\"} ";

        RawCall.post(simulator, body, "X-Odd-Case: yes", "x-odd-case: twice");

        ReceivedRequest received = simulator.lastRequest("wire-1").orElseThrow();
        assertThat(received.body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(received.header("X-ODD-CASE")).containsExactly("yes", "twice");
        assertThat(received.headers()).extracting("key").contains("X-Odd-Case", "api_key");
        assertThat(received).hasToString("POST /v1/json/orders");
    }

    @Test
    void an_answer_waits_for_the_latency() throws Exception {
        try (Simulator lazy = Simulator.start(SimulatorOptions.defaults().withLatency(Latency.parse("300ms")))) {
            long before = System.nanoTime();

            RawCall.post(lazy, SampleOrder.withId("late-1"));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(295), Duration.ofSeconds(20));
        }
    }

    @Test
    void the_public_url_starts_every_payment_url() throws Exception {
        try (Simulator hidden = Simulator.start(SimulatorOptions.defaults().withPublicUrl("https://pay.example.com/"))) {
            RawCall answer = RawCall.post(hidden, SampleOrder.withId("public-1"));

            assertThat(answer.json().path("data").path("payment_url").textValue()).startsWith("https://pay.example.com/connect/");
        }
    }

    private static HttpResponse<String> post(ObjectNode order) throws IOException, InterruptedException {
        return HTTP.send(request("/v1/json/orders").POST(BodyPublishers.ofString(order.toString())).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + simulator.port() + path))
            .header("api_key", "test-key").header("Content-Type", "application/json");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return SampleOrder.read(answer.body());
    }
}
