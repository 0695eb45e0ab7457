package org.trustpaybridge.delivery;

import java.time.Duration;

import org.trustpaybridge.provider.Failure;

/** What an answer of the provider means for the record that it was given for. */
public sealed interface Consequence {

    /**
     * It is known what becomes of the record.
     *
     * @param decision what is to be published
     */
    record Publish(Decision decision) implements Consequence {
    }

    /**
     * Another call is to be made.
     *
     * @param delay wait before it
     */
    record TryAgain(Duration delay) implements Consequence {
    }

    /**
     * The provider has the order id already: it is to be asked what it knows of it.
     *
     * @param duplicate how it said so
     */
    record LookUp(Failure duplicate) implements Consequence {
    }
}
