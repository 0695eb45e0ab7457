package org.trustpaybridge.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The statuses an order takes here; the provider may know more. */
enum OrderStatus {
    INITIALIZED, UNCLEARED, RESERVED, COMPLETED, SHIPPED, DECLINED, CANCELLED, VOID, EXPIRED, PARTIAL_REFUNDED, REFUNDED, CHARGEDBACK;

    /** As the API writes it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether another POST of the order is refused. */
    boolean paid() {
        return this == COMPLETED || this == SHIPPED || this == PARTIAL_REFUNDED || this == REFUNDED || this == CHARGEDBACK;
    }

    static Optional<OrderStatus> of(String text) {
        return Arrays.stream(values()).filter(status -> status.text().equals(text)).findFirst();
    }
}
