package org.trustpaybridge.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.trustpaybridge.order.OrderId;

/**
 * The first 128 bits of an order id's SHA-256. Cryptographic, because order ids may be chosen by strangers, and two that collide would be
 * one order lost.
 *
 * @param high first 64 bits
 * @param low  next 64 bits; never 0 together with {@code high}, which marks an empty place
 */
record OrderHash(long high, long low) {

    static OrderHash of(OrderId orderId) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.fresh().digest(orderId.text().getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong();
        long low = digest.getLong();
        return new OrderHash(high, high == 0 && low == 0 ? 1 : low);
    }
}
