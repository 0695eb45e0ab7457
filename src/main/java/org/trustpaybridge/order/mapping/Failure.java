package org.trustpaybridge.order.mapping;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A program failed on an event. Tells no value of the event, and of its member names only those that stand in the program. */
final class Failure extends Exception {

    /** Of jackson-jq's own messages the kind of the value is known to be about nobody. */
    private static final Pattern WRONG_KIND = Pattern.compile(
        "Cannot (?:index|iterate over) (object|array|string|number|boolean|null)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern PATH = Pattern.compile("(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    private static final int DEPTH = 64;

    private final String field;
    private final String found;
    private final String expected;
    private final ProgramPlace place;

    /** @param field path of the member in the event; {@code $} where it is not known */
    Failure(String field, String found, String expected, ProgramPlace place) {
        super("found " + found + ", expected " + expected, null, false, false);
        this.field = field;
        this.found = found;
        this.expected = expected;
        this.place = place;
    }

    /**
     * @param event what the program was given
     * @param words names and strings that stand in the program
     */
    static Failure of(Located located, JsonNode event, Set<String> words) {
        JsonQueryException error = located.error();
        String field = fieldOf(located, event, words);
        if (error instanceof Refusal refusal) {
            return new Failure(field, refusal.found(), refusal.expected(), located.place());
        }
        if (error instanceof Raised) {
            String raised = error.getMessageAsJsonNode().isTextual() ? error.getMessageAsJsonNode().textValue() : "";
            return new Failure(field, "an error that the mapping raises" + (words.contains(raised) ? " (" + raised + ")" : ""),
                "an event that it takes", located.place());
        }
        Matcher kind = WRONG_KIND.matcher(String.valueOf(error.getOriginalMessage()));
        if (kind.matches()) {
            String word = kind.group(1).toLowerCase(java.util.Locale.ROOT);
            String article = word.equals("null") ? "" : word.matches("[aeiou].*") ? "an " : "a ";
            return new Failure(looked(located.place()).orElse(field), article + word, "an object or an array to look into",
                located.place());
        }
        return new Failure(field, "a value that cannot be taken there", "another one", located.place());
    }

    private static String fieldOf(Located located, JsonNode event, Set<String> words) {
        String path = located.input() == event ? null : path(event, located.input(), "", words, 0);
        if (path != null) {
            return path.substring(1);
        }
        return looked(located.place()).orElse("$");
    }

    /** The path that the program itself names, where it has names only. */
    private static Optional<String> looked(ProgramPlace place) {
        String path = place.looked().replace("[]", "").replace("?", "");
        return PATH.matcher(path).matches() ? Optional.of(path.substring(1)) : Optional.empty();
    }

    /** Where the very value stands in the event; null when it does not. */
    private static String path(JsonNode within, JsonNode value, String path, Set<String> words, int depth) {
        if (within == value && !path.isEmpty() && (value.isContainerNode() || value.isTextual() || value.isBigDecimal())) {
            return path;
        }
        if (depth > DEPTH) {
            return null;
        }
        if (within.isArray()) {
            for (int i = 0; i < within.size(); i++) {
                String found = path(within.get(i), value, (path.isEmpty() ? "." : path) + "[" + i + "]", words, depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        for (Map.Entry<String, JsonNode> member : within.properties()) {
            String name = words.contains(member.getKey()) ? member.getKey() : "*";
            String found = path(member.getValue(), value, path + "." + name, words, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    String field() {
        return field;
    }

    String found() {
        return found;
    }

    String expected() {
        return expected;
    }

    ProgramPlace place() {
        return place;
    }
}
