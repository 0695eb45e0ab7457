package org.trustpaybridge.order;

/**
 * A pragmatic reading of RFC 5321 and RFC 6531: a dotted local part without quoting, one {@code @}, a domain name of at least two labels.
 * Letters of any script pass, since internationalised addresses are valid ones; quoted local parts and address literals do not.
 * Read character by character: no regular expression that could be made to backtrack.
 */
final class EmailAddress {

    private static final String LOCAL_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

    private EmailAddress() {
    }

    static boolean isValid(String text) {
        int at = text.indexOf('@');
        return at > 0 && at == text.lastIndexOf('@') && isLocalPart(text.substring(0, at)) && isDomain(text.substring(at + 1));
    }

    private static boolean isLocalPart(String local) {
        return !local.startsWith(".") && !local.endsWith(".") && !local.contains("..")
                && local.codePoints().allMatch(c -> c == '.' || isLetterOrDigit(c) || LOCAL_SYMBOLS.indexOf(c) >= 0);
    }

    private static boolean isDomain(String domain) {
        String[] labels = domain.split("\\.", -1);
        for (String label : labels) {
            boolean good = !label.isEmpty() && label.length() <= 63 && !label.startsWith("-") && !label.endsWith("-")
                    && label.codePoints().allMatch(c -> c == '-' || isLetterOrDigit(c));
            if (!good) {
                return false;
            }
        }
        return labels.length > 1 && !labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLetterOrDigit(int point) {
        if (point < 0x80) {
            return point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z' || point >= '0' && point <= '9';
        }
        return Character.isLetterOrDigit(point) || Character.getType(point) == Character.NON_SPACING_MARK
                || Character.getType(point) == Character.COMBINING_SPACING_MARK;
    }
}
