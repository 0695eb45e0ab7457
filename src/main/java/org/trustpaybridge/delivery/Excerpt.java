package org.trustpaybridge.delivery;

import java.util.Objects;

/**
 * What is known of a record of which only the beginning was kept: it is too large to be held and was looked at as it went by, or it is
 * held for so long that it is not to take room meanwhile.
 *
 * @param key             of its whole key
 * @param value           of its whole value
 * @param headersLeftOut  headers that were not kept
 * @param headerBytesLeft bytes of these
 * @param limit           how many bytes a record may have to be held here; 0 for one that has no more
 */
public record Excerpt(Fingerprint key, Fingerprint value, int headersLeftOut, long headerBytesLeft, long limit) {

    /** Checks that nothing is null. */
    public Excerpt {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    /**
     * @param limit how many bytes a record may have to be held here
     * @return of a record that could not even be looked at
     */
    public static Excerpt unseen(long limit) {
        return new Excerpt(Fingerprint.NONE, Fingerprint.NONE, 0, 0, limit);
    }

    /** @return whether the record is too large to be held, so that nobody has the whole of it here */
    public boolean tooLarge() {
        return limit > 0;
    }

    /** @return bytes of key, value and headers that were left out, as far as they are known */
    public long bytes() {
        return Math.max(0, key.size()) + Math.max(0, value.size()) + headerBytesLeft;
    }

    /** @return why such a record is no order, in half a sentence */
    public String inWords() {
        if (bytes() == 0) {
            return "cannot be unpacked piece by piece, and the whole of it is larger than the memory of this instance allows; nobody"
                + " looked at it";
        }
        return "has " + bytes() + " bytes, and this instance holds none of more than " + limit + " (1/64 of its heap, -Xmx)"
            + (headersLeftOut == 0 ? "" : "; " + headersLeftOut + " of its headers, " + headerBytesLeft + " bytes, were left out")
            + "; it was not read";
    }
}
