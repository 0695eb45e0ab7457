package org.trustpaybridge.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.trustpaybridge.order.OrderId;

/**
 * The first 128 bits of an order id's SHA-256. Cryptographic, because order ids may be chosen by strangers, and two that collide would be
 * one order lost.
 *
 * @param high first 64 bits
 * @param low  next 64 bits
 */
record OrderHash(long high, long low) {

    static OrderHash of(OrderId orderId) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.fresh().digest(orderId.text().getBytes(StandardCharsets.UTF_8)));
        return new OrderHash(digest.getLong(), digest.getLong());
    }
}
