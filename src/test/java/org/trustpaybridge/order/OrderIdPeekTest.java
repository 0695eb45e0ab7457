package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.order.Events.event;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdPeekTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"order_id":7}                                      | 7
            {"order_id":"7"}                                    | 7
            {"order_id":-0}                                     | -0
            {"customer":{"order_id":"inner"},"order_id":"a"}    | a
            {"x":[{"order_id":"inner"}],"order_id":"a"}         | a
            {"order_id":"a","order_id":"b"}                     | a
            {"order_id":"a", broken                             | a
            {"order_id":null}                                   |
            {"order_id":7.0}                                    |
            {"order_id":""}                                     |
            {"order_id":{}}                                     |
            {"data":{"order_id":"a"}}                           |
            {"x":broken,"order_id":"a"}                         |
            {                                                   |
            []                                                  |
            """)
    void it_finds_the_first_order_id_at_the_top(String value, String id) {
        assertThat(OrderIdPeek.peek(event(value)).map(OrderId::text).orElse(null)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"order_id":"outer","data":{"order_id":"a"}}            | a
            {"data":null,"data_base64":"eyJvcmRlcl9pZCI6ImEifQ=="}  | a
            {"data_base64":"%%%"}                                   |
            {"order_id":"outer"}                                    |
            """)
    void in_a_structured_event_it_looks_into_data(String value, String id) {
        Map<String, String> headers = Map.of("content-type", "application/cloudevents+json");

        assertThat(OrderIdPeek.peek(event(value, headers)).map(OrderId::text).orElse(null)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void it_finds_the_order_id_of_an_event_that_is_refused_for_its_encoding(Charset encoding) {
        for (String value : List.of("\uFEFF{\"order_id\":\"a\"}", "{\"order_id\":\"a\"}", " {\"order_id\":\"a\"}")) {
            assertThat(OrderIdPeek.peek(new IncomingEvent(value.getBytes(encoding), Map.of()))).as(value).contains(new OrderId("a"));
        }
    }

    @Test
    void a_record_without_a_value_has_none() {
        assertThat(OrderIdPeek.peek(new IncomingEvent(null, Map.of()))).isEmpty();
    }
}
