package org.trustpaybridge.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An order that the provider takes, to be spoilt by tests as they need. */
final class SampleOrder {

    static final ObjectMapper JSON = new ObjectMapper();

    private SampleOrder() {
    }

    static ObjectNode withId(String orderId) {
        ObjectNode order = read("""
            {"type":"redirect","order_id":"?","currency":"CZK","amount":1000,"gateway":"TRUSTPAY","description":"Test Order Description",
             "custom_info":{},"payment_options":{"notification_url":"http://www.example.com/client/notification?type=notification",
             "redirect_url":"http://www.example.com/client/notification?type=redirect",
             "cancel_url":"http://www.example.com/client/notification?type=cancel","close_window":true},
             "customer":{"email":"simonsmit@example.com","locale":"cs_CZ"}}""");
        return order.put("order_id", orderId);
    }

    static ObjectNode forShop(String orderId, Shop shop) {
        ObjectNode order = withId(orderId);
        ((ObjectNode) order.get("payment_options"))
            .put("notification_url", shop.url("/notify?type=notification"))
            .put("redirect_url", shop.url("/thanks?type=redirect"))
            .put("cancel_url", shop.url("/cancelled"));
        return order;
    }

    /** The sample with one member changed: {@code customer.email} names it, and the value is JSON, or "gone" to take it away. */
    static ObjectNode with(String field, String json) {
        ObjectNode order = withId("checked-1");
        int dot = field.indexOf('.');
        ObjectNode owner = dot < 0 ? order : order.withObjectProperty(field.substring(0, dot));
        String name = field.substring(dot + 1);
        if (json.equals("gone")) {
            owner.remove(name);
        } else {
            owner.set(name, read(json));
        }
        return order;
    }

    @SuppressWarnings("unchecked")
    static <T extends JsonNode> T read(String json) {
        try {
            return (T) JSON.readTree(json);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
