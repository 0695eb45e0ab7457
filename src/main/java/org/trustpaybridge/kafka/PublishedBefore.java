package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.supervision.Vital;

/**
 * What was published before this process or this assignment: the payment URLs and the dead letters.
 *
 * @param ledger      reads the outbound topic
 * @param deadLetters reads the dead-letter topic
 */
public record PublishedBefore(LedgerReader ledger, DeadLetterReader deadLetters) implements AutoCloseable {

    private static final Duration A_WHILE = Duration.ofSeconds(10);
    /** Longer than a reader waits for several answers of Kafka, one after the other. */
    private static final Duration SILENCE = Duration.ofSeconds(120);

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

    /**
     * @param now the time
     * @return a condition when one of them has not been readable for a while, after it was once read to its end or before
     */
    public Collection<Condition> unreadable(Instant now) {
        List<Condition> conditions = new ArrayList<>();
        Map<String, TailReader> readers = Map.of("The ledger of published orders", ledger.reader(), "The newest dead letters",
            deadLetters.reader());
        readers.forEach((name, reader) -> reader.fault().filter(fault -> Duration.between(fault.since(), now).compareTo(A_WHILE) > 0)
            .ifPresent(fault -> conditions.add(new Condition(Condition.Name.LEDGER_UNREADABLE, name + " cannot be read",
                fault.cause() + ". Partitions that are assigned meanwhile wait for it.", Optional.of(fault.since())))));
        return conditions;
    }

    /**
     * @param wanted whether the reading threads are to live at the moment
     * @return what is to be asked about them
     */
    public List<Vital> vitals(BooleanSupplier wanted) {
        return List.of(
            Vital.lives("The thread that reads the ledger", ledger.reader().pulse(), wanted),
            Vital.moves("The thread that reads the ledger", ledger.reader().pulse(), wanted, SILENCE),
            Vital.lives("The thread that reads dead letters", deadLetters.reader().pulse(), wanted),
            Vital.moves("The thread that reads dead letters", deadLetters.reader().pulse(), wanted, SILENCE));
    }

    @Override
    public void close() {
        ledger.close();
        deadLetters.close();
    }
}
