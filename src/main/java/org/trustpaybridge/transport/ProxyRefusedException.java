package org.trustpaybridge.transport;

import java.io.IOException;

/** A proxy in between opened no way to the provider. The client hands its answer on as if it were the provider's. */
final class ProxyRefusedException extends IOException {

    private final int status;

    ProxyRefusedException(int status) {
        super("the proxy answered HTTP " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}
