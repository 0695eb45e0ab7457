package org.trustpaybridge.transport;

import java.io.IOException;

import org.trustpaybridge.provider.TransportFault;

/** A call ended without an answer that could be judged. Its text quotes nothing of the provider's. */
public final class CallFailedException extends IOException {

    private final TransportFault fault;

    CallFailedException(TransportFault fault, Throwable cause) {
        super(fault + " (" + cause.getClass().getSimpleName() + ")", cause);
        this.fault = fault;
    }

    /** @return in what way it ended */
    public TransportFault fault() {
        return fault;
    }
}
