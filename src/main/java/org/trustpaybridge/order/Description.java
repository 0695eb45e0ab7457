package org.trustpaybridge.order;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rule for {@code description}: at most 200 characters, no HTML. A tag is a {@code <}, directly followed by a letter, by {@code /}
 * and a letter, by {@code !} or by {@code ?}, up to the next {@code >}: so {@code a < b} is text. Entities such as {@code &amp;} stay as
 * they are.
 */
final class Description {

    static final int MAX_LENGTH = 200;
    static final String EXPECTED = "a text of 1 to " + MAX_LENGTH + " characters without HTML";

    private Description() {
    }

    /** Removes all tags, also those that appear only when others are gone; reads the text once, whatever is nested in it. */
    static String withoutTags(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Deque<Integer> openings = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<') {
                openings.push(out.length());
            } else if (c == '>') {
                // An opening that cannot start a tag now never will: what follows it is final once a later '>' is reached.
                while (!openings.isEmpty() && !startsTag(out, openings.peek())) {
                    openings.pop();
                }
                if (!openings.isEmpty()) {
                    out.setLength(openings.pop());
                    continue;
                }
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean startsTag(CharSequence text, int opening) {
        char next = charAt(text, opening + 1);
        return next == '!' || next == '?' || isLetter(next) || next == '/' && isLetter(charAt(text, opening + 2));
    }

    private static char charAt(CharSequence text, int index) {
        return index < text.length() ? text.charAt(index) : ' ';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Each run of white space and control characters becomes one space; none is left at the ends. */
    static String folded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point) || Character.isISOControl(point)) {
                gap = true;
            } else {
                if (gap && out.length() > 0) {
                    out.append(' ');
                }
                gap = false;
                out.appendCodePoint(point);
            }
        }
        return out.toString();
    }

    /** The first 200 characters, without a space at the end. */
    static String cut(String text) {
        return Texts.cut(text, MAX_LENGTH).stripTrailing();
    }

    /**
     * Applies the policy.
     *
     * @return the description to send, or null when it is refused; reasons and changes are among the findings
     */
    static String apply(DescriptionPolicy policy, String text, String field, Findings findings) {
        return policy == DescriptionPolicy.FIX ? fix(text, field, findings) : check(text, field, findings);
    }

    private static String fix(String text, String field, Findings findings) {
        String plain = withoutTags(text);
        if (!plain.equals(text)) {
            findings.warning(field, "HTML tags were removed");
        }
        String folded = folded(plain);
        if (!folded.equals(plain)) {
            findings.warning(field, "white space or control characters were folded into single spaces");
        }
        String cut = cut(folded);
        if (!cut.equals(folded)) {
            findings.warning(field, "cut from " + Texts.length(folded) + " to " + Texts.length(cut) + " characters");
        }
        String flaw = Texts.flaw(cut, false);
        if (flaw == null && !cut.isEmpty()) {
            return cut;
        }
        String nothing = text.isEmpty() ? "an empty string" : "nothing but HTML tags and white space";
        findings.violation(field, flaw != null ? flaw : nothing, EXPECTED);
        return null;
    }

    private static String check(String text, String field, Findings findings) {
        Findings here = new Findings();
        String flaw = Texts.flaw(text, true);
        if (flaw != null) {
            here.violation(field, flaw, EXPECTED);
        }
        if (text.isBlank()) {
            here.violation(field, text.isEmpty() ? "an empty string" : "a string of white space only", EXPECTED);
        }
        if (!withoutTags(text).equals(text)) {
            here.violation(field, "HTML tags", EXPECTED);
        }
        if (Texts.length(text) > MAX_LENGTH) {
            here.violation(field, "a text of " + Texts.length(text) + " characters", EXPECTED);
        }
        here.violations().forEach(findings::violation);
        return here.clean() ? text : null;
    }
}
