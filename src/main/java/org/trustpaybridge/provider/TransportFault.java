package org.trustpaybridge.provider;

/** Ways in which a call ends without an answer that could be judged. */
public enum TransportFault {
    /** Name resolution, TCP or TLS failed: the request was not sent. */
    CONNECT_FAILED(Reason.CONNECT_FAILED, false),
    /** The proxy on the way could not be connected to: the request was not sent. */
    PROXY_UNREACHABLE(Reason.PROXY_UNREACHABLE, false),
    /** The proxy on the way did not take the login, or asks for one: the request did not get to the provider. */
    PROXY_LOGIN_REFUSED(Reason.PROXY_LOGIN_REFUSED, false),
    /** The proxy on the way opens none to the provider: the request was not sent. */
    PROXY_REFUSED(Reason.PROXY_REFUSED, false),
    /** The request went out, and no answer came in time. */
    TIMED_OUT(Reason.TIMED_OUT, true),
    /** The request went out, at least in part, and the connection broke. */
    CONNECTION_LOST(Reason.CONNECTION_LOST, true),
    /** An answer came that is larger than the cap, head included; it is treated like a cut one. */
    ANSWER_TOO_LARGE(Reason.ANSWER_TOO_LARGE, true),
    /** What came is no HTTP, or none that makes sense. */
    MALFORMED_ANSWER(Reason.MALFORMED_ANSWER, true),
    /** The answer may be that of another order: its connection was out of step. */
    OUT_OF_STEP(Reason.OUT_OF_STEP, true),
    /** The call failed in a way that nobody foresaw. */
    CALL_FAILED(Reason.CALL_FAILED, true);

    private final Reason reason;
    private final boolean outcomeUnknown;

    TransportFault(Reason reason, boolean outcomeUnknown) {
        this.reason = reason;
        this.outcomeUnknown = outcomeUnknown;
    }

    Reason reason() {
        return reason;
    }

    boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
