package org.trustpaybridge.command.console;

/** A command could not do what it was asked for; exit code 1. The message is for a person to read and says all there is to say. */
public class CommandFailedException extends RuntimeException {

    /** @param message what failed, and what to do; never a secret */
    public CommandFailedException(String message) {
        super(message);
    }
}
