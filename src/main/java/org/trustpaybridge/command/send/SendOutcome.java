package org.trustpaybridge.command.send;

import java.time.Duration;
import java.util.Optional;

/** What came of a record. */
sealed interface SendOutcome {

    /**
     * A payment URL was published.
     *
     * @param url  the URL
     * @param took since the record was acknowledged
     */
    record PaymentUrl(String url, Duration took) implements SendOutcome {
    }

    /**
     * A dead letter was published.
     *
     * @param place  topic, partition and offset of it
     * @param code   its {@code bridge-error-code}
     * @param reason the sentence that it carries
     * @param detail its {@code bridge-error-detail}, JSON
     * @param took   since the record was acknowledged
     */
    record DeadLetter(String place, String code, String reason, String detail, Duration took) implements SendOutcome {
    }

    /**
     * The bridge is done with the record and published nothing: the order's payment URL, or the dead letter of this record, was published
     * before.
     *
     * @param letter where the dead letter of then is, as topic-partition@offset, if it was found
     * @param url    the payment URL of then, if it was found and no dead letter was
     */
    record Repeat(Optional<String> letter, Optional<String> url) implements SendOutcome {
    }

    /** The bridge is done with the record and published nothing, as the mapping says that the event is not for TrustPay. */
    record Skipped() implements SendOutcome {
    }

    /**
     * Nothing came in time.
     *
     * @param why what is known about the reason, as a sentence
     */
    record Nothing(String why) implements SendOutcome {
    }
}
