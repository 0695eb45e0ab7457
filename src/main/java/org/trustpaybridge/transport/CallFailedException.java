package org.trustpaybridge.transport;

import java.io.IOException;
import java.util.OptionalInt;

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

    /** @return whether a proxy in between is to blame, and not the provider */
    public boolean ofProxy() {
        return fault == TransportFault.PROXY_UNREACHABLE || fault == TransportFault.PROXY_LOGIN_REFUSED
            || fault == TransportFault.PROXY_REFUSED;
    }

    /** @return the HTTP status with which a proxy in between refused to open a way to the provider; empty where none did */
    public OptionalInt refusedByProxy() {
        return getCause() instanceof ProxyRefusedException refused ? OptionalInt.of(refused.status()) : OptionalInt.empty();
    }
}
