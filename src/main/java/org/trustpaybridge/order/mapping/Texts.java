package org.trustpaybridge.order.mapping;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.trustpaybridge.order.CustomerTexts;

/** Functions of strings. Lengths and places are in characters, that is Unicode code points. */
final class Texts {

    private static final String STRING = "a string";

    private Texts() {
    }

    static void register(Natives natives) {
        natives.one("tostring", in -> in.isTextual() ? in : new TextNode(Values.json(in)));
        natives.one("tojson", in -> new TextNode(Values.json(in)));
        natives.one("fromjson", in -> Values.parse(of(in)));
        natives.one("ascii_downcase", in -> new TextNode(ascii(of(in), 'A', 'Z', 'a' - 'A')));
        natives.one("ascii_upcase", in -> new TextNode(ascii(of(in), 'a', 'z', 'A' - 'a')));
        natives.one("downcase", in -> new TextNode(of(in).toLowerCase(Locale.ROOT)));
        natives.one("upcase", in -> new TextNode(of(in).toUpperCase(Locale.ROOT)));
        natives.one("trim", in -> new TextNode(of(in).strip()));
        natives.one("ltrim", in -> new TextNode(of(in).stripLeading()));
        natives.one("rtrim", in -> new TextNode(of(in).stripTrailing()));
        natives.one("explode", in -> {
            ArrayNode points = JsonNodeFactory.instance.arrayNode();
            of(in).codePoints().forEach(points::add);
            return points;
        });
        natives.one("implode", Texts::implode);
        natives.one("utf8bytelength", in -> IntNode.valueOf(of(in).getBytes(StandardCharsets.UTF_8).length));
        natives.two("startswith", (in, start) -> BooleanNode.valueOf(of(in).startsWith(of(start))));
        natives.two("endswith", (in, end) -> BooleanNode.valueOf(of(in).endsWith(of(end))));
        natives.two("ltrimstr", (in, start) -> in.isTextual() && start.isTextual() && in.textValue().startsWith(start.textValue())
            ? new TextNode(in.textValue().substring(start.textValue().length())) : in);
        natives.two("rtrimstr", (in, end) -> in.isTextual() && end.isTextual() && in.textValue().endsWith(end.textValue())
            ? new TextNode(in.textValue().substring(0, in.textValue().length() - end.textValue().length())) : in);
        natives.two("split", (in, separator) -> split(of(in), of(separator)));
        natives.two("join", (in, separator) -> join(natives.budget(), in, separator));
        natives.two("truncate", (in, length) -> truncate(in, length));
        natives.three("_slice", (in, from, to) -> new TextNode(slice(of(in), from.intValue(), to.intValue())));
        formats(natives);
    }

    private static void formats(Natives natives) {
        format(natives, "@text", text -> text);
        format(natives, "@html", text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
            .replace("\"", "&quot;"));
        format(natives, "@uri", text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A")
            .replace("%7E", "~"));
        format(natives, "@base64", text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        natives.one("@json", in -> new TextNode(Values.json(in)));
        natives.one("@base64d", in -> {
            try {
                return new TextNode(new String(Base64.getDecoder().decode(of(in)), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new Refusal("a string that is not Base64", "Base64");
            }
        });
    }

    private static void format(Natives natives, String name, UnaryOperator<String> conversion) {
        natives.one(name, in -> new TextNode(conversion.apply(Values.text(in))));
    }

    static String of(JsonNode value) throws JsonQueryException {
        if (!value.isTextual()) {
            throw Refusal.of(value, STRING);
        }
        return value.textValue();
    }

    private static String ascii(String text, char from, char to, int shift) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c >= from && c <= to) {
                out.setCharAt(i, (char) (c + shift));
            }
        }
        return out.toString();
    }

    private static JsonNode implode(JsonNode in) throws JsonQueryException {
        StringBuilder text = new StringBuilder();
        for (JsonNode point : in) {
            if (!point.canConvertToInt() || !Character.isValidCodePoint(point.intValue())) {
                throw Refusal.of(point, "an array of code points");
            }
            text.appendCodePoint(point.intValue());
        }
        return new TextNode(text.toString());
    }

    static JsonNode split(String text, String separator) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        if (separator.isEmpty()) {
            text.codePoints().forEach(point -> parts.add(Character.toString(point)));
            return parts;
        }
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        return text.isEmpty() ? parts : parts.add(text.substring(start));
    }

    private static JsonNode join(Budget budget, JsonNode in, JsonNode separator) throws JsonQueryException {
        if (!in.isArray()) {
            throw Refusal.of(in, "an array");
        }
        String between = in.isEmpty() ? "" : of(separator);
        budget.plan(budget.size(in) + (long) between.length() * in.size());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < in.size(); i++) {
            JsonNode each = in.get(i);
            if (each.isContainerNode()) {
                throw Refusal.of(each, "strings, numbers, booleans or nulls to join");
            }
            text.append(i == 0 ? "" : between).append(each.isNull() ? "" : Values.text(each));
        }
        return new TextNode(text.toString());
    }

    private static JsonNode truncate(JsonNode in, JsonNode length) throws JsonQueryException {
        if (in.isNull()) {
            return NullNode.getInstance();
        }
        if (!length.canConvertToInt() || length.intValue() < 0) {
            throw Refusal.of(length, "a number of characters");
        }
        return new TextNode(CustomerTexts.cut(of(in), length.intValue()));
    }

    private static String slice(String text, int from, int to) {
        int start = text.offsetByCodePoints(0, from);
        return text.substring(start, text.offsetByCodePoints(start, to - from));
    }
}
