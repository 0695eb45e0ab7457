package org.trustpaybridge.provider;

/** Why an outcome is not a payment URL: the closed set behind {@link Failure#reason()}. */
public enum Reason {
    /** The provider's {@code error_code} decided. */
    ERROR_CODE,
    /** The body said nothing usable, so the HTTP status decided. */
    HTTP_STATUS,
    /** HTTP 404, 405 or 407 without a code: what answers at the base URL is not the provider's API. */
    NOT_THE_API,
    /** HTTP 3xx: what answers at the base URL sends elsewhere, which is not followed. */
    REDIRECTED,
    /** The body is empty. */
    EMPTY_BODY,
    /** The body is cut, or not JSON at all. */
    NOT_JSON,
    /** A member appears twice in the body, so that two readers may understand it differently. */
    AMBIGUOUS_BODY,
    /** The body is JSON that neither says {@code "success": true} nor names an error. */
    NO_VERDICT,
    /** Success, but without a payment URL. */
    NO_PAYMENT_URL,
    /** Success, but the payment URL is not an absolute https URL. */
    BAD_PAYMENT_URL,
    /** Success, but the answer does not name our order. */
    OTHER_ORDER,
    /** No connection came about. */
    CONNECT_FAILED,
    /** No connection to the proxy on the way came about. */
    PROXY_UNREACHABLE,
    /** The proxy on the way does not take the login. */
    PROXY_LOGIN_REFUSED,
    /** The proxy on the way opens none to the provider. */
    PROXY_REFUSED,
    /** The answer did not come in time. */
    TIMED_OUT,
    /** The connection was lost after the request had begun. */
    CONNECTION_LOST,
    /** The answer was larger than this program reads, in its head or its body. */
    ANSWER_TOO_LARGE,
    /** What came is no HTTP, or none that makes sense. */
    MALFORMED_ANSWER,
    /** The answer may be that of another order: answers and requests of its connection did not belong together. */
    OUT_OF_STEP,
    /** The call failed in a way that nobody foresaw. */
    CALL_FAILED
}
