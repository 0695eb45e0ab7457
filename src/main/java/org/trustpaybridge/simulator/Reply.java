package org.trustpaybridge.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * An answer before it goes out.
 *
 * @param status  HTTP status
 * @param headers HTTP headers, without the length
 * @param body    the bytes of the body, perhaps none
 */
record Reply(int status, Map<String, String> headers, byte[] body) {

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(body));
    }

    static Reply html(int status, String page) {
        return new Reply(status, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
    }

    static Reply seeOther(String location) {
        return new Reply(303, Map.of("Location", location, "Cache-Control", "no-store"), new byte[0]);
    }

    /** The provider's refusal, with its error code and a body whose data is an empty object. */
    static Reply refusal(int code, String info) {
        return refusal(statusOf(code), code, info, Json.newObject());
    }

    static Reply refusal(int status, int code, String info, JsonNode data) {
        ObjectNode body = Json.newObject().put("success", false);
        body.set("data", data);
        body.put("error_code", code).put("error_info", info);
        return json(status, body);
    }

    /** A failure that carries no error code. */
    static Reply failure(int status, String info) {
        ObjectNode body = Json.newObject().put("success", false);
        body.set("data", Json.newObject());
        body.put("error_info", info);
        return json(status, body);
    }

    static Reply text(int status, String contentType, String text) {
        return new Reply(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    Reply withBody(byte[] other) {
        return new Reply(status, headers, other);
    }

    static JsonNode emptyText() {
        return TextNode.valueOf("");
    }

    /** The HTTP status that accompanies an error code. The provider itself is not constant in this; these are the ones seen most. */
    static int statusOf(int code) {
        return switch (code) {
            case 1000 -> 410;
            case 1006 -> 404;
            case 1032 -> 401;
            default -> 400;
        };
    }
}
