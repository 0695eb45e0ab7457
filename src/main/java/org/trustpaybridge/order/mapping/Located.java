package org.trustpaybridge.order.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** An error of the program's with its place and what was looked at; to the program itself it is the error alone. */
final class Located extends JsonQueryException {

    private final JsonQueryException error;
    private final ProgramPlace place;
    private final JsonNode input;

    Located(JsonQueryException error, ProgramPlace place, JsonNode input) {
        super(error.getOriginalMessage());
        this.error = error;
        this.place = place;
        this.input = input;
    }

    JsonQueryException error() {
        return error;
    }

    ProgramPlace place() {
        return place;
    }

    /** What the expression at the place was given. */
    JsonNode input() {
        return input;
    }

    @Override
    public JsonNode getMessageAsJsonNode() {
        return error.getMessageAsJsonNode();
    }

    /** There may be many, and nobody looks at it. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
