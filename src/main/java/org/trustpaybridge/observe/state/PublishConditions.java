package org.trustpaybridge.observe.state;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.delivery.PublishGate.Closed;
import org.trustpaybridge.delivery.PublishGate.Target;
import org.trustpaybridge.delivery.StuckRecords;
import org.trustpaybridge.delivery.StuckRecords.Kind;
import org.trustpaybridge.delivery.StuckRecords.Stuck;
import org.trustpaybridge.delivery.WindowStatus;

/** Says in words for people whether what is published gets into Kafka, and names the records that do not get through. */
public final class PublishConditions implements Supplier<Collection<Condition>> {

    /** Shorter is no trouble yet. */
    private static final Duration STUCK_FOR = Duration.ofSeconds(5);
    private static final int NAMED = 3;

    private final InFlightWindow window;
    private final PublishGate gate;
    private final StuckRecords stuck;
    private final Map<Target, String> topics;
    private final Clock clock;

    /**
     * @param window knows how many records are held
     * @param gate   knows which topics take records
     * @param stuck  knows the records that fail alone
     * @param topics names of the topics
     * @param clock  tells for how long they do
     */
    public PublishConditions(InFlightWindow window, PublishGate gate, StuckRecords stuck, Map<Target, String> topics, Clock clock) {
        this.window = window;
        this.gate = gate;
        this.stuck = stuck;
        this.topics = Map.copyOf(topics);
        this.clock = clock;
    }

    @Override
    public Collection<Condition> get() {
        Map<Boolean, List<Stuck>> bySize = stuck.now().stream()
            .collect(Collectors.partitioningBy(each -> each.kind() == Kind.TOO_LARGE));
        return Stream.of(
            gate.closed(Target.PAYMENT_URLS).map(closed -> closed(Name.PAYMENT_URLS_HELD, Target.PAYMENT_URLS,
                "Payment URLs cannot be published", closed, "No order is posted until they can; dead letters are published.")),
            gate.closed(Target.DEAD_LETTERS).map(closed -> closed(Name.DEAD_LETTERS_HELD, Target.DEAD_LETTERS,
                "Dead letters cannot be published", closed, "Payment URLs are published all the same.")),
            full(window.status()),
            tooLarge(bySize.get(true)),
            stuck(bySize.get(false).stream().filter(this::lasts).toList())).flatMap(Optional::stream).toList();
    }

    private Condition closed(Name name, Target target, String headline, Closed closed, String meanwhile) {
        return new Condition(name, headline, "Topic " + topics.get(target) + " takes nothing: " + ended(closed.why()) + " " + held()
            + meanwhile + " One record at a time tries again.", Optional.of(closed.since()));
    }

    private String held() {
        int held = window.status().held();
        return held == 0 ? "" : held == 1 ? "One record waits. " : held + " records wait. ";
    }

    private static Optional<Condition> full(WindowStatus status) {
        return status.heldFull() ? Optional.of(new Condition(Name.HELD_FULL, "No more records are fetched",
            status.held() + " records wait for a topic that does not take them, or for a schema; more would take too much memory. They"
                + " stay in Kafka.",
            Optional.empty())) : Optional.empty();
    }

    private Optional<Condition> tooLarge(List<Stuck> records) {
        return records.stream().findFirst().map(first -> new Condition(Name.DEAD_LETTERS_TOO_LARGE,
            "Dead letters are too large for their topic",
            names(records) + ": " + ended(first.why()) + " Raise max.message.bytes of " + topics.get(Target.DEAD_LETTERS)
                + ", or set dead-letter.oversize=trim. Other records flow.", Optional.of(first.since())));
    }

    private static Optional<Condition> stuck(List<Stuck> records) {
        return records.stream().findFirst().map(first -> new Condition(Name.RECORDS_STUCK, "Records do not get through",
            names(records) + ": " + (first.kind() == Kind.REFUSED ? "the topic refuses it, " : "a step fails, ") + ended(first.why())
                + " Each is tried again.", Optional.of(first.since())));
    }

    private boolean lasts(Stuck record) {
        return Duration.between(record.since(), clock.instant()).compareTo(STUCK_FOR) >= 0;
    }

    private static String names(List<Stuck> records) {
        return records.stream().limit(NAMED).map(each -> each.inFlight().toString()).collect(Collectors.joining(", "))
            + (records.size() > NAMED ? " and " + (records.size() - NAMED) + " more" : "");
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
