package org.trustpaybridge.transport;

/** How it was found that answers and requests of a connection do not belong together. */
public enum OutOfStep {
    /** Something could be read before the request was sent. */
    BEFORE_REQUEST("before-request"),
    /** Something could be read behind the answer. */
    BEHIND_ANSWER("behind-answer"),
    /** The answer names another order. */
    OTHER_ORDER("other-order");

    private final String word;

    OutOfStep(String word) {
        this.word = word;
    }

    /** @return the word for it in log lines and metrics */
    public String word() {
        return word;
    }
}
