package org.trustpaybridge.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.trustpaybridge.delivery.Fingerprint;

/**
 * The first 128 bits of the SHA-256 of a record's place and of the fingerprints of its key and value, so that a dead letter that holds
 * them in part tells it too. Cryptographic for the same reason as {@link OrderHash}: strangers choose what is in a record.
 *
 * @param high first 64 bits
 * @param low  next 64 bits
 */
record RecordHash(long high, long low) {

    static RecordHash of(PlacedRecord placed) {
        MessageDigest digest = Sha256.fresh();
        digest.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(placed.partition()).putLong(placed.offset()).array());
        add(digest, placed.key());
        add(digest, placed.value());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new RecordHash(hash.getLong(), hash.getLong());
    }

    /** All of the same length, so that key and value cannot be shifted into each other; none is not the same as an empty one. */
    private static void add(MessageDigest digest, Fingerprint bytes) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.size()).array());
        digest.update(bytes.sha256().getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
    }
}
