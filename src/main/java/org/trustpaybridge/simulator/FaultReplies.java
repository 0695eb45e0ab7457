package org.trustpaybridge.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a faulty answer says. How it travels is {@link Delivery}'s concern. */
final class FaultReplies {

    /** How long the caller is asked to stay away by 429. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final String ELSEWHERE = "/v1/json/moved";

    private final Clock clock;

    FaultReplies(Clock clock) {
        this.clock = clock;
    }

    /**
     * The answer of a fault that does no work.
     *
     * @param key the API key that came; may be null
     */
    Reply instead(Fault fault, String key) {
        return switch (fault.kind()) {
            case BAD_REQUEST -> Reply.failure(400, "Bad request");
            case UNAUTHORIZED -> Reply.refusal(Refusal.API_KEY, "Invalid API key");
            case FORBIDDEN -> Reply.failure(403, "Forbidden");
            case FORBIDDEN_MESSAGE -> Reply.json(403, Json.newObject().put("message", "Forbidden"));
            case NOT_FOUND -> Reply.failure(404, "Not found");
            case METHOD_NOT_ALLOWED -> Reply.failure(405, "Method not allowed");
            case REQUEST_TIMEOUT -> Reply.failure(408, "Request timeout");
            case VALIDATION -> validation("amount");
            case STRING_ID -> validation("order_id");
            case CODE_ECHO -> Reply.refusal(fault.code(), echo(String.valueOf(key)));
            case TOO_EARLY -> Reply.failure(425, "Too early");
            case TOO_MANY -> tooMany(Long.toString(RETRY_AFTER.toSeconds()));
            case TOO_MANY_DATE -> tooMany(inAWhile());
            case SERVER_ERROR -> Reply.failure(500, "Internal server error");
            case BAD_GATEWAY -> page(502, "Bad gateway");
            case OUTAGE -> page(503, "We are down for maintenance");
            case GATEWAY_TIMEOUT -> Reply.text(504, "text/plain", "");
            case MOVED -> Reply.text(301, "text/plain", "").with("Location", ELSEWHERE);
            case MOVED_KEEPING_METHOD -> Reply.text(307, "text/plain", "").with("Location", ELSEWHERE);
            case HTML -> page(200, "Welcome");
            case EMPTY -> Reply.text(200, "application/json", "");
            case NOT_JSON -> Reply.text(200, "application/json", "{\"success\":tru");
            default -> withCode(fault);
        };
    }

    private static Reply withCode(Fault fault) {
        int code = fault.code();
        String info = "Simulated error " + code;
        return switch (fault.kind()) {
            case CODE -> Reply.refusal(code, info);
            case CODE_LIST -> Reply.refusal(Reply.statusOf(code), code, info, JsonNodeFactory.instance.arrayNode());
            case CODE_TEXT -> Reply.refusal(Reply.statusOf(code), code, info, Reply.emptyText());
            case BAD_KEY_OK -> Reply.refusal(200, Refusal.API_KEY, "Invalid API key", Json.newObject());
            case EXISTS_OK -> Reply.refusal(200, Refusal.TRANSACTION_ID, "Invalid transaction ID", Json.newObject());
            case CODE_ONLY -> Reply.json(400, Json.newObject().put("error_code", Refusal.AMOUNT).put("error_info", "Invalid amount"));
            case SUCCESS_STRING -> Reply.json(400, Json.newObject().put("success", "false")
                .put("error_code", Refusal.AMOUNT).put("error_info", "Invalid amount"));
            case DUTCH -> Reply.refusal(Refusal.AMOUNT, "Het bedrag is ongeldig");
            default -> throw new IllegalArgumentException("fault " + fault + " has no answer of its own");
        };
    }

    /** The good answer, changed by a fault that strikes after the work was done. */
    Reply changed(Reply good, Fault fault, boolean gzipAccepted) {
        return switch (fault.kind()) {
            case GZIP -> gzipAccepted ? gzipped(good) : good;
            case STRAY_HEADERS -> good.with("Set-Cookie", "stray=1; Path=/").with("kafka.OVERRIDE_TOPIC", "stray")
                .with("CamelKafkaOverrideTopic", "stray").with("CamelHttpUri", "http://127.0.0.1:1/stray");
            case CLOCK_AHEAD -> good.with("Date", HttpDate.of(clock.instant().plus(AHEAD)));
            case TRUE_STRING -> edited(good, body -> body.put("success", "true"));
            case NO_URL -> edited(good, body -> data(body).remove("payment_url"));
            case RELATIVE_URL -> edited(good, body -> data(body).put("payment_url", "/connect/somewhere/"));
            case HTTP_URL -> edited(good, body -> data(body).put("payment_url", "http://pay.example.com/connect/somewhere/"));
            case OTHER_ORDER -> edited(good, body -> data(body).put("order_id", "someone-elses-order"));
            case NO_SESSION -> edited(good, body -> data(body).remove("session_id"));
            case OTHER_ID_TYPE -> edited(good, body -> data(body).set("order_id", otherType(data(body).path("order_id"))));
            default -> good;
        };
    }

    private interface Edit {
        void apply(ObjectNode body);
    }

    private static Reply edited(Reply good, Edit edit) {
        ObjectNode body = Json.object(good.body()).orElseThrow();
        if (good.status() == 200) {
            edit.apply(body);
        }
        return good.withBody(Json.bytes(body));
    }

    private static ObjectNode data(ObjectNode body) {
        return body.withObjectProperty("data");
    }

    private static JsonNode otherType(JsonNode id) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (id.isIntegralNumber()) {
            return make.textNode(id.asText());
        }
        return id.asText().matches("[1-9][0-9]{0,17}") ? make.numberNode(Long.parseLong(id.asText())) : id;
    }

    private static Reply gzipped(Reply good) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(good.body());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return good.withBody(packed.toByteArray()).with("Content-Encoding", "gzip");
    }

    private static String echo(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        StringBuilder percent = new StringBuilder();
        for (byte b : bytes) {
            percent.append(String.format(percent.length() % 2 == 0 ? "%%%02x" : "%%%02X", b));
        }
        return key + " {\"api_key\":\"" + key + "\"} " + Base64.getEncoder().encodeToString(bytes) + " "
            + Base64.getUrlEncoder().encodeToString(("x:" + key).getBytes(StandardCharsets.UTF_8)) + " " + percent;
    }

    private static Reply validation(String attribute) {
        ObjectNode body = Json.newObject().put("success", false).put("message", "Validation error");
        body.putArray("errors").addObject()
            .put("attribute", attribute).put("details", attribute + " is not valid").put("message", "Validation error")
                .put("uri", "/orders");
        return Reply.json(422, body);
    }

    private static Reply tooMany(String retryAfter) {
        return Reply.failure(429, "Too many requests").with("Retry-After", retryAfter);
    }

    /** An HTTP date has whole seconds only: one more makes sure that it never comes too early. */
    private String inAWhile() {
        return HttpDate.of(clock.instant().plus(RETRY_AFTER).plusSeconds(1));
    }

    private static Reply page(int status, String title) {
        String page = "<!doctype html><html lang=\"en\"><head><title>" + title + "</title></head>"
            + "<body><h1>" + title + "</h1></body></html>\n";
        return new Reply(status, Map.of("Content-Type", "text/html"), page.getBytes(StandardCharsets.UTF_8));
    }
}
