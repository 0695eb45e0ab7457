package org.trustpaybridge.order;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Makes Jackson's tree, with decimal numbers as they are spelt: 10.00 stays 10.00. */
final class TreeShape implements StrictJson.Shape<JsonNode> {

    static final TreeShape INSTANCE = new TreeShape();

    /** Digits that a {@code long} has room for whatever they are. */
    private static final int LONG_DIGITS = 18;

    private TreeShape() {
    }

    @Override
    public JsonNode text(String text) {
        return new TextNode(text);
    }

    @Override
    public JsonNode number(String token, boolean integer) {
        if (!integer) {
            return DecimalNode.valueOf(new BigDecimal(token));
        }
        return token.length() <= LONG_DIGITS ? LongNode.valueOf(Long.parseLong(token)) : BigIntegerNode.valueOf(new BigInteger(token));
    }

    @Override
    public JsonNode bool(boolean value) {
        return BooleanNode.valueOf(value);
    }

    @Override
    public JsonNode nothing() {
        return NullNode.getInstance();
    }

    @Override
    public Map<String, JsonNode> members() {
        return new LinkedHashMap<>();
    }

    @Override
    public JsonNode object(Map<String, JsonNode> members) {
        return new ObjectNode(JsonNodeFactory.instance, members);
    }

    @Override
    public List<JsonNode> elements() {
        return new ArrayList<>();
    }

    @Override
    public JsonNode array(List<JsonNode> elements) {
        return new ArrayNode(JsonNodeFactory.instance, elements);
    }
}
