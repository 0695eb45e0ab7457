package org.trustpaybridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.order.KnownSecrets;

class PostRefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | {'success':false,'data':{},'error_code':1016,'error_info':'Missing data'}", "404 | {'success':false,'error_code':1006}",
        "400 | {'error_code':'1001'}", "422 | {'success':'false','error_code':1002}"})
    void a_refusal_of_an_orders_data_in_the_providers_own_words_is_as_it_should(int status, String body) {
        assertThat(judged(status, body).asItShould()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | {'success':false,'error_code':1016}", "200 | {'success':true,'data':{'payment_url':'https://x.example/'}}",
        "500 | {'success':false,'error_code':1016}", "429 | {'success':false,'error_code':1016}", "408 | {'error_code':1016}",
        "403 | {'message':'Forbidden'}", "400 | {'success':false}", "400 | <html>", "400 | ''",
            "422 | {'message':'Validation error','errors':[]}",
        "401 | {'success':false,'error_code':1032}", "400 | {'success':false,'error_code':1019}", "400 | {'error_code':1021}",
        "410 | {'error_code':1000}", "400 | {'error_code':9999}", "400 | {'success':true,'error_code':1016}", "302 | {'error_code':1016}"})
    void anything_else_proves_nothing(int status, String body) {
        assertThat(judged(status, body).asItShould()).isFalse();
    }

    @Test
    void what_is_sent_has_nothing_of_which_an_order_could_become() {
        assertThat(new String(PostRefusal.order(), StandardCharsets.UTF_8)).isEqualTo("{\"type\":\"redirect\",\"gateway\":\"TRUSTPAY\"}");
    }

    private static PostRefusal judged(int status, String body) {
        return PostRefusal.judge(new ProviderAnswer(status, Optional.empty(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
            KnownSecrets.none());
    }
}
