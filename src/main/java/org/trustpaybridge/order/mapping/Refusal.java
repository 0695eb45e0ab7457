package org.trustpaybridge.order.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A value is not what is needed. The words hold no value: they are for whoever looks at a dead letter. */
final class Refusal extends JsonQueryException {

    private final String found;
    private final String expected;

    /**
     * @param found    words that follow "found"
     * @param expected words that follow "expected"
     */
    Refusal(String found, String expected) {
        super("found " + found + ", expected " + expected);
        this.found = found;
        this.expected = expected;
    }

    static Refusal of(JsonNode found, String expected) {
        return new Refusal(Values.kind(found), expected);
    }

    String found() {
        return found;
    }

    String expected() {
        return expected;
    }
}
