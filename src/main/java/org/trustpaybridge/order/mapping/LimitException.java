package org.trustpaybridge.order.mapping;

/** A program took more than it may. No {@code try} of the program's catches it; the message follows "found". */
final class LimitException extends RuntimeException {

    LimitException(String found) {
        super(found, null, false, false);
    }
}
