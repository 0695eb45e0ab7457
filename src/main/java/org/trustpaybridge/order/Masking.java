package org.trustpaybridge.order;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Hides what may be about a person. It does not look for personal data but for what is known to be none: an event may hold any member, and
 * a wrong event anything in any of them.
 */
public final class Masking {

    private static final Set<String> PLAIN_TEXTS = Set.of("currency", "type", "gateway", "customer.locale", "customer.country",
        "payment_options.notification_method", "plugin.shop_version", "plugin.plugin_version", "specversion", "datacontenttype", "time");
    private static final Set<String> URLS = Set.of("payment_options.notification_url", "payment_options.redirect_url",
        "payment_options.cancel_url");
    private static final Set<String> NUMBERS = Set.of("order_id", "amount", "days_active", "seconds_active");
    private static final Set<String> ENVELOPE = Set.of("id", "source", "subject", "time", "traceparent", "tracestate");
    private static final String HIDDEN = "***";

    private Masking() {
    }

    /**
     * @param name of a member
     * @return the name where an order or its envelope may have it; else how long it is
     */
    public static String name(String name) {
        return OrderMembers.isKnown(name) || ENVELOPE.contains(name) ? name : hidden(name);
    }

    /**
     * @param path names of the members that lead to the text, joined by dots
     * @param text not null
     * @return the text where it is known to be about nobody; of a URL the host; else how long it is
     */
    public static String text(String path, String text) {
        if (path.equals("order_id")) {
            return text.length() <= OrderId.MAX_LENGTH && text.indexOf('@') < 0 ? text : hidden(text);
        }
        if (PLAIN_TEXTS.contains(path)) {
            return text.matches("[A-Za-z0-9_.:+/-]{0,40}") ? text : hidden(text);
        }
        return URLS.contains(path) ? url(text) : hidden(text);
    }

    /**
     * Null, and what is true or false, is shown as it is.
     *
     * @param path names of the members that lead to the number, joined by dots
     * @return whether the number is known to be about nobody
     */
    public static boolean mayShowNumber(String path) {
        return NUMBERS.contains(path);
    }

    /** @return what stands for a number that is not shown */
    public static String hiddenNumber() {
        return HIDDEN;
    }

    private static String url(String text) {
        try {
            URI url = new URI(text);
            boolean bare = url.getHost() != null && url.getRawUserInfo() == null;
            return bare ? url.getScheme() + "://" + url.getRawAuthority() + "/" + HIDDEN : hidden(text);
        } catch (URISyntaxException e) {
            return hidden(text);
        }
    }

    private static String hidden(String text) {
        int length = text.codePointCount(0, text.length());
        return HIDDEN + " (" + length + (length == 1 ? " character)" : " characters)");
    }
}
