package org.trustpaybridge.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.trustpaybridge.order.OrderId;

/**
 * The first 128 bits of an order id's SHA-256. Cryptographic, because order ids may be chosen by strangers, and two that collide would be
 * one order lost.
 *
 * @param high first 64 bits
 * @param low  next 64 bits; never 0 together with {@code high}, which marks an empty place
 */
record OrderHash(long high, long low) {

    /** Never fed; each hash is made by a copy, since looking for the algorithm takes longer than the hash of an order id. */
    private static final MessageDigest SHA_256 = sha256();

    static OrderHash of(OrderId orderId) {
        ByteBuffer digest = ByteBuffer.wrap(fresh().digest(orderId.text().getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong();
        long low = digest.getLong();
        return new OrderHash(high, high == 0 && low == 0 ? 1 : low);
    }

    private static MessageDigest fresh() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
