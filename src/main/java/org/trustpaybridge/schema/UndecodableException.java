package org.trustpaybridge.schema;

import java.io.IOException;

/** Bytes are no value of their schema. Carries no value. */
final class UndecodableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String expected;

    /**
     * @param found    what is there instead
     * @param expected what should be
     */
    UndecodableException(String found, String expected) {
        super(found);
        this.expected = expected;
    }

    String expected() {
        return expected;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
