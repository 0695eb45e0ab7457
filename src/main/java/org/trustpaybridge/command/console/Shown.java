package org.trustpaybridge.command.console;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes text from outside fit for a terminal. */
public final class Shown {

    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\\n]]");

    private Shown() {
    }

    /**
     * @param text text of whatever origin; not null
     * @return the text without what steers a terminal (escape sequences, line breaks, marks that turn the direction of writing), which
     *         could make it say something else; and without what picocli takes for markup
     */
    public static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?").replace("@|", "@ |").replace("|@", "| @");
    }

    /**
     * @param json indented JSON
     * @return the same JSON, with escapes for what steers a terminal
     */
    public static String json(String json) {
        return STEERING.matcher(json).replaceAll(found -> found.group().chars().mapToObj("\\\\u%04x"::formatted)
            .collect(Collectors.joining()));
    }

    /**
     * @param text text of whatever origin; not null
     * @param most longest text to return, in characters; at least 4
     * @return the beginning of the plain text, with dots where something was cut
     */
    public static String cut(String text, int most) {
        String plain = plain(text);
        return plain.length() <= most ? plain : plain.substring(0, most - 3) + "...";
    }

    /**
     * @param text   text of whatever origin, in one line; not null
     * @param indent what every line begins with
     * @param width  columns; a longer word keeps its line to itself
     * @return the plain text in lines of that width, without a line break at its end
     */
    public static String wrapped(String text, String indent, int width) {
        StringBuilder lines = new StringBuilder(indent);
        int length = indent.length();
        String gap = "";
        for (String word : plain(text).split(" ")) {
            if (!gap.isEmpty() && length + 1 + word.length() > width) {
                lines.append(System.lineSeparator()).append(indent);
                length = indent.length();
                gap = "";
            }
            lines.append(gap).append(word);
            length += gap.length() + word.length();
            gap = " ";
        }
        return lines.toString();
    }
}
