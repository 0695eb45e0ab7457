package org.trustpaybridge.wire;

/** Events to publish. */
final class Events {

    /** Stands in every personal field, so that a test can look for it where it must not be. */
    static final String PERSONAL = "jana.novakova@personal.example";

    private Events() {
    }

    static String order(String orderId) {
        return order(orderId, 1000);
    }

    static String order(String orderId, long amount) {
        return """
            {"order_id":"%s","currency":"CZK","amount":%d,"description":"Test Order Description",
             "customer":{"email":"%s","locale":"cs_CZ"},
             "payment_options":{"notification_url":"https://shop.example.com/notification?token=n0t1fy",
               "redirect_url":"https://shop.example.com/thanks","cancel_url":"https://shop.example.com/cart","close_window":true}}"""
            .formatted(orderId, amount, PERSONAL);
    }
}
