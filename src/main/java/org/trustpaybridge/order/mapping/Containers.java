package org.trustpaybridge.order.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Functions of arrays and objects, and those of any value. */
final class Containers {

    private static final String BOTH = "an array or an object";

    private Containers() {
    }

    static void register(Natives natives) {
        natives.put("empty/0", (scope, args, in, path, output, version) -> { });
        natives.put("error/0", (scope, args, in, path, output, version) -> {
            throw new Raised(in);
        });
        natives.put("error/1", (scope, args, in, path, output, version) -> args.get(0).apply(scope, in, value -> {
            throw new Raised(value);
        }));
        natives.one("not", in -> BooleanNode.valueOf(!Values.truth(in)));
        natives.one("type", in -> new TextNode(switch (in.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL, MISSING -> "null";
        }));
        natives.one("length", Containers::length);
        natives.one("keys", in -> keys(in));
        natives.one("keys_unsorted", in -> in.isObject() ? texts(in.properties().stream().map(Map.Entry::getKey).toList()) : keys(in));
        natives.two("has", Containers::has);
        natives.search("contains", (in, part) -> BooleanNode.valueOf(contains(in, part)));
        natives.one("to_entries", Containers::toEntries);
        natives.one("from_entries", Containers::fromEntries);
        natives.one("reverse", Containers::reverse);
        natives.two("_sort_by", (in, keys) -> array(keyed(in, keys).stream().map(Keyed::value).toList()));
        natives.two("_group_by", Containers::groups);
        natives.two("_min_by", (in, keys) -> first(keyed(in, keys)));
        natives.two("_max_by", (in, keys) -> {
            List<Keyed> sorted = keyed(in, keys);
            return sorted.isEmpty() ? NullNode.getInstance() : sorted.get(sorted.size() - 1).value();
        });
        natives.search("_indices", Containers::indices);
    }

    private static JsonNode length(JsonNode in) throws JsonQueryException {
        return switch (in.getNodeType()) {
            case STRING -> IntNode.valueOf(in.textValue().codePointCount(0, in.textValue().length()));
            case NUMBER -> Values.number(Values.decimal(in, "").abs());
            case NULL, MISSING -> IntNode.valueOf(0);
            case ARRAY, OBJECT -> IntNode.valueOf(in.size());
            default -> throw Refusal.of(in, "a string, an array, an object or a number");
        };
    }

