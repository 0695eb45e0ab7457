package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsOnTheWireTest {

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withSlowInterval(Duration.ofMillis(2)).withHold(Duration.ofSeconds(60)));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(value = FaultKind.class, mode = EnumSource.Mode.EXCLUDE, names = "STRING_ID")
    void a_fault_creates_the_order_exactly_if_the_catalogue_says_so(FaultKind kind) throws IOException {
        String id = idFor(kind.id().replace("NNNN", "1016"), "created");

        RawCall.post(simulator, SampleOrder.withId(id));

        assertThat(simulator.orderStatus(id).isPresent()).isEqualTo(kind.createsOrder());
        assertThat(simulator.orderPosts(id)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = FaultKind.class, mode = EnumSource.Mode.EXCLUDE, names = {"STRING_ID", "SURPLUS", "BAD_HEAD"})
    void every_fault_is_told_apart_from_a_good_answer(FaultKind kind) throws IOException {
        String id = idFor(kind.id().replace("NNNN", "1016"), "different");

        RawCall answer = RawCall.post(simulator, SampleOrder.withId(id), "Accept-Encoding: gzip");

        boolean plain = answer.end() == RawCall.End.CLOSED && answer.received().length > 0 && answer.status() == 200
            && answer.header("Content-Length").orElse("").equals(Integer.toString(answer.body().length))
            && answer.reads() < 20 && answer.header("Content-Encoding").isEmpty() && answer.header("Set-Cookie").isEmpty()
            && answer.text().contains("\"success\":true") && answer.text().contains("\"session_id\"")
            && answer.text().contains("\"payment_url\":\"http://127.0.0.1") && answer.text().contains("\"order_id\":\"" + id)
            && answer.body().length < 100_000 && isNow(answer.header("Date").orElseThrow());
        // The id of this order holds letters, so it has no other type to be answered in.
        assertThat(plain).isEqualTo(kind == FaultKind.OTHER_ID_TYPE);
    }

    private static boolean isNow(String date) {
        Instant told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return Duration.between(told, Instant.now()).abs().compareTo(Duration.ofMinutes(1)) < 0;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | 400 | {\"success\":false,\"data\":{},\"error_info\":\"Bad request\"}",
        "401 | 401 | {\"success\":false,\"data\":{},\"error_code\":1032,\"error_info\":\"Invalid API key\"}",
        "403 | 403 | {\"success\":false,\"data\":{},\"error_info\":\"Forbidden\"}",
        "403-message | 403 | {\"message\":\"Forbidden\"}",
        "404 | 404 | {\"success\":false,\"data\":{},\"error_info\":\"Not found\"}",
        "405 | 405 | {\"success\":false,\"data\":{},\"error_info\":\"Method not allowed\"}",
        "408 | 408 | {\"success\":false,\"data\":{},\"error_info\":\"Request timeout\"}",
        "425 | 425 | {\"success\":false,\"data\":{},\"error_info\":\"Too early\"}",
        "429 | 429 | {\"success\":false,\"data\":{},\"error_info\":\"Too many requests\"}",
        "500 | 500 | {\"success\":false,\"data\":{},\"error_info\":\"Internal server error\"}",
        "1001 | 400 | {\"success\":false,\"data\":{},\"error_code\":1001,\"error_info\":\"Simulated error 1001\"}",
        "9999 | 400 | {\"success\":false,\"data\":{},\"error_code\":9999,\"error_info\":\"Simulated error 9999\"}",
        "1000 | 410 | {\"success\":false,\"data\":{},\"error_code\":1000,\"error_info\":\"Simulated error 1000\"}",
        "1006 | 404 | {\"success\":false,\"data\":{},\"error_code\":1006,\"error_info\":\"Simulated error 1006\"}",
        "1016-list | 400 | {\"success\":false,\"data\":[],\"error_code\":1016,\"error_info\":\"Simulated error 1016\"}",
        "1016-text | 400 | {\"success\":false,\"data\":\"\",\"error_code\":1016,\"error_info\":\"Simulated error 1016\"}",
        "1032-200 | 200 | {\"success\":false,\"data\":{},\"error_code\":1032,\"error_info\":\"Invalid API key\"}",
        "1006-200 | 200 | {\"success\":false,\"data\":{},\"error_code\":1006,\"error_info\":\"Invalid transaction ID\"}",
        "code-only | 400 | {\"error_code\":1001,\"error_info\":\"Invalid amount\"}",
        "success-string | 400 | {\"success\":\"false\",\"error_code\":1001,\"error_info\":\"Invalid amount\"}",
        "dutch | 400 | {\"success\":false,\"data\":{},\"error_code\":1001,\"error_info\":\"Het bedrag is ongeldig\"}"})
    void a_fault_answers_status_and_body(String fault, int status, String body) throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId(idFor(fault, "shape")));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json()).isEqualTo(SampleOrder.<JsonNode>read(body));
    }

    /** Of these orders no id can ask for it: an id that does is a string. */
    @ParameterizedTest
    @CsvSource({"4711, 422", "\"4711\", 200", "\"a-1\", 200"})
    void an_integer_as_order_id_is_refused_where_a_string_is_wanted(String id, int status) throws IOException {
        simulator.faults(FaultPlan.parse("422-id=100%"));

        RawCall answer = RawCall.post(simulator, SampleOrder.with("order_id", id));

        simulator.faults(FaultPlan.NONE);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains(status == 422 ? "\"attribute\":\"order_id\"" : "payment_url");
    }

    @Test
    void a_key_is_said_back_in_four_spellings() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-1016-echo-a"));

        assertThat(answer.json().path("error_code").intValue()).isEqualTo(1016);
        assertThat(answer.json().path("error_info").textValue())
            .isEqualTo("test-key {\"api_key\":\"test-key\"} dGVzdC1rZXk= eDp0ZXN0LWtleQ== %74%65%73%74%2d%6B%65%79");
    }

    @ParameterizedTest
    @CsvSource({"502, 502", "503, 503", "html, 200"})
    void a_fault_answers_a_page(String fault, int status) throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId(idFor(fault, "page")));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("text/html");
        assertThat(answer.text()).contains("<!doctype html>");
    }

    @ParameterizedTest
    @CsvSource({"504, 504", "empty, 200"})
    void a_fault_answers_nothing_after_its_head(String fault, int status) throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId(idFor(fault, "empty")));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Length")).contains("0");
    }

    @ParameterizedTest
    @CsvSource({"301, 301", "307, 307"})
    void a_redirect_leads_to_a_path_that_has_nothing(String fault, int status) throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId(idFor(fault, "moved")));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Location")).contains("/v1/json/moved");
    }

    @Test
    void the_validation_fault_lists_its_errors() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-422-1"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("message").textValue()).isEqualTo("Validation error");
        assertThat(answer.json().path("errors").path(0).fieldNames()).toIterable()
            .containsExactlyInAnyOrder("attribute", "details", "message", "uri");
    }

    @Test
    void too_many_requests_says_in_seconds_when_to_come_back() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-429-1"));

        assertThat(answer.header("Retry-After")).contains("2");
    }

    @Test
    void too_many_requests_says_as_a_date_when_to_come_back() throws IOException {
        Instant before = Instant.now();

        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-429-date-1"));

        assertThat(answer.status()).isEqualTo(429);
        Instant back = ZonedDateTime.parse(answer.header("Retry-After").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertThat(back).isBetween(before.plusSeconds(2), before.plusSeconds(10));
    }

    @Test
    void not_json_is_no_json() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-not-json-1"));

        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(Json.object(answer.body())).isEmpty();
        assertThat(answer.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "reset-after"})
    void a_reset_ends_the_connection_without_a_byte(String fault) throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId(idFor(fault, "gone")));

        assertThat(answer.end()).isEqualTo(RawCall.End.RESET);
        assertThat(answer.received()).isEmpty();
    }

    @Test
    void a_close_ends_the_connection_in_order_and_without_a_byte() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-close-1"));

        assertThat(answer.end()).isEqualTo(RawCall.End.CLOSED);
        assertThat(answer.received()).isEmpty();
    }

    @Test
    void a_surplus_answer_comes_behind_the_good_one_and_the_connection_is_kept() throws IOException {
        String order = SampleOrder.withId("sim-surplus-1").toString();
        RawCall answer = RawCall.send(simulator, "POST /v1/json/orders HTTP/1.1\r\nHost: x\r\napi_key: test-key\r\nContent-Length: "
            + order.length() + "\r\n\r\n" + order, 500);

        assertThat(answer.end()).isEqualTo(RawCall.End.SILENT);
        assertThat(answer.text()).containsSubsequence("HTTP/1.1 200", "\"payment_url\"", "HTTP/1.1 400 Surplus", "\"error_code\":1001");
    }

    @Test
    void a_bad_head_is_all_that_comes() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-bad-head-1"));

        assertThat(answer.end()).isEqualTo(RawCall.End.CLOSED);
        assertThat(answer.text()).isEqualTo("HTTP/1.1 000\r\nContent-Length: 2\r\n\r\n{}");
    }

    @Test
    void a_cut_answer_has_half_of_what_it_announced() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-cut-1"));

        int announced = Integer.parseInt(answer.header("Content-Length").orElseThrow());
        assertThat(answer.end()).isEqualTo(RawCall.End.CLOSED);
        assertThat(answer.body()).hasSize(announced / 2);
    }

    @Test
    void a_timeout_says_nothing_and_leaves_the_connection_open() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-timeout-1"));

        assertThat(answer.end()).isEqualTo(RawCall.End.SILENT);
        assertThat(answer.received()).isEmpty();
    }

    @Test
    void a_timeout_ends_when_its_hold_is_over() throws IOException {
        try (Simulator impatient = Simulator.start(SimulatorOptions.defaults().withHold(Duration.ofMillis(50)))) {
            RawCall answer = RawCall.post(impatient, SampleOrder.withId("sim-timeout-1"));

            assertThat(answer.end()).isEqualTo(RawCall.End.RESET);
        }
    }

    @Test
    void a_slow_answer_arrives_byte_by_byte_and_whole() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-slow-1"));

        assertThat(answer.reads()).isGreaterThan(50);
        assertThat(answer.json().path("success").booleanValue()).isTrue();
    }

    @Test
    void a_huge_answer_is_good_json_of_many_megabytes() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-huge-1"));

        assertThat(answer.body().length).isGreaterThan(8 * 1024 * 1024);
        assertThat(answer.json().path("data").path("order_id").textValue()).isEqualTo("sim-huge-1");
    }

    @Test
    void faults_of_the_words_change_just_their_member() throws IOException {
        JsonNode noUrl = RawCall.post(simulator, SampleOrder.withId("sim-no-url-1")).json();
        JsonNode relative = RawCall.post(simulator, SampleOrder.withId("sim-relative-url-1")).json();
        JsonNode http = RawCall.post(simulator, SampleOrder.withId("sim-http-url-1")).json();
        JsonNode other = RawCall.post(simulator, SampleOrder.withId("sim-other-order-1")).json();
        JsonNode text = RawCall.post(simulator, SampleOrder.withId("sim-true-string-1")).json();
        JsonNode noSession = RawCall.post(simulator, SampleOrder.withId("sim-no-session-1")).json();

        assertThat(noUrl.path("success").booleanValue()).isTrue();
        assertThat(noUrl.path("data").has("payment_url")).isFalse();
        assertThat(relative.path("data").path("payment_url").textValue()).startsWith("/connect/");
        assertThat(http.path("data").path("payment_url").textValue()).startsWith("http://pay.example.com/");
        assertThat(other.path("data").path("order_id").textValue()).isEqualTo("someone-elses-order");
        assertThat(text.path("success").textValue()).isEqualTo("true");
        assertThat(noSession.path("data").has("session_id")).isFalse();
        assertThat(noSession.path("data").has("payment_url")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"4711, '\"4711\"'", "'\"4711\"', 4711"})
    void the_order_id_may_come_back_in_the_other_type(String sent, String answered) throws IOException {
        try (Simulator switching = Simulator.start(SimulatorOptions.defaults().withFaults(FaultPlan.parse("other-id-type=100%")))) {
            RawCall answer = RawCall.post(switching, SampleOrder.with("order_id", sent));

            assertThat(answer.json().path("data").path("order_id")).hasToString(answered);
        }
    }

    @Test
    void a_gzip_answer_is_packed_for_those_who_accept_that() throws IOException {
        RawCall packed = RawCall.post(simulator, SampleOrder.withId("sim-gzip-1"), "Accept-Encoding: gzip");
        RawCall plain = RawCall.post(simulator, SampleOrder.withId("sim-gzip-1"));

        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(packed.header("Content-Encoding")).contains("gzip");
        assertThat(new String(unpacked, StandardCharsets.UTF_8)).contains("\"order_id\":\"sim-gzip-1\"");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(plain.json().path("success").booleanValue()).isTrue();
    }

    @Test
    void stray_headers_come_with_a_good_answer() throws IOException {
        RawCall answer = RawCall.post(simulator, SampleOrder.withId("sim-stray-headers-1"));

        assertThat(answer.header("kafka.OVERRIDE_TOPIC")).contains("stray");
        assertThat(answer.header("CamelHttpUri")).isPresent();
        assertThat(answer.header("Set-Cookie")).isPresent();
        assertThat(answer.json().path("success").booleanValue()).isTrue();
    }

    @Test
    void a_counted_fault_strikes_that_many_posts_and_then_no_more() throws IOException {
        int first = RawCall.post(simulator, SampleOrder.withId("sim-503x2-abc")).status();
        int second = RawCall.post(simulator, SampleOrder.withId("sim-503x2-abc")).status();
        int third = RawCall.post(simulator, SampleOrder.withId("sim-503x2-abc")).status();

        assertThat(new int[] {first, second, third}).containsExactly(503, 503, 200);
        assertThat(simulator.paymentPages("sim-503x2-abc")).isEqualTo(1);
    }

    @Test
    void an_outage_is_switched_on_and_off_over_http_and_strikes_every_call_of_the_api() throws Exception {
        try (Simulator switched = Simulator.start(SimulatorOptions.defaults())) {
            HttpResponse<String> on = put(switched, "503=100%");
            int posted = RawCall.post(switched, SampleOrder.withId("outage-1")).status();
            int asked = RawCall.send(switched,
                "GET /v1/json/gateways/TRUSTPAY HTTP/1.1\r\nHost: x\r\napi_key: k\r\nConnection: close\r\n\r\n", 2_000).status();
            HttpResponse<String> wrong = put(switched, "503=500%");
            HttpResponse<String> off = put(switched, "none");
            int postedAgain = RawCall.post(switched, SampleOrder.withId("outage-1")).status();

            assertThat(on.body()).isEqualTo("{\"faults\":\"503=100%\"}");
            assertThat(new int[] {posted, asked, wrong.statusCode(), postedAgain}).containsExactly(503, 503, 400, 200);
            assertThat(off.body()).isEqualTo("{\"faults\":\"none\"}");
        }
    }

    @Test
    void the_statistics_tell_what_happened() throws Exception {
        try (Simulator counted = Simulator.start(SimulatorOptions.defaults())) {
            RawCall.post(counted, SampleOrder.withId("a"));
            RawCall.post(counted, SampleOrder.withId("b"));
            RawCall.post(counted, SampleOrder.withId("b"));
            RawCall.post(counted, SampleOrder.withId("sim-503-c"));
            RawCall.post(counted, SampleOrder.withId("sim-reset-d"));

            HttpResponse<String> stats = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + counted.port() + "/simulator/stats")).build(), BodyHandlers.ofString());

            assertThat(SampleOrder.<JsonNode>read(stats.body())).isEqualTo(SampleOrder.<JsonNode>read("""
                {"requests":5,"answers":{"200":3,"503":1,"none":1},"faults":{"503":1,"reset":1},"notifications":{},"orders":2,
                 "orders_forgotten":0,"sessions":3,"orders_with_several_sessions":1,"orders_by_posts":{"1":3,"2":1},
                 "fault_plan":"none"}"""));
            assertThat(counted.requests()).isEqualTo(5);
            assertThat(counted.stats()).isEqualTo(stats.body());
        }
    }

    private static HttpResponse<String> put(Simulator simulator, String plan) throws IOException, InterruptedException {
        URI control = URI.create("http://127.0.0.1:" + simulator.port() + "/simulator/faults");
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(control)
            .PUT(HttpRequest.BodyPublishers.ofString(plan)).build(), BodyHandlers.ofString());
    }

    private static String idFor(String fault, String rest) {
        return "sim-" + fault + "-" + rest;
    }
}
