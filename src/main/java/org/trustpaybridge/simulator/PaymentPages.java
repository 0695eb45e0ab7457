package org.trustpaybridge.simulator;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The part of the simulator that plays the page on which the customer pays. */
final class PaymentPages {

    private final OrderBook book;
    private final Notifier notifier;

    PaymentPages(OrderBook book, Notifier notifier) {
        this.book = book;
        this.notifier = notifier;
    }

    /**
     * The page of a session.
     *
     * @param lang locale that the link asks for, which wins over the order's; null if it does not say
     */
    Reply show(String session, String lang) {
        return book.bySession(session)
            .map(order -> PaymentPage.of(order, lang))
            .orElseGet(PaymentPage::unknown);
    }

    Reply pay(String session) {
        return settle(session, OrderStatus.COMPLETED, "redirect_url");
    }

    Reply cancel(String session) {
        return settle(session, OrderStatus.VOID, "cancel_url");
    }

    /** A second press of the same button leads to the shop again but tells it nothing new; the other button then only shows the page. */
    private Reply settle(String session, OrderStatus outcome, String urlName) {
        Optional<SimulatedOrder> found = book.bySession(session);
        if (found.isEmpty()) {
            return PaymentPage.unknown();
        }
        ObjectNode content = found.get().content();
        String id = content.path("order_id").asText();
        Optional<SimulatedOrder> settled = book.settle(id, outcome);
        settled.ifPresent(notifier::send);
        if (settled.isEmpty() && found.get().status() != outcome) {
            return Reply.seeOther("./");
        }
        String shop = content.path("payment_options").path(urlName).asText();
        return Reply.seeOther(Links.withParameter(shop, "transactionid", id));
    }
}
