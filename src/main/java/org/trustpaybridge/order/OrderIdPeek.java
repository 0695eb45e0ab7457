package org.trustpaybridge.order;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Finds the order id of an event without parsing the rest, for those who must tell orders apart before they are mapped. What it finds is
 * what {@link OrderMapper} reports; where a member appears twice, the first one counts.
 */
public final class OrderIdPeek {

    private OrderIdPeek() {
    }

    /** The order id, or nothing when there is no usable one, or the value is too large or too broken to reach it. Never throws. */
    public static Optional<OrderId> peek(IncomingEvent event) {
        byte[] value = event.value();
        if (value == null || value.length > IncomingEvent.MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return Envelope.isStructured(event) ? inEnvelope(value) : inOrder(value);
        } catch (IOException | RuntimeException e) {
            // Broken JSON, broken Base64: the mapping says what is wrong.
            return Optional.empty();
        }
    }

    private static Optional<OrderId> inOrder(byte[] value) throws IOException {
        try (JsonParser parser = parser(value)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? member(parser) : Optional.empty();
        }
    }

    private static Optional<OrderId> inEnvelope(byte[] value) throws IOException {
        try (JsonParser parser = parser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (name.equals("data") && token == JsonToken.START_OBJECT) {
                    return member(parser);
                }
                if (name.equals("data_base64") && token == JsonToken.VALUE_STRING) {
                    return inOrder(Base64.getDecoder().decode(parser.getText()));
                }
                parser.skipChildren();
            }
            return Optional.empty();
        }
    }

    /** Looks for the id among the members of the object that has just been entered. */
    private static Optional<OrderId> member(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals("order_id");
            JsonToken token = parser.nextToken();
            if (found) {
                return orderId(token, parser);
            }
            parser.skipChildren();
        }
        return Optional.empty();
    }

    private static Optional<OrderId> orderId(JsonToken token, JsonParser parser) throws IOException {
        String text = switch (token) {
            case VALUE_STRING, VALUE_NUMBER_INT -> parser.getText();
            default -> null;
        };
        return OrderId.problem(text) == null ? Optional.of(new OrderId(text)) : Optional.empty();
    }

    /**
     * An event that begins as nearly all do is decoded as a whole, which costs less than the buffers of a parser that finds out the
     * encoding. Such a parser reads the others: some may begin with a byte order mark, or be UTF-16.
     */
    private static JsonParser parser(byte[] value) throws IOException {
        if (value.length > 1 && value[0] == '{' && value[1] != 0) {
            return StrictJson.FACTORY.createParser(new String(value, StandardCharsets.UTF_8));
        }
        InputStream in = new ByteArrayInputStream(value);
        return StrictJson.FACTORY.createParser(in);
    }
}
