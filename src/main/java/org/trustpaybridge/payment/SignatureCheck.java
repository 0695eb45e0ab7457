package org.trustpaybridge.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a notification was signed by MultiSafepay, a short while ago. Its header {@code Auth} is Base64 of the time, a colon and the hex
 * digits of HMAC-SHA512 with the API key over the same time, a colon and the body. What is signed are the bytes as they came: the same JSON
 * written anew has another signature.
 */
public final class SignatureCheck {

    /** What was found. */
    public enum Verdict {
        /** It is MultiSafepay's, and new. */
        GOOD("good"),
        /** It has no signature. */
        MISSING("missing"),
        /** The header is no signature at all. */
        MALFORMED("malformed"),
        /** The signature was made with another key, or for another body. */
        WRONG("wrong"),
        /** The signature is right, but too old, or of a time to come: a notification that is played again, or a clock that is wrong. */
        OUT_OF_TIME("out-of-time");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** @return the word for it in metrics and logs */
        public String word() {
            return word;
        }
    }

    private static final String ALGORITHM = "HmacSHA512";
    /** Unix time has ten digits for some centuries; more would not be read as a number without a thought. */
    private static final int MOST_DIGITS = 12;
    /** Base64 of the digits, the colon and 128 hex digits is shorter. */
    private static final int MOST_CHARACTERS = 256;

    private final Duration maxAge;

    /** @param maxAge how far the time of a signature may be from this clock, in either direction */
    public SignatureCheck(Duration maxAge) {
        this.maxAge = maxAge;
    }

    /**
     * @param header the header {@code Auth}; null or empty: there is none
     * @param body   the bytes as they came
     * @param keys   API keys, one of which must have made the signature; those that are empty sign nothing
     * @param now    the time of this clock
     * @return what was found. How long it takes depends on the number of keys and on the length of the body, on no secret
     */
    public Verdict check(String header, byte[] body, List<String> keys, Instant now) {
        if (header == null || header.isBlank()) {
            return Verdict.MISSING;
        }
        byte[] token = decoded(header.strip());
        int digits = digits(token);
        if (digits == 0) {
            return Verdict.MALFORMED;
        }
        String timestamp = new String(token, 0, digits, StandardCharsets.US_ASCII);
        boolean right = false;
        for (String key : keys) {
            right |= !key.isEmpty() && MessageDigest.isEqual(token, signed(key, timestamp, body));
        }
        if (!right) {
            return Verdict.WRONG;
        }
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
        return apart.compareTo(maxAge) > 0 ? Verdict.OUT_OF_TIME : Verdict.GOOD;
    }

    /**
     * @param header the header {@code Auth} of a notification whose signature is {@link Verdict#GOOD}
     * @return when it was signed
     */
    public static Instant signedAt(String header) {
        byte[] token = decoded(header.strip());
        return Instant.ofEpochSecond(Long.parseLong(new String(token, 0, digits(token), StandardCharsets.US_ASCII)));
    }

    private static byte[] signed(String key, String timestamp, byte[] body) {
        byte[] prefix = (timestamp + ":").getBytes(StandardCharsets.US_ASCII);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(prefix);
            return (timestamp + ":" + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of this time has " + ALGORITHM, e);
        }
    }

    /** Nothing where it is no Base64. */
    private static byte[] decoded(String header) {
        try {
            return header.length() > MOST_CHARACTERS ? new byte[0] : Base64.getDecoder().decode(header);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** How many digits stand before the first colon; 0 where that is no time. */
    private static int digits(byte[] token) {
        int at = 0;
        while (at < token.length && token[at] >= '0' && token[at] <= '9') {
            at++;
        }
        return at <= MOST_DIGITS && at < token.length && token[at] == ':' ? at : 0;
    }
}
