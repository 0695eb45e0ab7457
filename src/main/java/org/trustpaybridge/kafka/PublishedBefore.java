package org.trustpaybridge.kafka;

import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * What was published before this process or this assignment: the payment URLs and the dead letters.
 *
 * @param ledger      reads the outbound topic
 * @param deadLetters reads the dead-letter topic
 */
public record PublishedBefore(LedgerReader ledger, DeadLetterReader deadLetters) implements AutoCloseable {

    /** @param clientProperties properties of a consumer that reaches the same brokers */
    void start(Properties clientProperties) {
        ledger.start(clientProperties);
        deadLetters.start(clientProperties);
    }

    /** @return completed when all that was published up to this moment is known */
    public CompletableFuture<Void> caughtUp() {
        return CompletableFuture.allOf(ledger.caughtUp(), deadLetters.caughtUp());
    }

    /** @return whether both were read to their end since the start */
    public boolean complete() {
        return ledger.complete() && deadLetters.complete();
    }

    @Override
    public void close() {
        ledger.close();
        deadLetters.close();
    }
}
