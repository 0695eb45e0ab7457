package org.trustpaybridge.route;

import java.time.Instant;

import org.apache.camel.Exchange;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;

/** What an exchange knows of the record it stands for. */
final class InFlight {

    private static final String RECORD = "bridge.record";
    /**
     * Read by the routes: {@code payment-url}, {@code dead-letter}, {@code repeat}, {@code skipped}, or absent while nothing is decided.
     */
    private static final String DECISION = "decision";
    /** Read by the routes: what the provider is to be asked, {@code order}, {@code account} or {@code posts}; absent for nothing. */
    private static final String ASK = "ask";

    private static final String ORIGINAL_GONE = "bridge.originalGone";
    private static final String CHECKED_AT = "bridge.checkedAt";

    private InFlight() {
    }

    static void attach(Exchange exchange, InFlightRecord inFlight) {
        exchange.setProperty(RECORD, inFlight);
        showDecision(exchange);
    }

    static InFlightRecord of(Exchange exchange) {
        InFlightRecord inFlight = exchange.getProperty(RECORD, InFlightRecord.class);
        if (inFlight == null) {
            throw new IllegalStateException("The exchange stands for no record; was it admitted by admitRecord?");
        }
        return inFlight;
    }

    static void showDecision(Exchange exchange) {
        of(exchange).decision().ifPresent(decision -> exchange.setProperty(DECISION, nameOf(decision)));
    }

    /** Has the routes ask what the provider knows of the order id. */
    static void askForOrder(Exchange exchange) {
        exchange.setProperty(ASK, "order");
    }

    /** Has the routes ask whether the account is good. */
    static void askForAccount(Exchange exchange) {
        exchange.setProperty(ASK, "account");
    }

    /** Has the routes ask whether the provider takes orders: for the account first. */
    static void askForPosts(Exchange exchange) {
        exchange.setProperty(ASK, "posts");
    }

    static boolean asksForPosts(Exchange exchange) {
        return "posts".equals(exchange.getProperty(ASK));
    }

    static void askNothingMore(Exchange exchange) {
        exchange.removeProperty(ASK);
    }

    /** Notes when it was certain at the latest that the record is this member's. */
    static void checkedAt(Exchange exchange, Instant time) {
        exchange.setProperty(CHECKED_AT, time);
    }

    static Instant checkedAt(Exchange exchange) {
        Instant time = exchange.getProperty(CHECKED_AT, Instant.class);
        if (time == null) {
            throw new IllegalStateException("The record was not checked before publishing; does its route have checkBeforePublishing?");
        }
        return time;
    }

    /** Notes whether the record, of which only the beginning was kept, is gone from its topic. */
    static void originalGone(Exchange exchange, boolean gone) {
        exchange.setProperty(ORIGINAL_GONE, gone);
    }

    static boolean originalGone(Exchange exchange) {
        return exchange.getProperty(ORIGINAL_GONE, false, Boolean.class);
    }

    private static String nameOf(Decision decision) {
        if (decision instanceof Decision.Repeat) {
            return "repeat";
        }
        if (decision instanceof Decision.Skipped) {
            return "skipped";
        }
        return decision instanceof Decision.PaymentUrl ? "payment-url" : "dead-letter";
    }
}
