package org.trustpaybridge.order.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** What the program's own {@code error} raises: any value, which a {@code try} gets as it is. */
final class Raised extends JsonQueryException {

    private final JsonNode value;

    Raised(JsonNode value) {
        super("an error that the mapping raises");
        this.value = value;
    }

    @Override
    public JsonNode getMessageAsJsonNode() {
        return value;
    }
}
