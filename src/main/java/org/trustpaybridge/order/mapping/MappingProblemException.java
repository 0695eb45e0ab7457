package org.trustpaybridge.order.mapping;

/** A file holds no mapping. The message is one sentence for a person, with line and column where there are any. */
public final class MappingProblemException extends Exception {

    MappingProblemException(String message) {
        super(message);
    }
}
