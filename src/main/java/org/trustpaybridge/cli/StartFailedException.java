package org.trustpaybridge.cli;

/** The program could not start. The message is for a person to read and says all there is to say. */
final class StartFailedException extends RuntimeException {

    StartFailedException(String message) {
        super(message);
    }
}
