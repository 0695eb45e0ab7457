package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.order.Events.event;
import static org.trustpaybridge.order.Events.violations;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever sends an event of another shape is told which of its members are meant, and how to take them. */
class LookalikesTest {

    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"orderId":"1"} | order_id | the event has orderId, which order.mapping can take: order_id: .orderId
            {"order":{"number":"1"}} | order_id | the event has order.number, which order.mapping can take: order_id: .order.number
            {"order-number":"1"} | order_id | the event has order-number, which order.mapping can take: order_id: .["order-number"]
            {"customer":{"id":1},"id":2} | order_id | the event has id, which
            {"totalAmount":"10.00"} | amount | the event has totalAmount, which order.mapping can take: amount: (.totalAmount | \
            minor_units("EUR"))
            {"total":"1","currency":"CZK"} | amount | amount: (.currency as $c | .total | minor_units($c))
            {"total":"1","currencyCode":"CZK"} | amount | amount: (.currencyCode as $c | .total | minor_units($c))
            {"totals":{"grand_total":10}} | amount | the event has totals.grand_total, which
            {"totalPrice":{"centAmount":1}} | amount | the event has totalPrice.centAmount, which
            {"payload":{"basket":{"total":{"gross":"1","curr":"CZK"}}}} | amount | (.payload.basket.total.curr as $c | \
            .payload.basket.total.gross | minor_units($c))
            {"payload":{"basket":{"reference":"1"}}} | order_id | order_id: .payload.basket.reference
            {"o":1,"order":{"prices":{"currencyCode":"czk","gross":"1"}}} | currency | currency: (.order.prices.currencyCode | upcase)
            {"order":{"prices":{"currencyCode":"czk","gross":"1"}}} | amount | ((.order.prices.currencyCode | upcase) as $c | \
            .order.prices.gross | minor_units($c))
            {"currencyCode":"CZK"} | currency | the event has currencyCode, which
            {"customer":{"emailAddress":"a@b.cz"}} | customer.email | \
            the event has customer.emailAddress, which order.mapping can take: customer: {email: .customer.emailAddress}
            {"email":"a@b.cz"} | customer.email | the event has email, which
            {"billing":{"email":"a@b.cz"}} | customer.email | the event has billing.email, which
            {"customer":{"language":"cs"}} | customer.locale | customer: {locale: locale(.customer.language; null)}
            {"title":"Order"} | description | the event has title, which
            {"urls":{"returnUrl":"https://a.b/"}} | payment_options.redirect_url | the event has urls.returnUrl, which
            """)
    void a_missing_member_names_the_one_that_looks_like_it(String json, String field, String words) {
        Mapping mapping = mapper.map(event(json));

        assertThat(violations(mapping)).filteredOn(each -> each.field().equals(field)).singleElement()
                .satisfies(each -> assertThat(each.problem()).startsWith("missing, expected ").contains("; ").contains(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"customer":{"id":7}} | order_id
            {"jana@personal.example":{"orderId":1}} | order_id
            {"items":{"price":10}} | amount
            {"total":[10]} | amount
            {"total":null} | amount
            {} | amount
            """)
    void what_may_mean_something_else_is_not_told(String json, String field) {
        Mapping mapping = mapper.map(event(json));

        assertThat(violations(mapping)).filteredOn(each -> each.field().equals(field)).singleElement()
                .satisfies(each -> assertThat(each.problem()).doesNotContain("the event has"));
    }

    @Test
    void the_data_of_a_cloud_event_are_looked_through() {
        Mapping mapping = mapper.map(event("{\"specversion\":\"1.0\",\"data\":{\"orderId\":\"1\"}}",
                Map.of("content-type", "application/cloudevents+json")));

        assertThat(violations(mapping)).filteredOn(each -> each.field().equals("data.order_id")).singleElement()
                .satisfies(each -> assertThat(each.problem()).contains("the event has orderId"));
    }
}
