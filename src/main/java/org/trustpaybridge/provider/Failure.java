package org.trustpaybridge.provider;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What is known about a call that brought no payment URL. All of it may be logged and sent on in a header.
 *
 * @param httpStatus        the HTTP status; 0 when there was no answer
 * @param providerErrorCode the provider's {@code error_code}, when it is an integer
 * @param providerErrorInfo the provider's own words: without control characters, tags, e-mail addresses, URLs and secrets that
 *                          this process knows, at most 200 characters; often empty, sometimes in Dutch, never to be matched on
 * @param reason            the name of a {@link Reason}
 * @param seen              what an answer that cannot be used looked like: its shape, not its content; often empty
 */
public record Failure(int httpStatus, OptionalInt providerErrorCode, String providerErrorInfo, String reason, String seen) {

    public Failure {
        Objects.requireNonNull(providerErrorCode, "providerErrorCode");
        Objects.requireNonNull(providerErrorInfo, "providerErrorInfo");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(seen, "seen");
    }

    /** Of an answer whose shape tells nothing more. */
    public Failure(int httpStatus, OptionalInt providerErrorCode, String providerErrorInfo, String reason) {
        this(httpStatus, providerErrorCode, providerErrorInfo, reason, "");
    }

    /**
     * @return whether the provider says by a code that the account is at fault in a way that is not refuted where it says elsewhere that
     *     key and gateway are good
     */
    public boolean refusesAccount() {
        return providerErrorCode.isPresent() && ErrorCodes.refuseAccount(providerErrorCode.getAsInt());
    }

    /** @return whether the proxy on the way to the provider is to blame */
    public boolean ofProxy() {
        return reason.startsWith("PROXY_");
    }

    /** @return whether the base URL is to blame rather than the account: somebody else than the provider's API answered */
    public boolean wrongAddress() {
        return reason.equals(Reason.NOT_THE_API.name()) || reason.equals(Reason.REDIRECTED.name());
    }
}
