package org.trustpaybridge.order;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rule for {@code description}: at most 200 characters, no HTML. A tag is a {@code <}, directly followed by a letter, by {@code /}
 * and a letter, by {@code !} or by {@code ?}, up to the next {@code >}: so {@code a < b} is text. Where no {@code >} follows, the tag is
 * its beginning: {@code <} and the name. HTML are also {@link Entities}, and tags that are written with them.
 */
final class Description {

    static final int MAX_LENGTH = 200;
    /** Nobody means a text in which tags and entities hide each other deeper than this. */
    private static final int MAX_ROUNDS = 10;

    static final String EXPECTED = "a text of 1 to " + MAX_LENGTH + " characters without HTML";

    private Description() {
    }

    /**
     * A text without HTML.
     *
     * @param tags     whether there were tags
     * @param entities whether there were entities
     */
    record Plain(String text, boolean tags, boolean entities) {

        static Plain of(String text) {
            String now = text;
            boolean tags = false;
            boolean entities = false;
            for (int round = 0; round < MAX_ROUNDS; round++) {
                String decoded = Entities.decoded(now);
                String next = withoutTags(decoded);
                entities |= !decoded.equals(now);
                tags |= !next.equals(decoded);
                if (next.equals(now)) {
                    return new Plain(now, tags, entities);
                }
                now = next;
            }
            return new Plain(now.replace("<", "").replace("&", ""), tags, entities);
        }
    }

    static String withoutTags(String text) {
        return text.indexOf('<') < 0 ? text : withoutOpenTags(withoutClosedTags(text));
    }

    /** Removes all closed tags, also those that appear only when others are gone; reads the text once, whatever is nested in it. */
    private static String withoutClosedTags(String text) {
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

    /** From the end to the beginning, so that what is left behind a {@code <} is known when it is its turn. */
    private static String withoutOpenTags(String text) {
        StringBuilder reversed = new StringBuilder(text.length());
        for (int i = text.length() - 1; i >= 0; i--) {
            if (text.charAt(i) == '<' && startsTag(fromEnd(reversed, 0), fromEnd(reversed, 1))) {
                do {
                    reversed.setLength(reversed.length() - 1);
                } while (isPartOfName(fromEnd(reversed, 0)));
            } else {
                reversed.append(text.charAt(i));
            }
        }
        return reversed.length() == text.length() ? text : backwards(reversed);
    }

    /** Not {@link StringBuilder#reverse}, which takes two halves of characters for one that was turned round. */
    private static String backwards(CharSequence reversed) {
        char[] chars = new char[reversed.length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = reversed.charAt(chars.length - 1 - i);
        }
        return new String(chars);
    }

    private static char fromEnd(CharSequence text, int index) {
        return index < text.length() ? text.charAt(text.length() - 1 - index) : ' ';
    }

    private static boolean isPartOfName(char c) {
        return isLetter(c) || c >= '0' && c <= '9' || c == '-';
    }

    private static boolean startsTag(CharSequence text, int opening) {
        return startsTag(charAt(text, opening + 1), charAt(text, opening + 2));
    }

    private static boolean startsTag(char next, char afterNext) {
        return next == '!' || next == '?' || isLetter(next) || next == '/' && isLetter(afterNext);
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
        Plain plain = Plain.of(text);
        if (plain.entities) {
            findings.changed(field, "HTML entities were replaced by their characters");
        }
        if (plain.tags) {
            findings.changed(field, "HTML tags were removed");
        }
        String folded = folded(plain.text);
        if (!folded.equals(plain.text)) {
            findings.changed(field, "white space or control characters were folded into single spaces");
        }
        String cut = cut(folded);
        if (!cut.equals(folded)) {
            // A cut may make an entity of what was none: "&ampere".
            cut = folded(Plain.of(cut).text);
            findings.changed(field, "cut from " + Texts.length(folded) + " to " + Texts.length(cut) + " characters");
        }
        String flaw = Texts.flaw(cut, false);
        if (flaw == null && !cut.isEmpty()) {
            return cut;
        }
        String nothing = text.isEmpty() ? "an empty string" : "nothing but HTML and white space";
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
        if (!Entities.decoded(text).equals(text)) {
            here.violation(field, "HTML entities", EXPECTED);
        }
        if (Texts.length(text) > MAX_LENGTH) {
            here.violation(field, "a text of " + Texts.length(text) + " characters", EXPECTED);
        }
        here.violations().forEach(findings::violation);
        return here.clean() ? text : null;
    }
}
