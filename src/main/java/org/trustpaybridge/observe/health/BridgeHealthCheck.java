package org.trustpaybridge.observe.health;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Conditions;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.WindowStatus;

/**
 * Says whether orders flow, and if not, why, since when, and how many wait. Camel's own check of a Kafka consumer looks into a private
 * field of Kafka's class and is always up for any other (Camel 4.18).
 */
public final class BridgeHealthCheck extends AbstractHealthCheck {

    private final Conditions conditions;
    private final InFlightWindow window;
    private final ProviderGate gate;

    /**
     * @param conditions what is so
     * @param window     books of the records in flight
     * @param gate       knows how the provider is doing
     */
    public BridgeHealthCheck(Conditions conditions, InFlightWindow window, ProviderGate gate) {
        super("bridge", "orders");
        this.conditions = conditions;
        this.window = window;
        this.gate = gate;
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
            .detail("conditions", conditions.now().stream().map(condition -> condition.name().name()).collect(Collectors.joining(",")))
            .detail("partitions", status.partitions().stream().map(partition -> partition.id().toString()).toList().toString());
        List<Condition> down = conditions.down();
        if (down.isEmpty()) {
            builder.up();
        } else {
            builder.message(down.stream().map(BridgeHealthCheck::words).collect(Collectors.joining(" "))).down();
        }
    }

    private static String words(Condition condition) {
        return condition.inOneLine()
            + condition.since().map(since -> (condition.detail().isEmpty() ? ". " : " ") + "Since " + since.truncatedTo(ChronoUnit.SECONDS)
            + ".").orElse("");
    }
}
