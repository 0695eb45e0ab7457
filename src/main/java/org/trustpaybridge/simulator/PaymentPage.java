package org.trustpaybridge.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The payment page as HTML. Everything that came with the order is escaped. */
final class PaymentPage {

    private static final String FRAME = read("payment-page.html");
    // No form-action: Chromium holds it against redirects too, and the forms lead to whatever shop the order names.
    private static final String POLICY =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
    private static final String NOTE = "    <p class=\"note\">This is a simulator: no money moves.</p>\n";

    private PaymentPage() {
    }

    static Reply of(SimulatedOrder order, String lang) {
        ObjectNode content = order.content();
        Locale locale = AmountText.locale(lang != null ? lang : content.path("customer").path("locale").asText());
        String amount = AmountText.of(content.path("amount").longValue(), content.path("currency").asText(), locale);
        String id = content.path("order_id").asText();
        String html = """
                <header>
                  <h1>Pay with TrustPay</h1>
                  <p class="amount" id="amount" lang="%s">%s</p>
                </header>
            %s\
                <div class="body">
                  <dl>
                    <div><dt>Order</dt><dd id="order-id">%s</dd></div>
                    <div><dt>Description</dt><dd id="description">%s</dd></div>
                  </dl>
            %s\
                </div>""".formatted(locale.toLanguageTag(), escaped(amount), NOTE, escaped(id),
            escaped(content.path("description").asText()), ending(order.status()) + told(order));
        return page(200, "Order " + id, html);
    }

    static Reply unknown() {
        return page(404, "Unknown payment page", """
                <header>
                  <h1>This payment page does not exist</h1>
                  <p>The simulator has never handed it out, or has forgotten its order.</p>
                </header>""");
    }

    private static String ending(OrderStatus status) {
        return switch (status) {
            case INITIALIZED -> """
                      <div class="buttons">
                        <form method="post" action="pay"><button class="pay" id="pay" type="submit">Pay</button></form>
                        <form method="post" action="cancel"><button id="cancel" type="submit">Cancel</button></form>
                      </div>
                """;
            case COMPLETED -> "      <p class=\"status completed\" id=\"status\" role=\"status\">This order is paid.</p>\n";
            case VOID, CANCELLED -> "      <p class=\"status void\" id=\"status\" role=\"status\">This order was cancelled.</p>\n";
            default -> "      <p class=\"status\" id=\"status\" role=\"status\">This order is " + status.text() + ".</p>\n";
        };
    }

    private static String told(SimulatedOrder order) {
        return order.told() == null ? "" : "      <p class=\"told\" id=\"told\">" + escaped(order.told()) + "</p>\n";
    }

    private static Reply page(int status, String title, String content) {
        // Split rather than replaced twice: an order's text that looks like a placeholder stays text.
        String[] frame = FRAME.split("\\{\\{(?:title|content)}}", -1);
        return Reply.html(status, frame[0] + escaped(title) + frame[1] + content + frame[2])
            .with("Content-Security-Policy", POLICY)
            .with("X-Content-Type-Options", "nosniff")
            .with("X-Frame-Options", "DENY")
            .with("Referrer-Policy", "no-referrer")
            .with("Cache-Control", "no-store");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    private static String read(String name) {
        try (InputStream in = PaymentPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
