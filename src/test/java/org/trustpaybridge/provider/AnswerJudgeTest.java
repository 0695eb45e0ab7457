package org.trustpaybridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.OrderId;

class AnswerJudgeTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00.250Z"), ZoneOffset.UTC);
    private static final OrderId ORDER = new OrderId("my-order-id-1");
    private static final String SUCCESS = """
            {"success":true,"data":{"order_id":"my-order-id-1","session_id":"s3ss10n","events_token":"t0ken",
             "payment_url":"https://payv2.multisafepay.com/connect/s3ss10n/?lang=cs_CZ"}}
            """;

    private final AnswerJudge judge = new AnswerJudge(NOON, URI.create("https://api.example/v1/json"), KnownSecrets.none());

    @Test
    void a_success_gives_the_payment_url_and_the_session() {
        Outcome outcome = judge.judge(answer(200, SUCCESS), ORDER);

        assertThat(outcome).isEqualTo(new Outcome.Created(
                "https://payv2.multisafepay.com/connect/s3ss10n/?lang=cs_CZ", Optional.of("s3ss10n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ,"session_id":"s3ss10n"   | ``
            "s3ss10n"                 | null
            "s3ss10n"                 | ""
            "s3ss10n"                 | {}
            "s3ss10n"                 | "two words"
            """)
    void a_success_without_a_sensible_session_is_one_all_the_same(String replaced, String by) {
        Outcome outcome = judge.judge(answer(200, SUCCESS.replace(replaced, by)), ORDER);

        assertThat(outcome).isEqualTo(new Outcome.Created(
                "https://payv2.multisafepay.com/connect/s3ss10n/?lang=cs_CZ", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7\""})
    void order_ids_are_compared_as_text(String inAnswer) {
        Outcome outcome = judge.judge(answer(200, SUCCESS.replace("\"my-order-id-1\"", inAnswer)), new OrderId("7"));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CREATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"success\":true,", "\"success\":1,", "\"success\":\"true\",", "", "\"success\":null,",
        "\"success\":true,\"error_code\":null,"})
    void success_is_true_one_or_missing_when_nothing_contradicts(String said) {
        for (int status : new int[] {200, 201, 202, 299}) {
            Outcome outcome = judge.judge(answer(status, SUCCESS.replace("\"success\":true,", said)), ORDER);

            assertThat(outcome.kind()).as("%d %s", status, said).isEqualTo(OutcomeKind.CREATED);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | "success":false,                   | UNCLEAR
            200 | "success":"false",                 | UNCLEAR
            200 | "success":0,                       | UNCLEAR
            200 | "success":2,                       | UNCLEAR
            200 | "success":"yes",                   | UNCLEAR
            200 | "success":{},                      | UNCLEAR
            200 | "success":true,"error_code":1000,  | UNCLEAR
            200 | "success":true,"error_code":1016,  | REJECTED
            200 | "success":1,"error_code":"1032",   | ACCOUNT_FAULT
            200 | "error_code":1006,                 | DUPLICATE
            200 | "success":true,"error_code":"no",  | UNCLEAR
            302 | "success":true,                    | ACCOUNT_FAULT
            400 | "success":true,                    | REJECTED
            404 | "success":true,                    | ACCOUNT_FAULT
            409 | "success":true,                    | UNCLEAR
            429 | "success":true,                    | TRANSIENT
            500 | "success":true,                    | TRANSIENT
            503 | "success":true,"error_code":1001,  | TRANSIENT
            0   | "success":true,                    | TRANSIENT
            """)
    void a_usable_payment_url_is_no_success_when_something_contradicts(int status, String said, OutcomeKind kind) {
        Outcome outcome = judge.judge(answer(status, SUCCESS.replace("\"success\":true,", said)), ORDER);

        assertThat(outcome.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 502, 503, 504})
    void not_now_is_believed_before_the_body_is_looked_at(int status) {
        for (String body : new String[] {SUCCESS, "", "<html>", "{}", "{\"success\":false,\"error_code\":1029}", "{\"error_code\":1032}",
            "{\"success\":false,\"error_code\":1006}", "{\"success\":true}", "{\"error_code\":9999}", "{\"a\":1,\"a\":2}"}) {
            Outcome outcome = judge.judge(new ProviderAnswer(status, Optional.of("7"), body.getBytes(StandardCharsets.UTF_8)), ORDER);

            assertThat(outcome).as(body).isInstanceOfSatisfying(Outcome.Transient.class, passing -> {
                assertThat(passing.retryAfter()).contains(Duration.ofSeconds(7));
                assertThat(passing.cause().reason()).isEqualTo("HTTP_STATUS");
                assertThat(passing.cause().httpStatus()).isEqualTo(status);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_THE_API", "405,NOT_THE_API", "407,NOT_THE_API", "301,REDIRECTED", "302,REDIRECTED", "304,REDIRECTED",
        "308,REDIRECTED"})
    void an_answer_of_somebody_else_than_the_api_is_told_as_that_and_not_as_a_refused_account(int status, String reason) {
        for (String body : new String[] {"", "<html>Not found</html>", "{}", "{\"message\":\"no Route matched\"}", "{\"success\":false}"}) {
            Outcome outcome = judge.judge(answer(status, body), ORDER);

            assertThat(outcome.kind()).isEqualTo(OutcomeKind.ACCOUNT_FAULT);
            assertThat(outcome.failure()).get().matches(Failure::wrongAddress).extracting(Failure::reason).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"404,1006,DUPLICATE", "404,1019,ACCOUNT_FAULT", "405,1001,REJECTED", "301,1032,ACCOUNT_FAULT", "401,1032,ACCOUNT_FAULT"})
    void a_code_of_the_providers_shows_that_it_is_the_api(int status, int code, OutcomeKind kind) {
        Outcome outcome = judge.judge(answer(status, "{\"success\":false,\"error_code\":" + code + "}"), ORDER);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.failure()).get().matches(failure -> !failure.wrongAddress());
    }

    /** The URL is the provider's: a rule of ours that it breaks would cost a sale. */
    @ParameterizedTest
    @ValueSource(strings = {"https://pay_v2.multisafepay.com/connect/a/", "https://pay.example/connect/a|b/?x=1|2", "HTTPS://PAY.example",
        "https://pay.example/a b", "https://pay.example/ü?ö=😀#ä", "https://pay.example?x={y}^`\\", "https://pay.example:8443/%zz",
        "https://[2001:db8::1]/x", "https://pay.example/[x]", "https://pay.example\\x", "https://pay.example:/x", "https://pay.example./x"})
    void a_payment_url_is_taken_as_browsers_take_it(String url) {
        Outcome outcome = judge.judge(answer(200, success(url)), ORDER);

        assertThat(outcome).isEqualTo(new Outcome.Created(url, Optional.empty()));
    }

    @Test
    void spaces_around_a_payment_url_are_not_part_of_it() {
        Outcome outcome = judge.judge(answer(200, success(" https://pay.example/x ")), ORDER);

        assertThat(outcome).isEqualTo(new Outcome.Created("https://pay.example/x", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://", "https://?x", "https:// /x", "https://a b/x", "https://pay|.example/x", "https://pay%2eexample/x",
        "https://user@pay.example/", "https://:pw@pay.example/", "https://pay.example:65536/", "https://pay.example:x/", "https://[::1/x",
        "https://pay.example/\u0000", "https://pay.example/\u007f", "https://pay.example/\n", "https://pay.example/\tx",
            "\u0001https://pay.example",
        "https://pay.example/\u0085", "javascript:alert(1)//https://pay.example", "//pay.example/x", "https:/pay.example/x",
            "https:\\\\pay.example"})
    void a_payment_url_that_leads_nowhere_or_hides_something_is_unclear(String url) {
        Outcome outcome = judge.judge(answer(200, success(url)), ORDER);

        assertThat(outcome.failure()).map(Failure::reason).contains("BAD_PAYMENT_URL");
    }

    @Test
    void a_payment_url_may_be_long_but_not_without_end() {
        String longest = "https://pay.example/" + "x".repeat(8192 - 20);

        Outcome fits = judge.judge(answer(200, success(longest)), ORDER);
        Outcome tooLong = judge.judge(answer(200, success(longest + "x")), ORDER);

        assertThat(fits.kind()).isEqualTo(OutcomeKind.CREATED);
        assertThat(tooLong.kind()).isEqualTo(OutcomeKind.UNCLEAR);
    }

    private static String success(String url) {
        return JsonNodeFactory.instance.objectNode().put("success", true)
            .set("data", JsonNodeFactory.instance.objectNode().put("order_id", ORDER.text()).put("payment_url", url)).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            422 | {"success":false,"message":"Validation error","errors":[{"attribute":"order_id","details":"x"}]} | true
            422 | {"message":"The given data was invalid","errors":{"order_id":["must be a string"]}}              | true
            422 | {"success":false,"error_info":"order_id must be of type string"}                                 | true
            422 | {"success":false,"error_code":1016,"error_info":"Order ID: expected string"}                     | true
            422 | {"success":false,"message":"Validation error","errors":[{"attribute":"amount"}]}                 | false
            422 | {"success":false,"order_id":7}                                                                   | false
            422 | <html>order_id</html>                                                                            | false
            400 | {"success":false,"error_info":"order_id must be of type string"}                                 | false
            """)
    void a_422_that_names_the_order_id_is_told_apart(int status, String body, boolean named) {
        Outcome outcome = judge.judge(answer(status, body), ORDER);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.ofOrderId()).isEqualTo(named));
    }

    @Test
    void an_http_payment_url_is_for_simulators_only() {
        ProviderAnswer answer = answer(200, SUCCESS.replace("https://payv2.multisafepay.com", "http://localhost:8090"));

        Outcome live = judge.judge(answer, ORDER);
        Outcome simulated = new AnswerJudge(NOON, URI.create("http://simulator:8090/v1/json"), KnownSecrets.none()).judge(answer, ORDER);

        assertThat(live.failure()).map(Failure::reason).contains("BAD_PAYMENT_URL");
        assertThat(simulated.kind()).isEqualTo(OutcomeKind.CREATED);
    }

    @ParameterizedTest
    @CsvSource({"http://simulator:8090, CREATED", "http://127.0.0.1, CREATED", "http://[::1]:80, CREATED", "http://pay.example, UNCLEAR"})
    void an_http_payment_url_of_a_simulator_is_on_its_own_host_or_on_this_machine(String start, OutcomeKind kind) {
        ProviderAnswer answer = answer(200, SUCCESS.replace("https://payv2.multisafepay.com", start));

        Outcome outcome = new AnswerJudge(NOON, URI.create("http://simulator:8090/v1/json"), KnownSecrets.none()).judge(answer, ORDER);

        assertThat(outcome.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"success":true}                                                                                | NO_PAYMENT_URL
            {"success":true,"data":[]}                                                                      | NO_PAYMENT_URL
            {"success":true,"data":""}                                                                      | NO_PAYMENT_URL
            {"success":true,"data":{}}                                                                      | NO_PAYMENT_URL
            {"success":true,"error_code":1001}                                                              | NO_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":null}}                         | NO_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":""}}                           | NO_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":7}}                            | NO_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"/connect/x"}}                 | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"http://pay.example/x"}}       | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"ftp://pay.example/x"}}        | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"https:///x"}}                 | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"https:pay.example"}}          | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"https://a@pay.example/x"}}    | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"https://pay.example/\\u0000"}} | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"my-order-id-1","payment_url":"https://päy.example/"}}       | BAD_PAYMENT_URL
            {"success":true,"data":{"order_id":"MY-ORDER-ID-1","payment_url":"https://pay.example/x"}}      | OTHER_ORDER
            {"success":true,"data":{"order_id":7,"payment_url":"https://pay.example/x"}}                    | OTHER_ORDER
            {"success":true,"data":{"order_id":null,"payment_url":"https://pay.example/x"}}                 | OTHER_ORDER
            {"success":true,"data":{"payment_url":"https://pay.example/x"}}                                 | OTHER_ORDER
            {"success":true,"order_id":"my-order-id-1","data":{"payment_url":"https://pay.example/x"}}      | OTHER_ORDER
            {"success":true,"payment_url":"https://pay.example/x","order_id":"my-order-id-1"}               | NO_PAYMENT_URL
            """)
    void a_success_that_cannot_be_used_is_unclear(String body, String reason) {
        Outcome outcome = judge.judge(answer(200, body), ORDER);

        assertThat(outcome).isInstanceOf(Outcome.Unclear.class);
        assertThat(outcome.failure()).map(Failure::reason).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "1000,UNCLEAR", "1001,REJECTED", "1002,REJECTED", "1003,ACCOUNT_FAULT", "1004,ACCOUNT_FAULT", "1005,ACCOUNT_FAULT",
        "1006,DUPLICATE", "1007,REJECTED", "1008,REJECTED", "1009,UNCLEAR", "1010,REJECTED", "1011,ACCOUNT_FAULT",
        "1012,ACCOUNT_FAULT", "1013,ACCOUNT_FAULT", "1014,UNCLEAR", "1015,ACCOUNT_FAULT", "1016,REJECTED", "1017,UNCLEAR",
        "1018,REJECTED", "1019,ACCOUNT_FAULT", "1020,ACCOUNT_FAULT", "1021,TRANSIENT", "1022,UNCLEAR", "1023,ACCOUNT_FAULT",
        "1024,REJECTED", "1025,REJECTED", "1026,REJECTED", "1027,REJECTED", "1028,REJECTED", "1029,REJECTED", "1030,REJECTED",
        "1031,REJECTED", "1032,ACCOUNT_FAULT", "1033,UNCLEAR", "1034,UNCLEAR", "1035,ACCOUNT_FAULT", "1036,UNCLEAR", "9999,UNCLEAR",
        "0,UNCLEAR", "-1,UNCLEAR"})
    void an_error_code_decides_whatever_the_status_and_the_shape(int code, OutcomeKind kind) {
        for (int status : new int[] {200, 204, 302, 400, 401, 402, 403, 404, 405, 407, 409, 410, 418, 422, 431, 500, 501, 599, 0, 100,
            999}) {
            for (String rest : new String[] {"\"success\":false,\"data\":{}", "\"success\":false,\"data\":[]",
                "\"success\":false,\"data\":\"\"", "\"success\":\"false\"", "\"success\":\"true\"", "\"success\":1", "\"x\":1"}) {
                Outcome outcome = judge.judge(answer(status, "{" + rest + ",\"error_code\":" + code + ",\"error_info\":\"Fout\"}"), ORDER);

                assertThat(outcome.kind()).isEqualTo(kind);
                assertThat(outcome.failure()).contains(new Failure(status, OptionalInt.of(code), "Fout", "ERROR_CODE"));
            }
        }
    }

    @Test
    void an_error_code_may_be_digits_in_a_string() {
        Outcome outcome = judge.judge(answer(200, "{\"success\":\"false\",\"error_code\":\"1032\"}"), ORDER);

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.ACCOUNT_FAULT);
    }

    @Test
    void an_integer_beyond_all_codes_is_an_unknown_code() {
        Outcome outcome = judge.judge(answer(401, "{\"success\":false,\"error_code\":99999999999}"), ORDER);

        assertThat(outcome).isEqualTo(new Outcome.Unclear(new Failure(401, OptionalInt.empty(), "", "ERROR_CODE")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | UNCLEAR
            204 | UNCLEAR
            301 | ACCOUNT_FAULT
            302 | ACCOUNT_FAULT
            307 | ACCOUNT_FAULT
            308 | ACCOUNT_FAULT
            400 | REJECTED
            401 | ACCOUNT_FAULT
            402 | UNCLEAR
            407 | ACCOUNT_FAULT
            411 | UNCLEAR
            413 | UNCLEAR
            414 | UNCLEAR
            431 | UNCLEAR
            451 | UNCLEAR
            499 | UNCLEAR
            403 | ACCOUNT_FAULT
            404 | ACCOUNT_FAULT
            405 | ACCOUNT_FAULT
            406 | UNCLEAR
            408 | TRANSIENT
            409 | UNCLEAR
            410 | UNCLEAR
            415 | UNCLEAR
            418 | UNCLEAR
            422 | REJECTED
            425 | TRANSIENT
            429 | TRANSIENT
            500 | TRANSIENT
            501 | TRANSIENT
            502 | TRANSIENT
            503 | TRANSIENT
            504 | TRANSIENT
            599 | TRANSIENT
            600 | TRANSIENT
            999 | TRANSIENT
            100 | TRANSIENT
            0   | TRANSIENT
            -1  | TRANSIENT
            """)
    void without_a_verdict_in_the_body_the_status_decides(int status, OutcomeKind kind) {
        for (String body : new String[] {"{}", "[]", "null", "\"text\"", "{\"success\":false}", "{\"success\":\"true\",\"data\":{}}",
            "{\"message\":\"Forbidden\"}", "{\"success\":false,\"error_code\":null}", "{\"success\":false,\"error_code\":\"none\"}",
            "{\"success\":false,\"error_code\":10.06}", "{\"error_code\":{}}"}) {
            Outcome outcome = judge.judge(answer(status, body), ORDER);

            assertThat(outcome.kind()).as(body).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @CsvSource({"200,TRANSIENT", "201,TRANSIENT", "302,ACCOUNT_FAULT", "400,REJECTED", "401,ACCOUNT_FAULT", "403,ACCOUNT_FAULT",
        "404,ACCOUNT_FAULT", "405,ACCOUNT_FAULT", "408,TRANSIENT", "402,UNCLEAR", "409,UNCLEAR", "413,UNCLEAR", "418,UNCLEAR",
            "422,REJECTED",
        "204,TRANSIENT", "205,TRANSIENT", "0,TRANSIENT", "100,TRANSIENT", "600,TRANSIENT", "425,TRANSIENT", "429,TRANSIENT",
        "500,TRANSIENT", "502,TRANSIENT", "503,TRANSIENT", "504,TRANSIENT"})
    void an_unreadable_body_is_transient_unless_the_status_says_more(int status, OutcomeKind kind) {
        String cut = SUCCESS.substring(0, SUCCESS.length() - 20);
        for (String body : new String[] {"", " \r\n", cut, "<html><body>Service unavailable</body></html>", "{", "{} {}", "OK", "\u0000",
            "[".repeat(200_000), "{\"error_code\":1" + "0".repeat(2000) + "}"}) {
            Outcome outcome = judge.judge(answer(status, body), ORDER);

            assertThat(outcome.kind()).as("%.30s", body).isEqualTo(kind);
            assertThat(outcome.failure()).map(Failure::providerErrorInfo).contains("");
        }
    }

    @Test
    void a_member_that_appears_twice_makes_a_success_unclear() {
        String body = SUCCESS.replace("\"session_id\"", "\"payment_url\":\"https://other.example/\",\"session_id\"");

        Outcome outcome = judge.judge(answer(200, body), ORDER);

        assertThat(outcome).isEqualTo(new Outcome.Unclear(new Failure(200, OptionalInt.empty(), "", "AMBIGUOUS_BODY",
                body.length() + " bytes, beginning as JSON")));
    }

    @Test
    void a_validation_error_names_the_attributes_and_not_their_values() {
        Outcome outcome = judge.judge(answer(422, """
                {"success":false,"message":"Validation error","errors":[
                 {"attribute":"customer.email","message":"'jane' is no address","details":"jane","uri":"https://docs.example"},
                 {"attribute":"amount","message":"too low"},{"attribute":"<jane doe>"},{}]}
                """), ORDER);

        assertThat(outcome).isEqualTo(new Outcome.Rejected(
                new Failure(422, OptionalInt.empty(), "Validation error (customer.email, amount)", "HTTP_STATUS")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0                               | PT0S
            120                             | PT2M
            ` 7 `                           | PT7S
            999999999                       | PT999999999S
            Sun, 22 Nov 2026 12:00:30 GMT   | PT29.75S
            Sun, 22 Nov 2026 11:59:59 GMT   |
            -1                              |
            1.5                             |
            9999999999                      |
            soon                            |
            ``                              |
            Mon, 22 Nov 2026 12:00:30 GMT   |
            """)
    void retry_after_is_seconds_or_a_date(String header, Duration wait) {
        Outcome outcome = judge.judge(new ProviderAnswer(429, Optional.of(header), new byte[0]), ORDER);

        assertThat(((Outcome.Transient) outcome).retryAfter()).isEqualTo(Optional.ofNullable(wait));
    }

    @ParameterizedTest
    @CsvSource({"408,false", "425,false", "429,false", "500,true", "503,true", "200,true"})
    void an_outcome_is_unknown_where_the_provider_may_have_taken_the_order(int status, boolean unknown) {
        Outcome outcome = judge.judge(answer(status, ""), ORDER);

        assertThat(((Outcome.Transient) outcome).outcomeUnknown()).isEqualTo(unknown);
    }

    @ParameterizedTest
    @EnumSource(TransportFault.class)
    void a_call_without_an_answer_is_transient(TransportFault fault) {
        Outcome.Transient outcome = Outcome.transportFailure(fault);

        assertThat(outcome.cause()).isEqualTo(new Failure(0, OptionalInt.empty(), "", fault.name()));
        assertThat(outcome.outcomeUnknown()).isEqualTo(fault != TransportFault.CONNECT_FAILED && !outcome.cause().ofProxy());
        assertThat(outcome.retryAfter()).isEmpty();
    }

    @Test
    void neither_answer_nor_outcome_prints_the_payment_url() {
        ProviderAnswer answer = answer(200, SUCCESS);

        Outcome outcome = judge.judge(answer, ORDER);

        assertThat(answer.toString() + outcome).doesNotContain("s3ss10n", "payv2", "t0ken");
    }

    private static ProviderAnswer answer(int status, String body) {
        return new ProviderAnswer(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
    }
}
