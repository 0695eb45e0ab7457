package org.trustpaybridge.order;

import java.net.URI;
import java.net.URISyntaxException;

/** The rule for the URLs of an order: absolute http or https, ASCII, with a host and without a user name (RFC 3986). */
final class WebUrl {

    /** The longest notification URL that MultiSafepay keeps. */
    static final int MAX_NOTIFICATION_URL = 150;

    /** For URLs whose greatest length no document of MultiSafepay's names. Browsers and servers agree on no more. */
    static final int MAX_LENGTH = 2000;

    private WebUrl() {
    }

    static String expected(int maxLength) {
        return "an absolute http or https URL in ASCII of at most " + maxLength + " characters";
    }

    /** What is wrong with a URL, in words that follow "found"; null when nothing is. */
    static String problem(String url, int maxLength) {
        if (url.isEmpty()) {
            return "an empty string";
        }
        String flaw = Texts.flaw(url, false);
        if (flaw != null) {
            return flaw;
        }
        if (!Texts.isAscii(url)) {
            return "a character beyond ASCII";
        }
        if (url.length() > maxLength) {
            return "a text of " + url.length() + " characters";
        }
        try {
            return problem(new URI(url));
        } catch (URISyntaxException e) {
            return "a text that is not a URL (at character " + (e.getIndex() + 1) + ")";
        }
    }

    private static String problem(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null) {
            return "a relative URL";
        }
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            return "a URL of another scheme";
        }
        if (uri.getRawUserInfo() != null) {
            return "a URL with a user name";
        }
        if (uri.getHost() == null) {
            return "a URL without a valid host";
        }
        return uri.getPort() > 65_535 ? "a URL with an impossible port" : null;
    }

    /** What is doubtful about a good notification URL, in words that follow "found"; null when nothing is. */
    static String doubt(String url) {
        URI uri = URI.create(url);
        if (uri.getScheme().equalsIgnoreCase("http")) {
            return "a URL without TLS";
        }
        return uri.getPort() >= 0 ? "a URL with a port" : null;
    }
}
