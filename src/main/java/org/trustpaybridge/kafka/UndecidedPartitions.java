package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/**
 * Partitions about which nothing can be decided for now, each for a reason of its own: its first record cannot be read, or what says what
 * was done cannot. Each is tried again with growing waits.
 */
final class UndecidedPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(UndecidedPartitions.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ReadingFaults faults;
    private final Clock clock;
    private final Map<PositionRequest, Wait> waits = new ConcurrentHashMap<>();
    private final Map<String, Instant> said = new HashMap<>();

    UndecidedPartitions(ReadingFaults faults, Clock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** Whether it is to be tried now. */
    boolean due(PositionRequest ticket) {
        return Optional.ofNullable(waits.get(ticket)).filter(wait -> clock.instant().isBefore(wait.due())).isEmpty();
    }

    /** Called by one thread. */
    void note(Map<PositionRequest, Undecided> undecided) {
        Map<String, List<String>> proofs = new TreeMap<>();
        undecided.forEach((ticket, why) -> {
            int failures = Optional.ofNullable(waits.get(ticket)).map(Wait::failures).orElse(0) + 1;
            Duration wait = why.proof().filter(UndecidedPartitions::ofKafka).isPresent() ? SOON : Backoff.after(failures);
            waits.put(ticket, new Wait(why, failures, clock.instant().plus(wait)));
            why.record().ifPresent(record -> record.cause().ifPresent(cause ->
                faults.unreadable(ticket.partition(), record.offset(), cause, wait)));
            why.proof().ifPresent(cause -> proofs.computeIfAbsent(ReadingFailure.inWords(cause), words -> new ArrayList<>())
                .add(ticket.partition().toString()));
        });
        proofs.forEach(this::say);
    }

    private static boolean ofKafka(Throwable cause) {
        return cause instanceof RuntimeException exception && ReadingFailure.ofKafka(exception);
    }

    private void say(String cause, Collection<String> partitions) {
        Instant now = clock.instant();
        if (Optional.ofNullable(said.get(cause)).filter(last -> Duration.between(last, now).compareTo(SAY_AGAIN) < 0).isEmpty()) {
            said.put(cause, now);
            LogEvent.POSITION_UNDECIDED.on(LOG).addKeyValue("partitions", partitions.stream().sorted().toList()).addKeyValue("cause",
                cause).log();
        }
    }

    /** Something is decided about it. */
    void decided(PositionRequest ticket) {
        Wait wait = waits.remove(ticket);
        if (wait != null && wait.why().record().isPresent()) {
            faults.readable(ticket.partition());
        }
        if (waits.isEmpty()) {
            said.clear();
        }
    }

    /** Nobody wants to know any more. */
    void withdraw(Collection<PositionRequest> tickets) {
        tickets.forEach(ticket -> {
            Wait wait = waits.remove(ticket);
            if (wait != null && wait.why().record().isPresent()) {
                faults.forget(List.of(ticket.partition()));
            }
        });
    }

    /** Those whose reason is told as the fault of a record, or as an open transaction. */
    Set<PositionRequest> toldElsewhere() {
        return waits.entrySet().stream().filter(each -> each.getValue().why().record().isPresent()).map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    }

    /** What keeps the others from being decided, in words; empty if nothing does. */
    String failures() {
        return waits.values().stream().map(wait -> wait.why().proof()).flatMap(Optional::stream).map(ReadingFailure::inWords).distinct()
            .sorted()
            .collect(Collectors.joining("; "));
    }

    private record Wait(Undecided why, int failures, Instant due) {
    }
}
