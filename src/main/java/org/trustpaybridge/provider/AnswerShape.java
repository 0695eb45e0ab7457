package org.trustpaybridge.provider;

import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.trustpaybridge.order.KnownSecrets;

/**
 * What an answer that cannot be used looked like, in words that tell its shape and not its content: kinds, lengths, names of members, and
 * of
 * a URL its scheme and host. Whatever else is in an answer may be about a person, or be somebody's way to a payment page.
 */
final class AnswerShape {

    private static final Pattern MEMBER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,30}");
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,20}):(?://([A-Za-z0-9.-]{1,100})(?=[:/?#]|$))?.*",
        Pattern.DOTALL);
    private static final int MEMBERS = 10;

    private AnswerShape() {
    }

    /** @return words that follow "seen:"; empty when the reason says it all */
    static String of(Reason reason, ProviderAnswer answer, JsonNode json, KnownSecrets secrets) {
        JsonNode data = json.path("data");
        return switch (reason) {
            case NO_PAYMENT_URL -> "data.payment_url is " + kind(data.path("payment_url"));
            case BAD_PAYMENT_URL -> "data.payment_url is " + secrets.mask(url(data.path("payment_url").asText()));
            case OTHER_ORDER -> "data.order_id is " + kind(data.path("order_id"));
            case NO_VERDICT -> json.isObject() ? "an object with " + members(json) : kind(json);
            case EMPTY_BODY, NOT_JSON, AMBIGUOUS_BODY -> body(answer.body());
            default -> "";
        };
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case STRING -> node.textValue().isEmpty() ? "an empty text" : "a text of " + node.textValue().length() + " characters";
            case NUMBER -> (node.isIntegralNumber() ? "an integer of " : "a number of ") + node.asText().length() + " characters";
            case ARRAY -> "a list";
            case BOOLEAN -> "true or false";
            default -> "an object";
        };
    }

    private static String url(String text) {
        Matcher url = URL.matcher(text);
        String length = "a text of " + text.length() + " characters";
        if (!url.matches()) {
            return length + " without a scheme";
        }
        return length + ", scheme " + url.group(1) + Optional.ofNullable(url.group(2)).map(host -> ", host " + host).orElse("");
    }

    private static String members(JsonNode json) {
        StringJoiner names = new StringJoiner(", ").setEmptyValue("no members");
        json.fieldNames().forEachRemaining(name -> {
            if (names.length() < MEMBERS * 32 && MEMBER.matcher(name).matches()) {
                names.add(name);
            }
        });
        return names.toString();
    }

    private static String body(byte[] body) {
        int first = 0;
        while (first < body.length && body[first] <= ' ') {
            first++;
        }
        String begins = first == body.length ? "" : body[first] == '<' ? ", beginning as HTML or XML"
                : body[first] == '{' || body[first] == '[' ? ", beginning as JSON" : "";
        return body.length + " bytes" + begins;
    }
}
