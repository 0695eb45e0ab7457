package org.trustpaybridge.transport;

import java.io.IOException;

/** Something can be read from a connection before anything was asked on it. */
final class OutOfStepException extends IOException {

    OutOfStepException() {
        super("an answer came before the request was sent");
    }
}
