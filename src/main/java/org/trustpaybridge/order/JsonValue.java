package org.trustpaybridge.order;

import java.util.Map;

/** A JSON value as far as the rules look at it; numbers keep their spelling, since {@code 1e3} is not an amount and {@code 1000} is. */
sealed interface JsonValue {

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
