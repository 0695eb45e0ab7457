package org.trustpaybridge.kafka.screen;

/** What a broker sent has no room anywhere, so nobody could look at it. The connection was closed; nothing of it is kept. */
public final class NoRoomException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoRoomException(String message) {
        super(message);
    }
}
