package org.trustpaybridge.route;

/** It is not known what was published of an order before, so nothing is published now. The message is this program's own. */
final class NotKnownException extends Exception {

    private static final long serialVersionUID = 1L;

    NotKnownException(String message) {
        super(message);
    }
}
