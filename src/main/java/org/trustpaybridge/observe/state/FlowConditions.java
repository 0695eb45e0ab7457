package org.trustpaybridge.observe.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.kafka.BrokerWatch;
import org.trustpaybridge.kafka.ConsumptionSwitch;
import org.trustpaybridge.kafka.PublishedBefore;

/** Says in words for people whether orders flow as far as Kafka and the operator decide it, and if not, why and since when. */
public final class FlowConditions implements Supplier<Collection<Condition>> {

    private final InFlightWindow window;
    private final ProviderGate gate;
    private final BrokerWatch brokerWatch;
    private final PublishedBefore publishedBefore;
    private final ConsumptionSwitch consumption;
    private final Supplier<Optional<String>> halted;
    private final Duration silence;
    private final Clock clock;

    /**
     * @param window          books of the records in flight
     * @param gate            knows how the provider is doing
     * @param brokerWatch     knows whether Kafka is there
     * @param publishedBefore read before orders are
     * @param consumption     the operator's switch
     * @param halted          the route that reads orders, and how somebody halted it, in words; empty while it runs
     * @param silence         how long the polling thread may be busy with something else; longer than it drains before a rebalance
     * @param clock           tells how long ago something was
     */
    public FlowConditions(InFlightWindow window, ProviderGate gate, BrokerWatch brokerWatch, PublishedBefore publishedBefore,
                          ConsumptionSwitch consumption, Supplier<Optional<String>> halted, Duration silence, Clock clock) {
        this.window = window;
        this.gate = gate;
        this.brokerWatch = brokerWatch;
        this.publishedBefore = publishedBefore;
        this.consumption = consumption;
        this.halted = halted;
        this.silence = silence;
        this.clock = clock;
    }

    @Override
    public Collection<Condition> get() {
        return Stream.of(kafka(), paused()).flatMap(Optional::stream).toList();
    }

    /** @return what is so while nothing stands in the way of orders */
    public Condition otherwise() {
        return window.status().partitions().isEmpty()
            ? new Condition(Name.STANDING_BY, "Standing by",
                "No partition is assigned to this instance. It takes over when another one ends.", Optional.empty())
            : new Condition(Name.FLOWING, "Orders flow", gate.state().everWorked() ? "" : "No order became a payment yet since the start.",
                Optional.of(gate.state().since()));
    }

    private Optional<Condition> paused() {
        return consumption.paused() ? Optional.of(new Condition(Name.PAUSED, "Consumption is paused",
            "An operator paused it. Orders in flight are finished, the others wait in Kafka until it is resumed.", Optional.empty()))
            : Optional.empty();
    }

    private Optional<Condition> kafka() {
        Optional<String> halt = halted.get();
        if (halt.isPresent()) {
            return Optional.of(new Condition(Name.NOT_FETCHING, "Orders are not fetched", "The route " + halt.get()
                + ": somebody did that through JMX. They wait in Kafka until it is set going again there.", Optional.empty()));
        }
        Instant lastPoll = brokerWatch.lastPoll();
        if (!brokerWatch.waitingFor().isEmpty()) {
            return Optional.of(new Condition(Name.WAITING_FOR_KAFKA, "Waiting for Kafka", sentence(brokerWatch.waitingFor()),
                Optional.ofNullable(brokerWatch.waitingSince())));
        }
        if (!brokerWatch.reached() || lastPoll == null) {
            return Optional.of(new Condition(Name.WAITING_FOR_KAFKA, "Waiting for Kafka", "Kafka was not reached yet.", Optional.empty()));
        }
        if (!publishedBefore.complete()) {
            return Optional.of(new Condition(Name.READING_LEDGER, publishedBefore.ledger().complete()
                ? "The newest dead letters are being read" : "The ledger of published orders is being read",
                "Orders are worked on as soon as it is known what was published before.", Optional.empty()));
        }
        if (Duration.between(lastPoll, clock.instant()).compareTo(silence) > 0) {
            return Optional.of(new Condition(Name.NOT_FETCHING, "Orders are not fetched", "Kafka is not polled.", Optional.of(lastPoll)));
        }
        return Optional.empty();
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}
