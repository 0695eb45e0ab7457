package org.trustpaybridge.simulator;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An order that was taken. Keeps the bytes it came in, which are much smaller than their tree, and reads them when asked.
 *
 * @param request       the body of the latest POST
 * @param apiKey        the key it was posted with, which signs its notifications
 * @param transactionId the provider's own number for it
 * @param status        where it stands
 * @param refunded      minor units that went back
 * @param sessions      payment pages it was given so far
 * @param created       time of the first POST
 * @param modified      time of the latest change
 * @param told          what became of its latest notification, a sentence; null before there was one
 */
record SimulatedOrder(
    byte[] request, String apiKey, long transactionId, OrderStatus status, long refunded, int sessions, Instant created, Instant modified,
    String told) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    SimulatedOrder posted(byte[] again, String key, Instant now) {
        return new SimulatedOrder(again, key, transactionId, OrderStatus.INITIALIZED, 0, sessions + 1, created, now, told);
    }

    SimulatedOrder settled(OrderStatus outcome, Instant now) {
        return new SimulatedOrder(request, apiKey, transactionId, outcome, refunded, sessions, created, now, null);
    }

    SimulatedOrder changed(OrderStatus to, long refundedNow, Instant now) {
        return new SimulatedOrder(request, apiKey, transactionId, to, refundedNow, sessions, created, now, told);
    }

    SimulatedOrder told(String fate) {
        return new SimulatedOrder(request, apiKey, transactionId, status, refunded, sessions, created, modified, fate);
    }

    /** The order as it was posted. */
    ObjectNode content() {
        return Json.object(request).orElseThrow();
    }

    /** The order as {@code GET /orders/{id}} shows it and as notifications carry it. There is no payment URL in it. */
    ObjectNode view() {
        ObjectNode posted = content();
        ObjectNode view = Json.newObject().put("transaction_id", transactionId);
        view.set("order_id", posted.get("order_id"));
        view.put("created", time(created)).put("modified", time(modified));
        view.set("amount", posted.get("amount"));
        view.put("amount_refunded", refunded);
        for (String name : List.of("currency", "description", "var1", "var2", "var3", "custom_info", "customer")) {
            JsonNode value = posted.get(name);
            if (value != null) {
                view.set(name, value);
            }
        }
        view.put("status", status.text()).put("financial_status", status.text());
        view.putArray("costs");
        view.putObject("payment_details").put("type", "TRUSTPAY");
        return view;
    }

    private static String time(Instant instant) {
        return TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /** Number and status alone: the rest holds a key and personal data. */
    @Override
    public String toString() {
        return "SimulatedOrder[transactionId=" + transactionId + ", status=" + status + "]";
    }
}
