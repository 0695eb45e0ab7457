package org.trustpaybridge.deadletters;

/** Text of unknown origin for a terminal: nothing in it can move a cursor, change a colour, turn the direction of writing or end a line. */
public final class Printable {

    private Printable() {
    }

    /**
     * @param text text of unknown origin
     * @param max  the most characters to show, at least 3; more are cut, and dots say so
     * @return the text in one line
     */
    public static String line(String text, int max) {
        String clean = clean(text, false);
        int length = clean.codePointCount(0, clean.length());
        return length <= max ? clean : clean.substring(0, clean.offsetByCodePoints(0, max - 2)) + "..";
    }

    /**
     * @param text text of unknown origin
     * @return the same in one line
     */
    public static String line(String text) {
        return clean(text, false);
    }

    /**
     * @param text text of unknown origin
     * @return the same, with its line breaks
     */
    public static String lines(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean breaks) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (harmless(point) || breaks && point == '\n') {
                clean.appendCodePoint(point);
            } else if (point > 0xFFFF) {
                clean.append(String.format("\\U%08x", point));
            } else {
                clean.append(String.format("\\u%04x", point));
            }
        });
        return clean.toString();
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
