package org.trustpaybridge.testkit;

import java.nio.charset.StandardCharsets;

/** Events of good orders, for tests that need many. */
public final class OrderEvents {

    private OrderEvents() {
    }

    /**
     * A complete event.
     *
     * @param amount minor units
     */
    public static byte[] order(String orderId, long amount) {
        return """
            {"order_id":"%s","currency":"CZK","amount":%d,"description":"Test Order Description",
             "customer":{"email":"customer@example.com","locale":"cs_CZ"},
             "payment_options":{"notification_url":"https://shop.example.com/notification",
               "redirect_url":"https://shop.example.com/thanks","cancel_url":"https://shop.example.com/cart","close_window":true}}"""
            .formatted(orderId, amount).getBytes(StandardCharsets.UTF_8);
    }
}
