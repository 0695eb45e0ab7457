package org.trustpaybridge.route;

import org.trustpaybridge.delivery.DeadLetterReason;

/** The event is not an order that can be sent. Carries no stack trace: it is the sender's mistake, and there may be many. */
public final class InvalidEventException extends Exception {

    InvalidEventException(DeadLetterReason reason) {
        super(reason.message(), null, false, false);
    }
}
