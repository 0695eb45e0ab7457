package org.trustpaybridge.order;

/** What the rules need to know about a string; lengths are in characters, that is Unicode code points. */
final class Texts {

    private Texts() {
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Names what no string sent to the provider may contain: control characters and half surrogate pairs (which UTF-8 cannot carry).
     *
     * @param lines whether tab, line feed and carriage return may stay
     * @return words that follow "found", or null when the text is clean
     */
    static String flaw(String text, boolean lines) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isFlaw(point, lines)) {
                String what = isHalf(point) ? "half of a surrogate pair" : "a control character";
                return what + " (U+%04X)".formatted(point);
            }
            i += Character.charCount(point);
        }
        return null;
    }

    static boolean isFlaw(int point, boolean lines) {
        boolean line = point == '\t' || point == '\n' || point == '\r';
        return isHalf(point) || Character.isISOControl(point) && !(lines && line);
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** Whether a person sees something of it: no space of any kind, no format character, no letter, mark or symbol that shows nothing. */
    static boolean visible(int point) {
        if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            // Fillers of Hangul, the empty Braille pattern, vowels of Khmer and selectors of forms that have no form of their own.
            default -> !(point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800 || point == 0x034F
                    || point >= 0x180B && point <= 0x180F || point == 0x17B4 || point == 0x17B5
                    || point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0100 && point <= 0xE01EF);
        };
    }

    /** The first {@code max} characters; a surrogate pair is never split. */
    static String cut(String text, int max) {
        return length(text) <= max ? text : text.substring(0, text.offsetByCodePoints(0, max));
    }

    /** A harmless, short form of a value that may be shown: printable ASCII, at most 20 characters, in double quotes. */
    static String shown(String value) {
        StringBuilder clean = new StringBuilder("\"");
        value.codePoints().limit(20).forEach(c -> clean.append(c > ' ' - 1 && c < 0x7F && c != '"' ? (char) c : '?'));
        return clean.append(length(value) > 20 ? "...\"" : "\"").toString();
    }

    /** A code that is wrong, such as {@code "KCS"}. What is no short word of letters may be about a person, and only its length is told. */
    static String shownCode(String value) {
        if (value.matches("[A-Za-z]{1,10}")) {
            return shown(value);
        }
        return value.isEmpty() ? "an empty string" : "a string of " + length(value) + " characters";
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
