package org.trustpaybridge.order;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes of a text that breaks its rule one that keeps it, where there is no doubt how. */
@FunctionalInterface
interface Mending {

    /** @return the mended text, which is checked again; null where nothing can be done */
    Mended of(String text);

    /**
     * @param text   never the same as before
     * @param kind   what was done
     * @param detail the same in words, without a value
     */
    record Mended(String text, Repair.Kind kind, String detail) {
    }

    Mending NONE = text -> null;

    /** A closed set of upper-case words: white space around them and lower case are spellings of the same. */
    Mending UPPER_CASE = text -> respelled(text, upper(text), "written in upper case without white space");

    Mending STRIPPED = text -> respelled(text, text.strip(), "white space around it was taken off");

    Mending COUNTRY = text -> respelled(text, Countries.codeOf(upper(text)), "written as two upper-case letters");

    Mending FIRST_ADDRESS = Mending::firstAddress;

    /** A grapheme cluster, which readers see as one character: a letter with its accents, a flag, a family. */
    Pattern CLUSTER = Pattern.compile("\\X");

    /** Cuts between two characters as a reader sees them; only where the first alone is too long, between two code points. */
    static Mending cut(int max) {
        return text -> {
            int length = Texts.length(text);
            if (length <= max) {
                return null;
            }
            String cut = cut(text, max).stripTrailing();
            return new Mended(cut, Repair.Kind.CUT, "cut from " + length + " to " + Texts.length(cut) + " characters");
        };
    }

    static String cut(String text, int max) {
        // Whether there is a boundary depends on what stands before it, and on one code point behind it.
        String start = Texts.cut(text, max + 1);
        Matcher clusters = CLUSTER.matcher(start);
        int length = 0;
        int end = 0;
        while (clusters.find()) {
            length += Texts.length(clusters.group());
            if (length > max) {
                break;
            }
            end = clusters.end();
        }
        return end > 0 ? text.substring(0, end) : Texts.cut(text, max);
    }

    /** {@code X-Forwarded-For} names the customer first and then each proxy; a port is no part of the address. */
    private static Mended firstAddress(String text) {
        for (String entry : text.split(",", 50)) {
            String address = withoutPort(entry.strip());
            if (!address.isEmpty()) {
                boolean list = text.indexOf(',') >= 0;
                return new Mended(address, list ? Repair.Kind.FIRST_ADDRESS : Repair.Kind.RESPELLED,
                        list ? "the first address of a list" : "written without port, brackets or white space");
            }
        }
        return null;
    }

    private static String withoutPort(String entry) {
        if (entry.startsWith("[")) {
            return entry.replaceFirst("^\\[([^\\]]*)\\](:[0-9]{1,5})?$", "$1");
        }
        return entry.indexOf('.') > 0 ? entry.replaceFirst("^([^:]*):[0-9]{1,5}$", "$1") : entry;
    }

    private static String upper(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    private static Mended respelled(String before, String after, String detail) {
        return after == null || after.equals(before) ? null : new Mended(after, Repair.Kind.RESPELLED, detail);
    }
}
