package org.trustpaybridge.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, looked up once: that takes longer than the hash of an order id. */
final class Sha256 {

    /** Never fed; each hash is made by a copy. */
    private static final MessageDigest PROTOTYPE = lookedUp();

    private Sha256() {
    }

    /** @return a digest that nobody else has */
    static MessageDigest fresh() {
        try {
            return (MessageDigest) PROTOTYPE.clone();
        } catch (CloneNotSupportedException e) {
            return lookedUp();
        }
    }

    private static MessageDigest lookedUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
