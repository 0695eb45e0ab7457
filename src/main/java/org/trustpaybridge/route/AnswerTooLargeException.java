package org.trustpaybridge.route;

import java.io.IOException;

/** The provider's answer is larger than this program reads. */
final class AnswerTooLargeException extends IOException {

    AnswerTooLargeException(int cap) {
        super("the answer is larger than " + cap + " bytes");
    }
}
