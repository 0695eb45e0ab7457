package org.trustpaybridge.order.mapping;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.trustpaybridge.order.CustomerTexts;
import org.trustpaybridge.order.MinorUnits;

/** Functions that jq does not have: for amounts, and for the customer's locale. */
final class Money {

    private static final String AMOUNT = "an amount such as \"10.00\", 10.00 or 10, with no more digits than its currency has";
    private static final String CURRENCY = "a currency as a string";
    private static final int MAX_FRACTION_DIGITS = 20;

    private Money() {
    }

    static void register(Natives natives) {
        natives.two("minor_units", Money::minorUnits);
        natives.three("minor_units", Money::minorUnitsOfFraction);
        natives.put("locale/2", (scope, args, in, path, output, version) ->
            args.get(0).apply(scope, in, language -> args.get(1).apply(scope, in,
                country -> output.emit(locale(language, country), null))));
    }

    private static JsonNode minorUnits(JsonNode in, JsonNode currency) throws JsonQueryException {
        if (!currency.isTextual()) {
            throw Refusal.of(currency, CURRENCY);
        }
        if (!in.isTextual() && !in.isNumber()) {
            throw Refusal.of(in, AMOUNT);
        }
        try {
            return Values.number(in.isTextual() ? MinorUnits.of(in.textValue(), currency.textValue())
                : MinorUnits.of(in.decimalValue(), currency.textValue()));
        } catch (MinorUnits.UnknownCurrencyException e) {
            throw new Refusal(e.getMessage(), "a code of three upper-case letters, such as CZK");
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage(), AMOUNT);
        }
    }

    /** An amount in a unit of its own, such as the cents and the number of fraction digits of commercetools. */
    private static JsonNode minorUnitsOfFraction(JsonNode in, JsonNode currency, JsonNode digits) throws JsonQueryException {
        if (!in.isIntegralNumber()) {
            throw Refusal.of(in, "a whole number of the smallest unit");
        }
        if (!digits.canConvertToInt() || digits.intValue() < 0 || digits.intValue() > MAX_FRACTION_DIGITS) {
            throw Refusal.of(digits, "the number of fraction digits");
        }
        BigDecimal amount = new BigDecimal(in.bigIntegerValue(), digits.intValue());
        return minorUnits(com.fasterxml.jackson.databind.node.DecimalNode.valueOf(amount), currency);
    }

    private static JsonNode locale(JsonNode language, JsonNode country) throws JsonQueryException {
        if (language.isNull()) {
            return NullNode.getInstance();
        }
        String region = country.isNull() ? null : Texts.of(country);
        return CustomerTexts.locale(Texts.of(language), region).<JsonNode>map(TextNode::new)
            .orElseThrow(() -> new Refusal("a language or a country that does not exist", "codes such as cs and CZ"));
    }
}
