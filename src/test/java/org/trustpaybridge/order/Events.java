package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Events for the tests, made from the sample of the documentation. */
final class Events {

    static final JsonMapper JSON = JsonMapper.builder().build();

    static final String SAMPLE = """
            {"order_id":"my-order-id-1","currency":"CZK","amount":1000,"description":"Test Order Description",
             "customer":{"email":"simonsmit@example.com","locale":"cs_CZ"},
             "payment_options":{"notification_url":"http://www.example.com/client/notification?type=notification",
               "redirect_url":"http://www.example.com/client/notification?type=redirect",
               "cancel_url":"http://www.example.com/client/notification?type=cancel","close_window":true}}
            """;

    private Events() {
    }

    static IncomingEvent event(String value) {
        return new IncomingEvent(value.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static IncomingEvent event(String value, Map<String, String> headers) {
        return new IncomingEvent(value.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The sample with one member, given as a dotted path, set to a JSON value. */
    static String with(String path, String json) {
        ObjectNode event = (ObjectNode) tree(SAMPLE);
        parent(event, path).set(path.substring(path.lastIndexOf('.') + 1), tree(json));
        return event.toString();
    }

    static String without(String path) {
        ObjectNode event = (ObjectNode) tree(SAMPLE);
        parent(event, path).remove(path.substring(path.lastIndexOf('.') + 1));
        return event.toString();
    }

    private static ObjectNode parent(ObjectNode event, String path) {
        ObjectNode node = event;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            node = node.withObjectProperty(names[i]);
        }
        return node;
    }

    static String text(String json) {
        return tree(json).textValue();
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mapping.Accepted accepted(Mapping mapping) {
        assertThat(mapping).isInstanceOf(Mapping.Accepted.class);
        return (Mapping.Accepted) mapping;
    }

    static List<Violation> violations(Mapping mapping) {
        assertThat(mapping).isInstanceOf(Mapping.Refused.class);
        return ((Mapping.Refused) mapping).violations();
    }

    static MappingRules rules(OrderIdType type, DescriptionPolicy policy, OrderDefaults defaults) {
        return new MappingRules(type, policy, OptionalFields.FIX, java.util.Set.of(), defaults);
    }

    /** Rules that repair nothing. */
    static MappingRules strict(OrderDefaults defaults) {
        return new MappingRules(OrderIdType.AUTO, DescriptionPolicy.REJECT, OptionalFields.REJECT, java.util.Set.of(), defaults);
    }
}
