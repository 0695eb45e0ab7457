package org.trustpaybridge.transport;

import java.io.IOException;

/** The provider's answer, its head included, is larger than this program reads. */
final class AnswerTooLargeException extends IOException {

    AnswerTooLargeException(String part, int cap) {
        super("the " + part + " of the answer is larger than " + cap + " bytes");
    }
}
