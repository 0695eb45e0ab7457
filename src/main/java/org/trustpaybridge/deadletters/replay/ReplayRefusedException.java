package org.trustpaybridge.deadletters.replay;

/** A replay may not run now. The message is for a person. */
public final class ReplayRefusedException extends RuntimeException {

    ReplayRefusedException(String message) {
        super(message);
    }
}
