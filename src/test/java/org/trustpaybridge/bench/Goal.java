package org.trustpaybridge.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a scenario is to reach.
 *
 * @param text    what the figure is
 * @param atLeast whether the figure must be at least the limit, not at most
 * @param limit   the limit
 * @param figure  what was measured; not a number where there is nothing to compare with
 */
record Goal(String text, boolean atLeast, double limit, ToDoubleFunction<Summary> figure) {

    static Goal atLeast(String text, double limit, ToDoubleFunction<Summary> figure) {
        return new Goal(text, true, limit, figure);
    }

    static Goal atMost(String text, double limit, ToDoubleFunction<Summary> figure) {
        return new Goal(text, false, limit, figure);
    }

    /**
     * A goal that was measured.
     *
     * @param met null when it could not be measured in this run
     */
    record Reached(String text, String limit, double measured, Boolean met) {
    }

    Reached measure(Summary summary) {
        double measured = figure.applyAsDouble(summary);
        Boolean met = Double.isNaN(measured) ? null : Boolean.valueOf(atLeast ? measured >= limit : measured <= limit);
        return new Reached(text, String.format(Locale.ROOT, "%s %s", atLeast ? "at least" : "at most", number(limit)), measured, met);
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) >= 4 ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