    private static JsonNode keys(JsonNode in) throws JsonQueryException {
        if (in.isObject()) {
            return texts(Values.names(in));
        }
        if (!in.isArray()) {
            throw Refusal.of(in, BOTH);
        }
        ArrayNode indices = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < in.size(); i++) {
            indices.add(i);
        }
        return indices;
    }

    private static JsonNode has(JsonNode in, JsonNode key) throws JsonQueryException {
        if (in.isObject() && key.isTextual()) {
            return BooleanNode.valueOf(in.has(key.textValue()));
        }
        if (in.isArray() && key.isNumber()) {
            return BooleanNode.valueOf(key.canConvertToInt() && in.has(key.intValue()));
        }
        throw new Refusal(Values.kind(in) + " and " + Values.kind(key), "an object and a string, or an array and a number");
    }

    private static boolean contains(JsonNode in, JsonNode part) throws JsonQueryException {
        if (in.getNodeType() != part.getNodeType()) {
            throw new Refusal(Values.kind(in) + " and " + Values.kind(part), "two values of one kind");
        }
        return holds(in, part);
    }

    private static boolean holds(JsonNode in, JsonNode part) {
        if (in.isTextual() && part.isTextual()) {
            return in.textValue().contains(part.textValue());
        }
        if (in.isArray() && part.isArray()) {
            for (JsonNode each : part) {
                boolean found = false;
                for (JsonNode element : in) {
                    found = found || holds(element, each);
                }
                if (!found) {
                    return false;
                }
            }
            return true;
        }
        if (in.isObject() && part.isObject()) {
            for (Map.Entry<String, JsonNode> member : part.properties()) {
                if (!in.has(member.getKey()) || !holds(in.get(member.getKey()), member.getValue())) {
                    return false;
                }
            }
            return true;
        }
        return Values.compare(in, part) == 0;
    }

    private static JsonNode toEntries(JsonNode in) throws JsonQueryException {
        if (!in.isObject()) {
            throw Refusal.of(in, "an object");
        }
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        in.properties().forEach(member -> {
            ObjectNode entry = entries.addObject();
            entry.put("key", member.getKey());
            entry.set("value", member.getValue());
        });
        return entries;
    }

    private static JsonNode fromEntries(JsonNode in) throws JsonQueryException {
        if (!in.isArray()) {
            throw Refusal.of(in, "an array of entries");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (JsonNode entry : in) {
            JsonNode key = member(entry, "key", "k", "name", "Name", "Key", "K");
            if (!key.isTextual() && !key.isNumber() && !key.isBoolean()) {
                throw Refusal.of(key, "a string as the key of an entry");
            }
            object.set(Values.text(key), member(entry, "value", "v", "Value", "V"));
        }
        return object;
    }

    private static JsonNode member(JsonNode entry, String... names) {
        for (String name : names) {
            if (entry.hasNonNull(name)) {
                return entry.get(name);
            }
        }
        return NullNode.getInstance();
    }

    private static JsonNode reverse(JsonNode in) throws JsonQueryException {
        if (in.isTextual()) {
            return new TextNode(new StringBuilder(in.textValue()).reverse().toString());
        }
        if (!in.isArray() && !in.isNull()) {
            throw Refusal.of(in, "an array or a string");
        }
        List<JsonNode> reversed = new ArrayList<>();
        for (int i = in.size() - 1; i >= 0; i--) {
            reversed.add(in.get(i));
        }
        return array(reversed);
    }

    private static List<Keyed> keyed(JsonNode in, JsonNode keys) throws JsonQueryException {
        if (!in.isArray()) {
            throw Refusal.of(in, "an array");
        }
        List<Keyed> all = new ArrayList<>();
        for (int i = 0; i < in.size(); i++) {
            all.add(new Keyed(keys.get(i), in.get(i)));
        }
        all.sort(Comparator.comparing(Keyed::key, Values::compare));
        return all;
    }

    private static JsonNode first(List<Keyed> sorted) {
        return sorted.isEmpty() ? NullNode.getInstance() : sorted.get(0).value();
    }

    private static JsonNode groups(JsonNode in, JsonNode keys) throws JsonQueryException {
        ArrayNode groups = JsonNodeFactory.instance.arrayNode();
        Keyed before = null;
        for (Keyed each : keyed(in, keys)) {
            if (before == null || Values.compare(before.key(), each.key()) != 0) {
                groups.addArray();
            }
            ((ArrayNode) groups.get(groups.size() - 1)).add(each.value());
            before = each;
        }
        return groups;
    }

    /** Places of a text in a text, in characters, or of an element, or of a run of elements, in an array. */
    private static JsonNode indices(JsonNode in, JsonNode part) throws JsonQueryException {
        ArrayNode places = JsonNodeFactory.instance.arrayNode();
        if (in.isTextual() && part.isTextual()) {
            String text = in.textValue();
            for (int at = text.indexOf(part.textValue()); at >= 0 && !part.textValue()
                .isEmpty(); at = text.indexOf(part.textValue(), at + 1)) {
                places.add(text.codePointCount(0, at));
            }
            return places;
        }
        if (!in.isArray()) {
            throw new Refusal(Values.kind(in) + " and " + Values.kind(part), "two strings, or an array");
        }
        JsonNode run = part.isArray() ? part : JsonNodeFactory.instance.arrayNode().add(part);
        for (int i = 0; i + run.size() <= in.size() && !run.isEmpty(); i++) {
            int same = 0;
            while (same < run.size() && Values.compare(in.get(i + same), run.get(same)) == 0) {
                same++;
            }
            if (same == run.size()) {
                places.add(i);
            }
        }
        return places;
    }

    static ArrayNode array(List<JsonNode> values) {
        return JsonNodeFactory.instance.arrayNode().addAll(values);
    }

    static ArrayNode texts(Iterable<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** A value with what it is sorted by. */
    private record Keyed(JsonNode key, JsonNode value) {
    }
}
