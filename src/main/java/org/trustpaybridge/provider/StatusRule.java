package org.trustpaybridge.provider;

/**
 * What an HTTP status says alone, where no body says more.
 *
 * @param kind   what it means for the order
 * @param reason how that is told
 */
record StatusRule(OutcomeKind kind, Reason reason) {

    private static final StatusRule ACCOUNT = new StatusRule(OutcomeKind.ACCOUNT_FAULT, Reason.HTTP_STATUS);
    private static final StatusRule NOT_THE_API = new StatusRule(OutcomeKind.ACCOUNT_FAULT, Reason.NOT_THE_API);
    private static final StatusRule REDIRECTED = new StatusRule(OutcomeKind.ACCOUNT_FAULT, Reason.REDIRECTED);
    private static final StatusRule PASSING = new StatusRule(OutcomeKind.TRANSIENT, Reason.HTTP_STATUS);
    private static final StatusRule DATA = new StatusRule(OutcomeKind.REJECTED, Reason.HTTP_STATUS);
    private static final StatusRule OF_THE_ORDER = new StatusRule(OutcomeKind.UNCLEAR, Reason.HTTP_STATUS);

    /** Whether the status means "not now" whatever the body says: nobody looked at the order. */
    static boolean notNow(int status) {
        return switch (status) {
            case 408, 425, 429, 502, 503, 504 -> true;
            default -> false;
        };
    }

    /** @param status any but 2xx, also a number that is no HTTP status: then what answered is broken */
    static StatusRule of(int status) {
        return switch (status) {
            case 400, 422 -> DATA;
            case 401, 403 -> ACCOUNT;
            // 407 comes from a proxy: neither is it MultiSafepay who speaks.
            case 404, 405, 407 -> NOT_THE_API;
            case 408, 425, 429 -> PASSING;
            default -> status >= 300 && status < 400 ? REDIRECTED : status >= 400 && status < 500 ? OF_THE_ORDER : PASSING;
        };
    }
}
