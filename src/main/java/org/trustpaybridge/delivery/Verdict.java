package org.trustpaybridge.delivery;

import java.time.Duration;

/**
 * What a pass through the routes came to for one record. A pass that ends without a verdict has failed in a way that nobody foresaw: the
 * record stays in flight and is passed through again.
 */
public sealed interface Verdict {

    /** Kafka acknowledged the record's payment URL or dead letter: the record is done with. */
    record Finished() implements Verdict {
    }

    /**
     * The record is to be passed through again later.
     *
     * @param delay wait before that
     */
    record Later(Duration delay) implements Verdict {
    }
}
