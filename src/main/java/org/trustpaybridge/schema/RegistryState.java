package org.trustpaybridge.schema;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.log.LogEvent;

/** Whether the schema registry answers, in words. Safe for use by several threads. */
public final class RegistryState implements Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryState.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final String FOUND = "found";
    private static final String UNKNOWN = "unknown";
    private static final String FAILED = "failed";

    private final String url;
    private final Consumer<String> counted;
    private final Clock clock;
    private IntSupplier waiting = () -> 0;
    private String why;
    private Instant since;
    private Instant sayAgain = Instant.MIN;

    RegistryState(String url, Consumer<String> counted, Clock clock) {
        this.url = url;
        this.counted = counted;
        this.clock = clock;
    }

    /** @param records number of records that cannot be read without a schema that is not here */
    public synchronized void waiting(IntSupplier records) {
        waiting = records;
    }

    void found() {
        counted.accept(FOUND);
        answered();
    }

    /** It answers, be it that it has no such schema. */
    void unknown() {
        counted.accept(UNKNOWN);
        answered();
    }

    private synchronized void answered() {
        if (why != null) {
            LogEvent.REGISTRY_ANSWERS.on(LOG).addKeyValue("registry", url)
                .addKeyValue("away_s", Duration.between(since, clock.instant()).toSeconds()).log();
            why = null;
            sayAgain = Instant.MIN;
        }
    }

    void failed(String cause) {
        counted.accept(FAILED);
        Instant now = clock.instant();
        boolean loud;
        Instant began;
        synchronized (this) {
            since = why == null ? now : since;
            began = since;
            why = cause;
            loud = !now.isBefore(sayAgain);
            sayAgain = loud ? now.plus(SAY_AGAIN) : sayAgain;
        }
        LogEvent.REGISTRY_AWAY.on(LOG, loud).addKeyValue("registry", url).addKeyValue("cause", cause)
            .addKeyValue("held", waiting().getAsInt()).addKeyValue("since_s", Duration.between(began, now).toSeconds()).log();
    }

    private synchronized IntSupplier waiting() {
        return waiting;
    }

    /** @return one condition while records wait for a schema that cannot be had; none otherwise */
    @Override
    public Collection<Condition> get() {
        // The number comes from behind another lock.
        int held = waiting().getAsInt();
        synchronized (this) {
            return why == null || held == 0 ? List.of() : List.of(new Condition(Condition.Name.SCHEMA_REGISTRY, "Schemas cannot be fetched",
                "The schema registry " + url + " " + why + ". " + (held == 1 ? "One record waits" : held + " records wait")
                    + " for a schema that is not known yet; records of known schemas flow. It is asked again and again.",
                        Optional.of(since)));
        }
    }
}
