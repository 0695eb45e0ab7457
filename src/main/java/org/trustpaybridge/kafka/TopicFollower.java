package org.trustpaybridge.kafka;

import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

import org.trustpaybridge.supervision.Lifeline;

/**
 * Follows a topic that the bridge writes to: as far back as need be, then on and on, whoever publishes. What is known at any moment may be
 * too little, never too much; {@link #caughtUp()} tells when it is enough.
 */
public abstract sealed class TopicFollower implements AutoCloseable permits LedgerReader, DeadLetterReader, StatusReader {

    private final Tail tail;
    private final TailReader reader;

    TopicFollower(Tail tail, OpenTransactions transactions, Clock clock, Lifeline alive) {
        this.tail = tail;
        this.reader = new TailReader(tail, transactions, clock, alive);
    }

    /**
     * Starts reading, once; further calls do nothing.
     *
     * @param clientProperties properties of a consumer that reaches the same brokers; its group is left out
     */
    public void start(Properties clientProperties) {
        reader.start(clientProperties);
    }

    /** @return completed, on the reading thread, when all that can be known of the topic at this moment is; never fails */
    public CompletableFuture<Void> caughtUp() {
        return reader.caughtUp();
    }

    /** @return whether the topic was read to its end since the start, or can be done without */
    public boolean complete() {
        return reader.complete();
    }

    /** @return the topic, and what is done with its records; {@link Tail#note} may be called by other threads too */
    Tail tail() {
        return tail;
    }

    TailReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
    }
}
