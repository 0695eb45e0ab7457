package org.trustpaybridge.command.check;

import org.trustpaybridge.order.OrderIdType;
import org.trustpaybridge.settings.Settings;

/** Says how order ids are sent. MultiSafepay's documents disagree, and which of them counts only an order shows. */
public final class OrderIds {

    private static final String ORDER_IDS = "order ids";

    private OrderIds() {
    }

    /** @return what is set, and when to change it */
    public static Finding finding(Settings settings) {
        if (settings.rules().orderIdType() == OrderIdType.STRING) {
            return Finding.ok(ORDER_IDS, "always sent as a string");
        }
        return Finding.note(ORDER_IDS, "of digits are sent as an integer",
            "Nothing to do unless orders are refused with HTTP 422 that names"
            + " order_id: MultiSafepay's OpenAPI wants a string. Then set order.id-type=string, and replay the dead letters.");
    }
}
