package org.trustpaybridge.order.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * Regular expressions, Java's. Each character that one looks at counts, so that one that goes back and forth without end comes to one.
 * jackson-jq's own cannot be stopped.
 */
final class Regex {

    private static final int MAX_PATTERN = 1_000;
    private static final int KEPT = 200;
    private static final int PER_LOOK = 16;
    /** How names of groups begin here: Java takes no underscore in them. */
    private static final String GROUP = "g";
    private static final Pattern NAMED = Pattern.compile(
        "\\\\.|\\(\\?<([A-Za-z_][A-Za-z0-9_]*)>|\\\\k<([A-Za-z_][A-Za-z0-9_]*)>|\\((?!\\?)");

    /** Numbers of repetitions; {@code \\x{...}} is none. */
    private static final Pattern TIMES = Pattern.compile("\\\\x\\{[^}]*}|\\\\.|\\{(\\d+)(?:,(\\d*))?}");
    /** Of all repetitions within one another: those of nothing look at no character, and so would not count. */
    private static final long MAX_TIMES = 1_000_000;

    private final Supplier<Budget> budget;
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    Regex(Supplier<Budget> budget) {
        this.budget = budget;
    }

    void register(Natives natives) {
        natives.three("_match", (in, regex, flags) -> match(Texts.of(in), Texts.of(regex), flags.isNull() ? "" : Texts.of(flags)));
    }

    private JsonNode match(String text, String regex, String flags) throws JsonQueryException {
        Compiled pattern = compile(regex, flags);
        try {
            return matches(text, pattern, flags);
        } catch (StackOverflowError e) {
            throw new Refusal("a text that is too long for the regular expression", "a shorter one, or an expression that repeats single"
                + " characters and no groups");
        }
    }

    private JsonNode matches(String text, Compiled pattern, String flags) {
        // Where it begins anew without a look. Most expressions have one way only, which costs nothing.
        budget.get().charge((pattern.blind() - 1) * (text.length() + 1L));
        Matcher matcher = pattern.pattern().matcher(new Counted(text, budget.get(), PER_LOOK + pattern.blind() - 1));
        ArrayNode matches = JsonNodeFactory.instance.arrayNode();
        boolean all = flags.indexOf('g') >= 0;
        boolean notEmpty = flags.indexOf('n') >= 0;
        while (matcher.find()) {
            budget.get().step();
            if (!notEmpty || matcher.end() > matcher.start()) {
                matches.add(found(text, matcher, pattern.groups()));
                if (!all) {
                    break;
                }
            }
        }
        return matches;
    }

    private static ObjectNode found(String text, Matcher matcher, List<String> groups) {
        ObjectNode match = place(text, matcher.start(), matcher.end());
        ArrayNode captures = match.putArray("captures");
        for (int i = 1; i <= matcher.groupCount(); i++) {
            ObjectNode capture = place(text, matcher.start(i), matcher.end(i));
            capture.put("name", i <= groups.size() ? groups.get(i - 1) : null);
            captures.add(capture);
        }
        return match;
    }

    private static ObjectNode place(String text, int start, int end) {
        ObjectNode place = JsonNodeFactory.instance.objectNode();
        place.put("offset", start < 0 ? -1 : text.codePointCount(0, start));
        place.put("length", start < 0 ? 0 : text.codePointCount(start, end));
        return place.put("string", start < 0 ? null : text.substring(start, end));
    }

    private Compiled compile(String regex, String flags) throws JsonQueryException {
        if (regex.length() > MAX_PATTERN) {
            throw new Refusal("a regular expression of " + regex.length() + " characters", "at most " + MAX_PATTERN);
        }
        Compiled known = compiled.get(flags + "/" + regex);
        if (known != null) {
            return known;
        }
        checkTimes(regex);
        Compiled made = make(regex, options(flags));
        if (compiled.size() < KEPT) {
            compiled.put(flags + "/" + regex, made);
        }
        return made;
    }

    private static void checkTimes(String regex) throws JsonQueryException {
        Matcher each = TIMES.matcher(regex);
        double times = 1;
        while (each.find()) {
            if (each.group(1) != null) {
                boolean open = each.group(2) == null || each.group(2).isEmpty();
                times *= Math.max(1, Double.parseDouble(each.group(open ? 1 : 2)));
            }
        }
        if (times > MAX_TIMES) {
            throw new Refusal("a regular expression that repeats something more than " + MAX_TIMES + " times", "a smaller number");
        }
    }

    private static Compiled make(String regex, int options) throws JsonQueryException {
        List<String> groups = new ArrayList<>();
        StringBuilder renamed = new StringBuilder();
        Matcher names = NAMED.matcher(regex);
        while (names.find()) {
            String replacement = names.group();
            if (names.group(1) != null) {
                groups.add(names.group(1));
                replacement = "(?<" + GROUP + groups.size() + ">";
            } else if (names.group(2) != null) {
                replacement = "\\k<" + GROUP + (groups.indexOf(names.group(2)) + 1) + ">";
            } else if (replacement.equals("(")) {
                groups.add(null);
            }
            names.appendReplacement(renamed, Matcher.quoteReplacement(replacement));
        }
        try {
            Pattern pattern = Pattern.compile(names.appendTail(renamed).toString(), options);
            return new Compiled(pattern, groups, BlindWays.of(regex, (options & Pattern.COMMENTS) != 0));
        } catch (PatternSyntaxException e) {
            throw new Refusal("a string that is no regular expression (at character " + (e.getIndex() + 1) + ")", "one of Java's");
        }
    }

    private static int options(String flags) throws JsonQueryException {
        int options = 0;
        for (char flag : flags.toCharArray()) {
            options |= switch (flag) {
                case 'g', 'n', 'l' -> 0;
                case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'x' -> Pattern.COMMENTS;
                case 's' -> Pattern.DOTALL;
                case 'p' -> Pattern.DOTALL | Pattern.MULTILINE;
                default -> throw new Refusal("a flag that regular expressions do not have", "some of g, i, n, p, s, x");
            };
        }
        return options;
    }

    /**
     * @param groups names of the groups in their order, null for one without
     * @param blind  the most that it does between two looks at a character, 1 at least
     */
    private record Compiled(Pattern pattern, List<String> groups, long blind) {
    }

    /** A text that counts how often it is looked at. */
    private record Counted(String text, Budget budget, long perLook) implements CharSequence {

        @Override
        public char charAt(int index) {
            budget.charge(perLook);
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
