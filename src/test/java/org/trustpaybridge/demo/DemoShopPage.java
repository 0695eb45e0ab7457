package org.trustpaybridge.demo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shop's pages as HTML. What comes from orders and requests is escaped. */
final class DemoShopPage {
    private static final String FRAME = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          %s<title>%s</title>
          <link rel="icon" href="data:,">
          <style>
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
            body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
            table { border-collapse: collapse; width: 100%%; }
            td, th { text-align: left; padding: .5rem .5rem .5rem 0; border-bottom: 1px solid #8888; }
            .good { color: light-dark(#12703d, #62d695); }
            .bad { color: light-dark(#a12a1e, #ff9d92); }
          </style>
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """;
    private static final String AGAIN_SOON = "<meta http-equiv=\"refresh\" content=\"1\">\n  ";
    private static final String BACK = "<p><a href=\"/\">To the shop's orders</a></p>\n";

    private DemoShopPage() {
    }

    /**
     * An order with a payment link.
     *
     * @param status what the shop was told of the payment, if it was
     */
    record Row(String order, String paymentUrl, Optional<String> status) {
    }

    static String orders(List<Row> rows) {
        String lines = rows.stream().map(row -> "<tr><td>" + escaped(row.order()) + "</td><td><a href=\"" + escaped(row.paymentUrl())
            + "\">Payment page</a></td><td>" + escaped(row.status().orElse("open")) + "</td></tr>\n").collect(Collectors.joining());
        return page("The demo's shop", "",
            "<h1>The demo's shop</h1>\n<p>Orders with a payment link, the latest first. Reload to see more.</p>\n"
            + "<table>\n<tr><th>Order</th><th>Link</th><th>Payment</th></tr>\n" + lines + "</table>\n");
    }

    /** Until the notification is there, the page looks again by itself: the customer may be faster. */
    static String thanks(String order, Optional<DemoNotifications.Told> told) {
        return page("Thank you", told.isEmpty() ? AGAIN_SOON : "", "<h1>Thank you</h1>\n<p>Order <strong id=\"order\">" + escaped(order)
            + "</strong></p>\n" + fate(told) + BACK);
    }

    static String cancelled(String order, Optional<DemoNotifications.Told> told) {
        return page("Not paid", told.isEmpty() ? AGAIN_SOON : "", "<h1>You have not paid</h1>\n<p>Order <strong id=\"order\">"
            + escaped(order) + "</strong> was cancelled.</p>\n" + fate(told) + BACK);
    }

    static String unknown() {
        return page("No such page", "", "<h1>There is no such page</h1>\n" + BACK);
    }

    private static String fate(Optional<DemoNotifications.Told> told) {
        return told.map(each -> "<p id=\"status\" class=\"" + ("completed".equals(each.status()) ? "good\">Paid." : "bad\">Not paid.")
            + "</p>\n<p id=\"notification\">The shop was notified at " + each.at() + " that the payment is <code>" + escaped(each.status())
            + "</code>. The signature is right, and the shop answered 200 OK.</p>\n")
            .orElse("<p id=\"status\">Not confirmed yet: that a customer comes here proves nothing, the shop waits for the"
                + " notification.</p>\n");
    }

    private static String page(String title, String head, String content) {
        return FRAME.formatted(head, title, content);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
