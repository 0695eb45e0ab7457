package org.trustpaybridge.order;

import java.nio.charset.StandardCharsets;

/**
 * What an event without these members gets. Each may be null: then the event must carry the URL itself, and {@code close_window} is
 * left out. {@code {order_id}} in a URL stands for the order id, percent-encoded.
 *
 * @param notificationUrl where the provider reports payments, at most 150 characters once the order id is in place
 * @param redirectUrl     where the customer lands after paying, at most 2,000 characters then
 * @param cancelUrl       where the customer lands after cancelling, at most 2,000 characters then
 * @param closeWindow     whether the payment page closes its window
 * @param notificationMethod {@code POST} or {@code GET}: how the provider reports payments; null: as it likes
 */
public record OrderDefaults(String notificationUrl, String redirectUrl, String cancelUrl, Boolean closeWindow, String notificationMethod) {

    private static final String PLACEHOLDER = "{order_id}";

    /** @throws RefusedRuleException when a URL could be right for no order; the message does not contain the URL */
    public OrderDefaults {
        check("notificationUrl", notificationUrl, WebUrl.MAX_NOTIFICATION_URL);
        check("redirectUrl", redirectUrl, WebUrl.MAX_LENGTH);
        check("cancelUrl", cancelUrl, WebUrl.MAX_LENGTH);
    }

    /** As above; the provider reports payments as it likes. */
    public OrderDefaults(String notificationUrl, String redirectUrl, String cancelUrl, Boolean closeWindow) {
        this(notificationUrl, redirectUrl, cancelUrl, closeWindow, null);
    }

    /** No defaults at all. */
    public static OrderDefaults none() {
        return new OrderDefaults(null, null, null, null);
    }

    private static void check(String name, String template, int maxLength) {
        String found = template == null ? null : WebUrl.problem(template.replace(PLACEHOLDER, "1"), maxLength);
        if (found != null) {
            throw new RefusedRuleException(name, "found " + found + ", expected " + WebUrl.expected(maxLength));
        }
    }

    /** Whether this template needs to know the order id. */
    static boolean needsOrderId(String template) {
        return template.contains(PLACEHOLDER);
    }

    static String fill(String template, OrderId orderId) {
        return template.replace(PLACEHOLDER, percentEncoded(orderId.text()));
    }

    /** RFC 3986, section 2.3: all but the unreserved characters is encoded, from UTF-8, so that an id fits path and query alike. */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean unreserved = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            encoded.append(unreserved ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return encoded.toString();
    }
}
