package org.trustpaybridge.management;

import org.trustpaybridge.provider.Failure;

/** Failures in words. */
final class Failures {

    private Failures() {
    }

    static String inShort(Failure failure) {
        StringBuilder text = new StringBuilder(failure.reason());
        if (failure.httpStatus() > 0) {
            text.append(", HTTP ").append(failure.httpStatus());
        }
        failure.providerErrorCode().ifPresent(code -> text.append(", error ").append(code));
        if (!failure.providerErrorInfo().isEmpty()) {
            text.append(": ").append(failure.providerErrorInfo());
        }
        return text.toString();
    }
}
