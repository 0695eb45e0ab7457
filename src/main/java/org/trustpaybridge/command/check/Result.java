package org.trustpaybridge.command.check;

import java.util.Locale;

/** How a check came out. */
public enum Result {
    OK("green"),
    /** Could not be looked at; the detail says why. */
    SKIPPED("faint"),
    /** It works, and there is something to know. */
    WARNING("yellow"),
    /** Orders would wait, fail or be repeated. */
    PROBLEM("red");

    private final String style;

    Result(String style) {
        this.style = style;
    }

    /** @return a style of picocli */
    public String style() {
        return style;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
