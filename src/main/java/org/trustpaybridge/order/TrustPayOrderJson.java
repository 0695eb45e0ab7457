package org.trustpaybridge.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

/**
 * Writes an order member by member, so that the order of the members is the one that can be read here. Jackson finds it by the annotation
 * on the order, so that whoever writes an order as JSON, Camel's data format for instance, writes this.
 */
final class TrustPayOrderJson extends StdSerializer<TrustPayOrder> {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    TrustPayOrderJson() {
        super(TrustPayOrder.class);
    }

    static byte[] write(TrustPayOrder order) {
        try {
            return MAPPER.writeValueAsBytes(order);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void serialize(TrustPayOrder order, JsonGenerator json, SerializerProvider provider) throws IOException {
        write(order, json);
    }

    private static void write(TrustPayOrder order, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "redirect");
        json.writePOJOField("order_id", order.orderId().jsonValue(order.orderIdType()));
        json.writeStringField("currency", order.money().currency());
        json.writeNumberField("amount", order.money().minorUnits());
        json.writeStringField("gateway", "TRUSTPAY");
        json.writeStringField("description", order.description());
        object(json, "custom_info", order.customInfo());
        write(order.paymentOptions(), json);
        write(order.customer(), json);
        integer(json, "days_active", order.daysActive());
        integer(json, "seconds_active", order.secondsActive());
        texts(json, order.variables());
        if (order.secondChanceSendEmail() != null) {
            json.writeObjectFieldStart("second_chance");
            bool(json, "send_email", order.secondChanceSendEmail());
            json.writeEndObject();
        }
        if (!order.plugin().isEmpty()) {
            object(json, "plugin", order.plugin());
        }
        json.writeEndObject();
    }

    private static void write(TrustPayOrder.PaymentOptions options, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("payment_options");
        json.writeStringField("notification_url", options.notificationUrl());
        json.writeStringField("redirect_url", options.redirectUrl());
        json.writeStringField("cancel_url", options.cancelUrl());
        bool(json, "close_window", options.closeWindow());
        if (options.notificationMethod() != null) {
            json.writeStringField("notification_method", options.notificationMethod());
        }
        json.writeEndObject();
    }

    private static void write(TrustPayOrder.Customer customer, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("customer");
        json.writeStringField("email", customer.email());
        json.writeStringField("locale", customer.locale());
        texts(json, customer.details());
        bool(json, "disable_send_email", customer.disableSendEmail());
        json.writeEndObject();
    }

    private static void object(JsonGenerator json, String name, Map<String, String> members) throws IOException {
        json.writeObjectFieldStart(name);
        texts(json, members);
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, Map<String, String> members) throws IOException {
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
        }
    }

    private static void integer(JsonGenerator json, String name, Integer value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private static void bool(JsonGenerator json, String name, Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
    }
}
