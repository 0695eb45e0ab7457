package org.trustpaybridge.observe.state;

import org.trustpaybridge.provider.Failure;

/** Failures in words, without the provider's own: they may name a person, and health is for everybody who can reach the port. */
public final class Failures {

    private Failures() {
    }

    /**
     * @param failure a failure
     * @return its reason, HTTP status and error code
     */
    public static String inShort(Failure failure) {
        StringBuilder text = new StringBuilder(failure.reason());
        if (failure.httpStatus() > 0) {
            text.append(", HTTP ").append(failure.httpStatus());
        }
        failure.providerErrorCode().ifPresent(code -> text.append(", error ").append(code));
        return text.toString();
    }
}
