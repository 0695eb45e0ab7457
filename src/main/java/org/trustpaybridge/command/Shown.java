package org.trustpaybridge.command;

/** Makes text from outside fit for a terminal. */
public final class Shown {

    private Shown() {
    }

    /**
     * @param text text of whatever origin; not null
     * @return the text without what steers a terminal (escape sequences, line breaks, marks that turn the direction of writing), which
     *         could make it say something else; and without what picocli takes for markup
     */
    public static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?").replace("@|", "@ |").replace("|@", "| @");
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
}
