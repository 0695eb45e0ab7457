package org.trustpaybridge.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueViewTest {

    private static final String EVENT = """
        {"order_id":"my-1","currency":"CZK","amount":1000,"description":"Order of Jana Nováková",
         "customer":{"email":"jana@personal.example","locale":"cs_CZ","phone":420777123456,"birthday":"1990-01-01","first_name":"Jana",
           "address1":"Dlouhá 1","ip_address":"203.0.113.7","disable_send_email":true},
         "items":[{"name":"Shirt for Jana"}],
         "payment_options":{"notification_url":"https://shop.example.com/n?token=s3cret","close_window":null}}""";

    private final ValueView masked = new ValueView(false);
    private final ValueView revealed = new ValueView(true);

    @Test
    void an_event_is_indented_and_tells_nothing_of_the_customer() {
        assertThat(masked.show(bytes(EVENT))).isEqualTo("""
            {
              "order_id": "my-1",
              "currency": "CZK",
              "amount": 1000,
              "description": "*** (22 characters)",
              "customer": {
                "email": "*** (21 characters)",
                "locale": "cs_CZ",
                "phone": "***",
                "birthday": "*** (10 characters)",
                "first_name": "*** (4 characters)",
                "address1": "*** (8 characters)",
                "ip_address": "*** (11 characters)",
                "disable_send_email": true
              },
              "*** (5 characters)": [
                {
                  "*** (4 characters)": "*** (14 characters)"
                }
              ],
              "payment_options": {
                "notification_url": "https://shop.example.com/***",
                "close_window": null
              }
            }""");
    }

    @Test
    void everything_is_shown_when_asked_for() {
        assertThat(revealed.show(bytes(EVENT))).contains("\"email\": \"jana@personal.example\"", "Nováková", "420777123456", "token=s3cret",
            "Shirt for Jana");
    }

    @Test
    void the_order_in_a_cloud_event_is_shown_like_an_order() {
        // Given
        String event = """
            {"specversion":"1.0","id":"7","source":"/jana","data":{"order_id":7,"currency":"CZK","customer":{"email":"j@p.example"}}}""";

        // Then
        assertThat(masked.show(bytes(event))).contains("\"specversion\": \"1.0\"", "\"id\": \"*** (1 character)\"", "\"order_id\": 7",
            "\"currency\": \"CZK\"", "\"email\": \"*** (11 characters)\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"currency\":\"Jana Novakova\"}", "{\"order_id\":\"jana@personal.example\"}", "{\"amount\":\"Jana\"}", "\"Jana\"", "[\"Jana\"]",
        "{\"customer\":\"Jana\"}", "{\"customer\":{\"customer\":{\"email\":\"Jana\"}}}", "{\"order_id\":{\"order_id\":\"Jana\"}}",
        "{\"Jana\":1}", "{\"Jana\":{\"currency\":\"Jana\"}}", "{\"currency\":{\"a\":\"Jana\"},\"currency\":[[\"Jana\"]]}",
        "{\"payment_options\":{\"redirect_url\":\"https://jana@x/\",\"cancel_url\":\"Jana\"}}",
            "{\"data\":{\"data\":{\"currency\":\"Jana\"}}}",
        "{\"customer\":{\"email\":\"Jana", "Jana, Dlouha 1", "{} Jana", "{\"order_id\":\"1\"}{\"a\":\"Jana\"}",
            "{\"customer\":{\"email\":'Jana'}}"
    })
    void nothing_wrong_about_an_event_brings_a_person_to_light(String event) {
        assertThat(masked.show(bytes(event))).doesNotContainIgnoringCase("jana").doesNotContain("Dlouha");
    }

    @Test
    void a_member_that_appears_twice_is_shown_twice() {
        assertThat(masked.show(bytes("{\"amount\":1,\"amount\":2}"))).isEqualTo("{\n  \"amount\": 1,\n  \"amount\": 2\n}");
    }

    @Test
    void of_what_is_no_json_the_shape_is_shown_and_the_length_told() {
        assertThat(masked.show(bytes("{\"order_id\":\"my-1\",\u001b[2J")))
            .isEqualTo("(no JSON, 23 bytes)\n{\"xxxxx_xx\":\"xx-9\",\\x1b[9x");
        assertThat(masked.show(new byte[] {(byte) 0xFF, 0, 'a'})).isEqualTo("(no JSON, 3 bytes)\nx\\x00x");
        assertThat(masked.show(new byte[0])).isEqualTo("(no JSON, 0 bytes)");
        assertThat(masked.show(null)).isEqualTo("(no value)");
    }

    @Test
    void a_long_value_is_cut() {
        assertThat(masked.show(bytes("x".repeat(1000)))).contains("(and 700 bytes more)").hasLineCount(6);
        assertThat(revealed.show(bytes("[\"" + "a".repeat(20_000) + "\"]"))).contains("(cut here: ").hasSizeLessThan(17_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "\u009b2J", "\u202eevil", "\r", "\u0007", "\u2028", "\ufeff", "\u200b"})
    void nothing_that_is_shown_can_steer_a_terminal(String evil) {
        String jsonEscaped = "{\"a\":\"" + evil.codePoints().mapToObj("\\u%04x"::formatted).reduce("", String::concat) + "\"}";
        for (String value : new String[] {evil, "{\"" + evil + "\":1}", "{\"order_id\":\"" + evil + "\"}", jsonEscaped,
            jsonEscaped.replace("\"a\"", "\"order_id\"")}) {
            for (ValueView view : new ValueView[] {masked, revealed}) {
                assertThat(view.show(bytes(value))).doesNotContain(evil);
            }
        }
        assertThat(Printable.line("id" + evil, 60)).startsWith("id").doesNotContain(evil.substring(0, 1));
    }

    @Test
    void deep_and_huge_json_is_shown_without_harm() {
        assertThat(masked.show(bytes("[".repeat(100_000)))).startsWith("(no JSON, 100000 bytes)");
        assertThat(masked.show(bytes("{\"amount\":" + "9".repeat(5000) + "}"))).hasSizeLessThan(17_000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
