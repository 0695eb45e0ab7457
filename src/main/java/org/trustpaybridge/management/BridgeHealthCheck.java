package org.trustpaybridge.management;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.ProviderState;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.kafka.BrokerWatch;
import org.trustpaybridge.kafka.PublishedBefore;

/**
 * Says whether orders flow, and if not, why, since when, and how many wait. Camel's own check of a Kafka consumer looks into a private field
 * of Kafka's class and is always up for any other (Camel 4.18).
 */
public final class BridgeHealthCheck extends AbstractHealthCheck {

    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final InFlightWindow window;
    private final ProviderGate gate;
    private final BrokerWatch brokerWatch;
    private final PublishedBefore publishedBefore;
    private final Clock clock;

    /**
     * @param window          books of the records in flight
     * @param gate            knows how the provider is doing
     * @param brokerWatch     knows when Kafka was last polled
     * @param publishedBefore read before orders are
     * @param clock           tells how long ago something was
     */
    public BridgeHealthCheck(InFlightWindow window, ProviderGate gate, BrokerWatch brokerWatch, PublishedBefore publishedBefore,
                             Clock clock) {
        super("bridge", "orders");
        this.window = window;
        this.gate = gate;
        this.brokerWatch = brokerWatch;
        this.publishedBefore = publishedBefore;
        this.clock = clock;
    }

    /** A restart mends none of this, so it is no matter of liveness. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        WindowStatus status = window.status();
        builder.detail("in-flight", status.inFlight()).detail("waiting", status.waiting() + status.parked())
            .detail("provider", gate.state().name())
            .detail("partitions", status.partitions().stream().map(partition -> partition.id().toString()).toList().toString());
        String problems = Stream.of(kafka(), provider(status)).flatMap(Optional::stream).collect(Collectors.joining(". "));
        if (problems.isEmpty()) {
            builder.up();
        } else {
            builder.message(problems).down();
        }
    }

    private Optional<String> kafka() {
        Instant lastPoll = brokerWatch.lastPoll();
        if (!brokerWatch.waitingFor().isEmpty()) {
            return Optional.of("Waiting for Kafka: " + brokerWatch.waitingFor());
        }
        if (!brokerWatch.reached() || lastPoll == null) {
            return Optional.of("Kafka was not reached yet");
        }
        if (Duration.between(lastPoll, clock.instant()).compareTo(SILENCE) > 0) {
            return Optional.of("Kafka was last polled at " + lastPoll);
        }
        if (!publishedBefore.ledger().complete()) {
            return Optional.of("The ledger of published orders is not read to its end yet");
        }
        return publishedBefore.complete() ? Optional.empty() : Optional.of("The newest dead letters are not read to their end yet");
    }

    private Optional<String> provider(WindowStatus status) {
        ProviderState state = gate.state();
        return state.why().map(cause ->
            (state instanceof ProviderState.Outage ? "The provider answers nobody" : "The provider refuses this account")
                + " since " + state.since().truncatedTo(ChronoUnit.SECONDS) + " (" + Failures.inShort(cause) + "); " + status.inFlight()
                + " orders wait here, more in Kafka");
    }
}
