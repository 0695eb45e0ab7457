package org.trustpaybridge.log;

/**
 * Keeps other people's words from looking like ours in a line: order ids, topics and what providers say may have anything in them. Where a
 * value could be taken for more than one, it stands in quotes; what cannot be seen, ends a line or turns its direction is written as an
 * escape, as in JSON.
 */
final class Quoting {

    private Quoting() {
    }

    /** @return the value of a pair, in quotes where it would not stand for itself without them */
    static String value(String text) {
        return standsForItself(text) ? text : '"' + escaped(text, true) + '"';
    }

    /** @return text that stands for itself, such as a sentence, without what ends a line or steers a terminal */
    static String sentence(String text) {
        return text == null || text.codePoints().allMatch(Quoting::visible) ? text : escaped(text, false);
    }

    private static boolean standsForItself(String text) {
        return !text.isEmpty() && text.codePoints().allMatch(point -> visible(point) && !Character.isWhitespace(point)
            && !Character.isSpaceChar(point) && point != '=' && point != '"' && point != '\'' && point != '\\' && point != '`');
    }

    private static String escaped(String text, boolean quoted) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (quoted && (point == '"' || point == '\\')) {
                escaped.append('\\').appendCodePoint(point);
            } else if (visible(point)) {
                escaped.appendCodePoint(point);
            } else {
                for (char half : Character.toChars(point)) {
                    escaped.append(String.format("\\u%04x", (int) half));
                }
            }
        });
        return escaped.toString();
    }

    /** A space of any width but the usual one could hide where a value ends. */
    private static boolean visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> !blankLetter(point);
        };
    }

    /** Letters, marks and a symbol that show nothing: fillers of Hangul, the empty Braille pattern, selectors and joiners. */
    private static boolean blankLetter(int point) {
        return point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800 || point == 0x034F
            || point >= 0x180B && point <= 0x180F || point == 0x17B4 || point == 0x17B5
            || point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0100 && point <= 0xE01EF;
    }
}
