package org.trustpaybridge.delivery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What tells bytes apart without being them: how many they are, and their SHA-256.
 *
 * @param size   number of bytes; -1 when there are none at all, which is not the same as an empty array
 * @param sha256 their SHA-256 in 64 hexadecimal digits; empty when there are no bytes, or nobody could look at them
 */
public record Fingerprint(long size, String sha256) {

    /** There are no bytes: a key or a value that is null. */
    public static final Fingerprint NONE = new Fingerprint(-1, "");

    /** Checks that nothing is null. */
    public Fingerprint {
        Objects.requireNonNull(sha256, "sha256");
    }

    /**
     * @param bytes may be null
     * @return their fingerprint
     */
    public static Fingerprint of(byte[] bytes) {
        return bytes == null ? NONE : new Fingerprint(bytes.length, HexFormat.of().formatHex(sha256(bytes)));
    }

    /**
     * @param bytes bytes to look at, or null
     * @return whether they are those of this fingerprint; one without a hash fits nothing
     */
    public boolean fits(byte[] bytes) {
        return bytes == null ? size < 0 : size == bytes.length && !sha256.isEmpty() && equals(of(bytes));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
