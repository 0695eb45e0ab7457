package org.trustpaybridge.order;

/** Reads IPv4 and IPv6 addresses (RFC 4291, section 2.2) as text alone: {@code InetAddress} would ask the DNS about what is not one. */
final class IpAddress {

    private static final int GROUPS = 8;

    private IpAddress() {
    }

    static boolean isValid(String text) {
        return text.length() <= 45 && (isV4(text) || isV6(text));
    }

    /** Four decimal numbers; a leading zero is refused, since some readers take it for octal. */
    private static boolean isV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean digits = !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || part.length() > 1 && part.charAt(0) == '0' || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Eight groups, or fewer around exactly one {@code ::}; the last two may be written as an IPv4 address; no zone. */
    private static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many groups a run of them holds; -1 when it is malformed. */
    private static int groups(String run, boolean endsTheAddress) {
        if (run.isEmpty()) {
            return 0;
        }
        String[] parts = run.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (endsTheAddress && i == parts.length - 1 && isV4(part)) {
                count += 2;
            } else if (!part.isEmpty() && part.length() <= 4 && part.chars().allMatch(IpAddress::isHexDigit)) {
                count++;
            } else {
                return -1;
            }
        }
        return count;
    }

    private static boolean isHexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
