package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.kafka.screen.LookUnderWay;
import org.trustpaybridge.kafka.screen.Screens;

/** Says in words for people what it means for orders that batches are looked into before they are unpacked, or cannot be. */
public final class ScreenConditions implements Supplier<Collection<Condition>> {

    /** A shorter look is no trouble yet. */
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final int NAMED = 3;

    private final Screens screens = new Screens();
    private final Clock clock;
    private final Duration patience;
    private volatile Instant firstMissed;

    /** @param clock wall clock */
    public ScreenConditions(Clock clock) {
        this(clock, LONG);
    }

    ScreenConditions(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** @return to be told by the screens of all consumers */
    Screens screens() {
        return screens;
    }

    @Override
    public Collection<Condition> get() {
        List<Condition> found = new ArrayList<>();
        List<LookUnderWay> looks = screens.looks().stream().filter(look -> look.millis() >= patience.toMillis()).toList();
        if (!looks.isEmpty()) {
            found.add(new Condition(Name.LONG_LOOK, looks.size() == 1 ? "A batch is unpacked for long" : "Batches are unpacked for long",
                looks.stream().limit(NAMED).map(LookUnderWay::toString).collect(Collectors.joining(", "))
                    + (looks.size() > NAMED ? " and " + (looks.size() - NAMED) + " more" : "")
                    + ": it may have records that are too large to be held, and is looked through piece by piece. What is behind it waits,"
                    + " the other partitions go on.", Optional.of(clock.instant().minusMillis(looks.get(0).millis()))));
        }
        screens.missing().ifPresent(why -> {
            firstMissed = firstMissed == null ? clock.instant() : firstMissed;
            found.add(new Condition(Name.RECORDS_UNSCREENED, "Records are not measured before they are unpacked",
                "A record that is larger than the memory would end this process. The bridge could not get between Kafka's client and the"
                    + " network: "
                    + why + ". Start it as java -jar, or with --enable-final-field-mutation=ALL-UNNAMED where Java has that option.",
                Optional.of(firstMissed)));
        });
        return found;
    }
}
