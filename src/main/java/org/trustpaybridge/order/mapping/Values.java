package org.trustpaybridge.order.mapping;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.trustpaybridge.order.JsonFactories;

/** What jq says of values: their order, their truth, their text; numbers are decimal and have all their digits. */
final class Values {

    /** Digits that a number may have before and behind its point where something is done with it. */
    private static final int DIGITS = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactories.shared()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Values() {
    }

    /** Names the kind, never the value, in words that follow "found". */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "an array";
            case STRING, BINARY -> value.textValue() != null && value.textValue().isEmpty() ? "an empty string" : "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING -> "null";
        };
    }

    static boolean truth(JsonNode value) {
        return !value.isNull() && !value.isMissingNode() && !(value.isBoolean() && !value.booleanValue());
    }

    static BigDecimal decimal(JsonNode value, String expected) throws JsonQueryException {
        if (!value.isNumber()) {
            throw Refusal.of(value, expected);
        }
        return bounded(value.decimalValue());
    }

    private static BigDecimal bounded(BigDecimal number) throws JsonQueryException {
        if (Math.abs((long) number.scale()) > DIGITS || number.precision() > DIGITS) {
            throw new Refusal("a number beyond all bounds", "one of at most " + DIGITS + " digits");
        }
        return number;
    }

    /** The shortest that is exact: what has no fraction is an integer, whatever it was made of. */
    static JsonNode number(BigDecimal number) throws JsonQueryException {
        BigDecimal plain = bounded(number).signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return plain.scale() > 0 ? DecimalNode.valueOf(plain) : number(plain.toBigIntegerExact());
    }

    static JsonNode number(BigInteger integer) {
        if (integer.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(integer.intValue());
        }
        return integer.bitLength() < Long.SIZE ? LongNode.valueOf(integer.longValue()) : BigIntegerNode.valueOf(integer);
    }

    static String json(JsonNode value) throws JsonQueryException {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new Refusal("a value that cannot be written as JSON", "one of fewer digits, or less deep");
        }
    }

    /** A text as it is, anything else as JSON. */
    static String text(JsonNode value) throws JsonQueryException {
        return value.isTextual() ? value.textValue() : json(value);
    }

    static JsonNode parse(String json) throws JsonQueryException {
        try (JsonParser parser = JSON.createParser(json)) {
            JsonToken first = parser.nextToken();
            JsonNode value = first == null ? null : JSON.readTree(parser);
            if (value != null && parser.nextToken() == null) {
                return value;
            }
        } catch (IOException e) {
            // Its message quotes what was read.
        }
        throw new Refusal("a string that is not JSON", "one JSON value");
    }

    /** The order of jq: null, false, true, numbers, strings, arrays, objects. */
    static int compare(JsonNode a, JsonNode b) {
        int rank = rank(a) - rank(b);
        if (rank != 0) {
            return rank;
        }
        return switch (a.getNodeType()) {
            case NUMBER -> a.decimalValue().compareTo(b.decimalValue());
            case STRING -> a.textValue().compareTo(b.textValue());
            case ARRAY -> compareElements(a.iterator(), b.iterator());
            case OBJECT -> compareObjects(a, b);
            default -> 0;
        };
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> 0;
            case BOOLEAN -> value.booleanValue() ? 2 : 1;
            case NUMBER -> 3;
            case STRING, BINARY -> 4;
            case ARRAY -> 5;
            case OBJECT, POJO -> 6;
        };
    }

    private static int compareElements(Iterator<JsonNode> a, Iterator<JsonNode> b) {
        while (a.hasNext() && b.hasNext()) {
            int result = compare(a.next(), b.next());
            if (result != 0) {
                return result;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    private static int compareObjects(JsonNode a, JsonNode b) {
        TreeSet<String> names = names(a);
        Iterator<String> other = names(b).iterator();
        for (String name : names) {
            int result = other.hasNext() ? name.compareTo(other.next()) : 1;
            if (result != 0) {
                return result;
            }
        }
        if (other.hasNext()) {
            return -1;
        }
        for (String name : names) {
            int result = compare(a.get(name), b.get(name));
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            names.add(member.getKey());
        }
        return names;
    }
}
