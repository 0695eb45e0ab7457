package org.trustpaybridge.provider;

/** Why an answer cannot be used, as the end of a sentence. */
public final class ReasonWords {

    private ReasonWords() {
    }

    /**
     * @param failure a call that brought no payment URL
     * @return words that follow a colon; empty when code and status say it all
     */
    public static String of(Failure failure) {
        return switch (failure.reason()) {
            case "EMPTY_BODY" -> "the answer was empty";
            case "NOT_JSON" -> "the answer was no JSON, or cut";
            case "AMBIGUOUS_BODY" -> "a member appeared twice in the answer";
            case "NO_VERDICT" -> "the answer said neither success nor an error";
            case "NO_PAYMENT_URL" -> "success, but no payment URL";
            case "BAD_PAYMENT_URL" -> "success, but a payment URL that cannot be used";
            case "OTHER_ORDER" -> "success, but for another order id";
            case "ERROR_CODE" -> failure.providerErrorCode().isPresent() ? "error code " + failure.providerErrorCode().getAsInt()
                    : "an error code that is none";
            case "HTTP_STATUS" -> "HTTP " + failure.httpStatus() + " without a code";
            case "TIMED_OUT" -> "no answer in time";
            case "CONNECT_FAILED" -> "no connection";
            case "PROXY_UNREACHABLE" -> "no connection to the proxy";
            case "PROXY_LOGIN_REFUSED" -> "the proxy does not take the login";
            case "PROXY_REFUSED" -> "the proxy opens no way to the provider";
            case "CONNECTION_LOST" -> "the connection broke";
            case "ANSWER_TOO_LARGE" -> "the answer was too large";
            case "MALFORMED_ANSWER" -> "the answer was no HTTP";
            case "OUT_OF_STEP" -> "the answer may have been another order's";
            default -> "";
        };
    }
}
