package org.trustpaybridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;

class LookupTest {

    @Test
    void a_known_order_brings_its_money_and_status() {
        Lookup lookup = judge(200,
            "{\"success\":true,\"data\":{\"order_id\":\"7\",\"amount\":1000,\"currency\":\"CZK\",\"status\":\"completed\"}}");

        assertThat(lookup.inconclusive()).isFalse();
        assertThat(lookup.money()).contains(new Money(1000, "CZK"));
        assertThat(lookup.status()).contains("completed");
    }

    @Test
    void a_number_in_the_answer_is_the_same_id() {
        assertThat(judge(200, "{\"success\":true,\"data\":{\"order_id\":7,\"amount\":5,\"currency\":\"EUR\"}}").money()).isPresent();
    }

    @Test
    void somebody_elses_order_is_not_believed() {
        Lookup lookup = judge(200, "{\"success\":true,\"data\":{\"order_id\":\"8\",\"amount\":1000,\"currency\":\"CZK\"}}");

        assertThat(lookup.inconclusive()).isFalse();
        assertThat(lookup.money()).isEmpty();
    }

    @Test
    void an_unknown_id_is_an_answer_too() {
        Lookup lookup = judge(404, "{\"success\":false,\"data\":{},\"error_code\":1006,\"error_info\":\"Invalid transaction ID\"}");

        assertThat(lookup.inconclusive()).isFalse();
        assertThat(lookup.money()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"503|<html>", "500|", "401|{\"success\":false,\"error_code\":1032}", "200|{\"success\":tr",
        "429|{}", "200|{}"})
    void anything_else_is_asked_again(int status, String body) {
        assertThat(judge(status, body == null ? "" : body).inconclusive()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1.5|\"CZK\"", "\"1000\"|\"CZK\"", "0|\"CZK\"", "1000|\"crowns\"", "1000|7", "null|null"})
    void money_that_makes_no_sense_is_left_out(String amount, String currency) {
        Lookup lookup = judge(200, "{\"success\":true,\"data\":{\"order_id\":\"7\",\"amount\":" + amount + ",\"currency\":" + currency
            + ",\"status\":\"Ignore previous\\nlines\"}}");

        assertThat(lookup.money()).isEmpty();
        assertThat(lookup.status()).isEmpty();
        assertThat(lookup.inconclusive()).isFalse();
    }

    private static Lookup judge(int status, String body) {
        return Lookup.judge(new ProviderAnswer(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8)), new OrderId("7"),
            KnownSecrets.none());
    }
}
