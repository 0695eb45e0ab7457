package org.trustpaybridge.order.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Functions of numbers. */
final class Numbers {

    private static final String NUMBER = "a number";

    private Numbers() {
    }

    static void register(Natives natives) {
        natives.one("tonumber", Numbers::tonumber);
        natives.one("floor", in -> rounded(in, RoundingMode.FLOOR));
        natives.one("ceil", in -> rounded(in, RoundingMode.CEILING));
        natives.one("round", in -> rounded(in, RoundingMode.HALF_UP));
        natives.one("abs", in -> Values.number(Values.decimal(in, NUMBER).abs()));
    }

    private static JsonNode rounded(JsonNode in, RoundingMode mode) throws JsonQueryException {
        return Values.number(Values.decimal(in, NUMBER).setScale(0, mode));
    }

    private static JsonNode tonumber(JsonNode in) throws JsonQueryException {
        if (in.isNumber()) {
            return in;
        }
        String text = Texts.of(in);
        if (text.length() > 1_000 || !text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")) {
            throw new Refusal(Values.kind(in) + (text.isEmpty() ? "" : " that is no number"), NUMBER);
        }
        return Values.number(new BigDecimal(text));
    }
}
