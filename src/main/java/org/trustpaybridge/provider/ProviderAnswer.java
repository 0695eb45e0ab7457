package org.trustpaybridge.provider;

import java.util.Objects;
import java.util.Optional;

/**
 * An answer of MultiSafepay as it came over HTTP, already unzipped.
 *
 * @param status     the HTTP status code
 * @param retryAfter the {@code Retry-After} header as it was sent
 * @param body       the body's bytes, not copied; empty when there is none
 */
public record ProviderAnswer(int status, Optional<String> retryAfter, byte[] body) {

    /** A null body is taken for an empty one. */
    public ProviderAnswer {
        Objects.requireNonNull(retryAfter, "retryAfter");
        body = body == null ? new byte[0] : body;
    }

    /** @return whether the status is one of success */
    boolean good() {
        return status >= 200 && status < 300;
    }

    /** Says how large the body is, not what is in it: it may hold a payment URL. */
    @Override
    public String toString() {
        return "ProviderAnswer[" + status + ", " + body.length + " bytes]";
    }
}
