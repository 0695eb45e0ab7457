package org.trustpaybridge.demo;

import java.util.List;

import org.apache.kafka.common.header.Header;
import org.trustpaybridge.testkit.KafkaProbe;

/**
 * An event of the demo.
 *
 * @param topic the topic that it is published on
 * @param key the record's key, which is the order id in the bridge's own events
 * @param about what there is to see, in a few words
 * @param value the record's value, UTF-8 text
 * @param headers the record's headers
 */
record DemoOrder(String topic, String key, String about, String value, List<Header> headers) {

    DemoOrder {
        headers = List.copyOf(headers);
    }

    /** The demo's orders, in the order they are published. */
    static List<DemoOrder> handful() {
        return List.of(
            plain("my-order-id-1", "a good order: 10.00 CZK", order("\"my-order-id-1\"", "CZK", 1000, "Test Order Description", "cs_CZ")),
            plain("20261122", "a good order with a number as its id: 24.95 EUR",
                order("20261122", "EUR", 2495, "Two tickets, row 7", "de_DE")),
            cloudEvent("cloud-event-1", "a good order inside a CloudEvent: 349.00 SEK",
                order("\"cloud-event-1\"", "SEK", 34_900, "A lamp", "sv_SE")),
            plain("sim-503x2-retry", "the provider is down for its first two calls",
                order("\"sim-503x2-retry\"", "GBP", 1250, "A book", "en_GB")),
            plain("three-mistakes", "an event with three mistakes", """
                {"order_id":"three-mistakes","currency":"crowns","amount":"12.50","description":"Three mistakes",\
                "customer":{"email":"nobody","locale":"cs_CZ"}}"""),
            plain("sim-1002-refused", "an order that the provider refuses",
                order("\"sim-1002-refused\"", "CZK", 5000, "Refused", "cs_CZ")),
            new DemoOrder(OrderDesk.WEBHOOKS, "1001", "an event of another shape, through a mapping: 389.00 EUR", webhook("#1001"),
                List.of()));
    }

    /** One more order, for the visitor to publish. */
    static String another() {
        return order("\"my-order-id-2\"", "EUR", 4200, "My own order", "nl_NL");
    }

    /** An order as a shop of another kind tells of it. */
    static String webhook(String name) {
        return """
            {
              "name": "%s",
              "email": "jana@example.com",
              "currency": "EUR",
              "total_price": "389.00",
              "customer_locale": "sk",
              "payment_gateway_names": ["TrustPay (bank transfer)"],
              "billing_address": {"first_name": "Jana", "zip": "811 01", "city": "Bratislava", "country_code": "SK"},
              "line_items": [{"title": "Short sleeve t-shirt", "quantity": 2, "price": "194.50"}]
            }
            """.formatted(name);
    }

    private static DemoOrder plain(String key, String about, String value) {
        return new DemoOrder(OrderDesk.ORDERS, key, about, value, List.of());
    }

    private static DemoOrder cloudEvent(String key, String about, String order) {
        String event = """
            {"specversion":"1.0","id":"demo-event-1","source":"/shop","type":"shop.order-created",\
            "datacontenttype":"application/json","data":%s}""".formatted(order);
        return new DemoOrder(OrderDesk.ORDERS, key, about, event, List.of(KafkaProbe.header("content-type",
            "application/cloudevents+json")));
    }

    private static String order(String jsonId, String currency, int amount, String description, String locale) {
        return """
            {"order_id":%s,"currency":"%s","amount":%d,"description":"%s",\
            "customer":{"email":"simonsmit@example.com","locale":"%s"}}""".formatted(jsonId, currency, amount, description, locale);
    }
}
