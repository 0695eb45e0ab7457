package org.trustpaybridge.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The first 128 bits of the SHA-256 of a record's place and bytes. Cryptographic for the same reason as {@link OrderHash}: strangers choose
 * what is in a record.
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

    /** With its length, so that key and value cannot be shifted into each other, and none is not the same as an empty one. */
    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes == null ? -1 : bytes.length).array());
        if (bytes != null) {
            digest.update(bytes);
        }
    }
}
