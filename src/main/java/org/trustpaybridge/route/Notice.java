package org.trustpaybridge.route;

import java.time.Instant;

import org.apache.camel.Exchange;
import org.trustpaybridge.observe.metrics.NotificationOutcome;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.outbound.PaymentStatusChanged.Source;
import org.trustpaybridge.payment.PaymentStanding;
import org.trustpaybridge.provider.PaymentReport;

/**
 * A notification on its way through the routes: what is known of it so far, and what it is to be answered. Used by one thread after the
 * other.
 */
final class Notice {

    /** What the routes ask for: {@code look-up}, {@code report}, {@code publish}, or {@code answer} when all is said. */
    static final String STEP = "notice";

    private static final String PROPERTY = "bridge.notice";

    private final Exchange exchange;
    private OrderId orderId;
    private PaymentReport report;
    private Source source;
    private Instant at;
    private PaymentStanding before;
    private Reply reply = Reply.LATER;
    private NotificationOutcome outcome = NotificationOutcome.HELD;

    /** Answers, as MultiSafepay reads them. Only the first says that it need not be sent again. */
    enum Reply {
        OK(200, "OK"),
        UNSIGNED(401, "The signature is missing or not right"),
        UNREADABLE(400, "This is no notification"),
        LATER(503, "Send it again later");

        private final int status;
        private final String text;

        Reply(int status, String text) {
            this.status = status;
            this.text = text;
        }

        int status() {
            return status;
        }

        String text() {
            return text;
        }
    }

    private Notice(Exchange exchange) {
        this.exchange = exchange;
    }

    static Notice begin(Exchange exchange) {
        Notice notice = new Notice(exchange);
        exchange.setProperty(PROPERTY, notice);
        exchange.setProperty(STEP, "answer");
        return notice;
    }

    static Notice of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Notice.class);
    }

    /** MultiSafepay is to be asked for the order. */
    void lookUp(OrderId order) {
        orderId = order;
        exchange.setProperty(STEP, "look-up");
    }

    /** MultiSafepay said so. */
    void report(PaymentReport said, Source by, Instant when) {
        orderId = said.orderId();
        report = said;
        source = by;
        at = when;
        exchange.setProperty(STEP, "report");
    }

    /** It is news, after how the payment stood. */
    void publish(PaymentStanding stood) {
        before = stood;
        exchange.setProperty(STEP, "publish");
    }

    /** All is said. */
    void answer(Reply said, NotificationOutcome what) {
        reply = said;
        outcome = what;
        exchange.setProperty(STEP, "answer");
    }

    OrderId orderId() {
        return orderId;
    }

    PaymentReport report() {
        return report;
    }

    Source source() {
        return source;
    }

    Instant at() {
        return at;
    }

    PaymentStanding before() {
        return before;
    }

    Reply reply() {
        return reply;
    }

    NotificationOutcome outcome() {
        return outcome;
    }
}
