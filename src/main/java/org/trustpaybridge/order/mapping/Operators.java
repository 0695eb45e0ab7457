package org.trustpaybridge.order.mapping;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/**
 * The operators of jq with decimal numbers. jackson-jq adds integers as {@code long}s, which wrap round, and everything else as
 * {@code double}s. Only a division without end is rounded, to 34 digits.
 */
final class Operators {

    private static final String NUMBERS = "two numbers";

    private final Supplier<Budget> budget;
    private final Map<String, Rule> rules = Map.ofEntries(
            Map.entry("+", this::plus), Map.entry("-", this::minus), Map.entry("*", this::times), Map.entry("/", this::divide),
            Map.entry("%", this::modulo), Map.entry("==", comparison(result -> result == 0)),
            Map.entry("!=", comparison(result -> result != 0)), Map.entry("<", comparison(result -> result < 0)),
            Map.entry("<=", comparison(result -> result <= 0)), Map.entry(">", comparison(result -> result > 0)),
            Map.entry(">=", comparison(result -> result >= 0)));

    Operators(Supplier<Budget> budget) {
        this.budget = budget;
    }

    /**
     * @param image as it is written in a program
     * @return the operator; null when there is none
     */
    BinaryOperator of(String image) {
        Rule rule = rules.get(image);
        return rule == null ? null : new BinaryOperator() {
            @Override
            public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
                return rule.apply(left, right);
            }

            @Override
            public String image() {
                return image;
            }
        };
    }

    private Rule comparison(IntPredicate good) {
        return (left, right) -> {
            budget.get().charge(Math.min(budget.get().size(left), budget.get().size(right)));
            return BooleanNode.valueOf(good.test(Values.compare(left, right)));
        };
    }

    private JsonNode plus(JsonNode left, JsonNode right) throws JsonQueryException {
        if (left.isNull()) {
            return right;
        }
        if (right.isNull()) {
            return left;
        }
        if (left.isTextual() && right.isTextual()) {
            budget.get().plan((long) left.textValue().length() + right.textValue().length());
            return new TextNode(left.textValue() + right.textValue());
        }
        if (left.isArray() && right.isArray()) {
            return JsonNodeFactory.instance.arrayNode().addAll((ArrayNode) left).addAll((ArrayNode) right);
        }
        if (left.isObject() && right.isObject()) {
            return JsonNodeFactory.instance.objectNode().<ObjectNode>setAll((ObjectNode) left).setAll((ObjectNode) right);
        }
        return number(left, right, "two numbers, strings, arrays or objects to add", BigDecimal::add);
    }

    private JsonNode minus(JsonNode left, JsonNode right) throws JsonQueryException {
        if (!left.isArray() || !right.isArray()) {
            return number(left, right, "two numbers or arrays to subtract", BigDecimal::subtract);
        }
        TreeSet<JsonNode> out = new TreeSet<>(Values::compare);
        right.forEach(out::add);
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        left.forEach(each -> {
            if (!out.contains(each)) {
                rest.add(each);
            }
        });
        return rest;
    }

    private JsonNode times(JsonNode left, JsonNode right) throws JsonQueryException {
        if (left.isTextual() && right.isNumber()) {
            return repeated(left.textValue(), right);
        }
        if (left.isNumber() && right.isTextual()) {
            return repeated(right.textValue(), left);
        }
        if (left.isObject() && right.isObject()) {
            return merged((ObjectNode) left, (ObjectNode) right);
        }
        return number(left, right, "two numbers or objects, or a string and a number, to multiply", BigDecimal::multiply);
    }

    private JsonNode repeated(String text, JsonNode times) throws JsonQueryException {
        BigDecimal count = Values.decimal(times, NUMBERS);
        if (count.signum() <= 0) {
            return NullNode.getInstance();
        }
        int whole = count.setScale(0, RoundingMode.CEILING).min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
        budget.get().plan((long) whole * text.length());
        return new TextNode(text.repeat(text.isEmpty() ? 1 : whole));
    }

    private ObjectNode merged(ObjectNode left, ObjectNode right) {
        budget.get().step();
        ObjectNode result = JsonNodeFactory.instance.objectNode().setAll(left);
        for (Map.Entry<String, JsonNode> member : right.properties()) {
            boolean both = result.get(member.getKey()) instanceof ObjectNode && member.getValue() instanceof ObjectNode;
            result.set(member.getKey(), both ? merged((ObjectNode) result.get(member.getKey()), (ObjectNode) member.getValue())
                    : member.getValue());
        }
        return result;
    }

    private JsonNode divide(JsonNode left, JsonNode right) throws JsonQueryException {
        if (left.isTextual() && right.isTextual()) {
            return Texts.split(left.textValue(), right.textValue());
        }
        return number(left, right, "two numbers or strings to divide", (dividend, divisor) -> {
            notZero(divisor);
            return dividend.divide(divisor, MathContext.DECIMAL128);
        });
    }

    private JsonNode modulo(JsonNode left, JsonNode right) throws JsonQueryException {
        return number(left, right, "two numbers to divide", (dividend, divisor) -> {
            BigDecimal whole = divisor.setScale(0, RoundingMode.DOWN);
            notZero(whole);
            return dividend.setScale(0, RoundingMode.DOWN).remainder(whole);
        });
    }

    private static void notZero(BigDecimal divisor) throws JsonQueryException {
        if (divisor.signum() == 0) {
            throw new Refusal("a division by zero", "another number");
        }
    }

    private static JsonNode number(JsonNode left, JsonNode right, String expected, Calculation calculation) throws JsonQueryException {
        if (!left.isNumber() || !right.isNumber()) {
            throw new Refusal(Values.kind(left) + " and " + Values.kind(right), expected);
        }
        return Values.number(calculation.of(Values.decimal(left, NUMBERS), Values.decimal(right, NUMBERS)));
    }

    private interface Rule {
        JsonNode apply(JsonNode left, JsonNode right) throws JsonQueryException;
    }

    private interface Calculation {
        BigDecimal of(BigDecimal left, BigDecimal right) throws JsonQueryException;
    }
}
