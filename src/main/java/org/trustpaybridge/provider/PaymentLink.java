package org.trustpaybridge.provider;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The payment URL of an answer, judged as the customer's browser will take it (WHATWG URL), not as RFC 3986 has it: a host may have an
 * underscore, path and query may hold {@code |} and whatever else is no control character. The URL is the provider's own; what matters is
 * that it leads to a host over https.
 *
 * @param text   the URL as it came, without spaces around it
 * @param scheme {@code http} or {@code https}
 * @param host   in lower case, an IPv6 address with its brackets
 */
record PaymentLink(String text, String scheme, String host) {

    /** Session ids make URLs of some hundred characters; servers take lines of 8 KiB. */
    static final int MAX_LENGTH = 8192;

    private static final Pattern SCHEME = Pattern.compile("(?is)(https?)://(.*)");
    /** ASCII without what no host may hold; an IP address in brackets. The port is at most 65535. */
    private static final Pattern AUTHORITY =
        Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{0,5}))?");
    private static final int MAX_PORT = 65_535;

    /** @return the URL; empty when a browser would not open it */
    static Optional<PaymentLink> parse(String given) {
        String text = given.strip();
        Matcher url = SCHEME.matcher(text);
        if (text.length() > MAX_LENGTH || !isClean(given) || !url.matches()) {
            return Optional.empty();
        }
        Matcher authority = AUTHORITY.matcher(url.group(2).split("[/\\\\?#]", 2)[0]);
        if (!authority.matches() || port(authority.group(2)) > MAX_PORT) {
            return Optional.empty();
        }
        return Optional.of(new PaymentLink(text, url.group(1).toLowerCase(Locale.ROOT), authority.group(1).toLowerCase(Locale.ROOT)));
    }

    private static int port(String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** Control characters, line breaks among them, and halves of surrogate pairs have no place in a URL. */
    private static boolean isClean(String text) {
        return text.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
