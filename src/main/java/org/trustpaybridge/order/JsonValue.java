package org.trustpaybridge.order;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** A JSON value as far as the rules look at it; numbers keep their spelling, since {@code 1e3} is not an amount and {@code 1000} is. */
sealed interface JsonValue {

    /** How JSON text becomes one. No rule reads an array, so its elements are dropped. */
    StrictJson.Shape<JsonValue> SHAPE = new StrictJson.Shape<>() {
        @Override
        public JsonValue text(String text) {
            return new Text(text);
        }

        @Override
        public JsonValue number(String token, boolean integer) {
            return new Num(token, integer);
        }

        @Override
        public JsonValue bool(boolean value) {
            return new Bool(value);
        }

        @Override
        public JsonValue nothing() {
            return Other.NULL;
        }

        @Override
        public Map<String, JsonValue> members() {
            return new HashMap<>();
        }

        @Override
        public JsonValue object(Map<String, JsonValue> members) {
            return new Obj(members);
        }

        @Override
        public List<JsonValue> elements() {
            return null;
        }

        @Override
        public JsonValue array(List<JsonValue> elements) {
            return Other.ARRAY;
        }
    };

    /** The same value out of a tree, at most as deep as {@link StrictJson#MAX_DEPTH}. */
    static JsonValue of(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonValue> members = new HashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            return new Obj(members);
        }
        if (node.isTextual()) {
            return new Text(node.textValue());
        }
        if (node.isNumber()) {
            return new Num(node.asText(), node.isIntegralNumber());
        }
        return node.isBoolean() ? new Bool(node.booleanValue()) : node.isArray() ? Other.ARRAY : Other.NULL;
    }

    /** Names the kind, never the value, in words that follow "found". */
    String kind();

    record Obj(Map<String, JsonValue> members) implements JsonValue {
        @Override
        public String kind() {
            return "an object";
        }
    }

    record Text(String text) implements JsonValue {
        @Override
        public String kind() {
            return text.isEmpty() ? "an empty string" : "a string";
        }
    }

    /** @param integer whether the token has neither fraction nor exponent */
    record Num(String token, boolean integer) implements JsonValue {
        @Override
        public String kind() {
            return integer ? "an integer" : "a number with a fraction or an exponent";
        }
    }

    record Bool(boolean value) implements JsonValue {
        @Override
        public String kind() {
            return "a boolean";
        }
    }

    enum Other implements JsonValue {
        NULL("null"),
        ARRAY("an array");

        private final String kind;

        Other(String kind) {
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }
    }
}
