package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.kafka.BrokerWatch;

/**
 * Says whether orders are being read. Camel's own check of a Kafka consumer looks into a private field of Kafka's class and is always up
 * for any other (Camel 4.18).
 */
public final class BridgeHealthCheck extends AbstractHealthCheck {

    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final InFlightWindow window;
    private final BrokerWatch brokerWatch;
    private final Clock clock;

    /**
     * @param window      books of the records in flight
     * @param brokerWatch knows when Kafka was last polled
     * @param clock       tells how long ago that was
     */
    public BridgeHealthCheck(InFlightWindow window, BrokerWatch brokerWatch, Clock clock) {
        super("bridge", "orders");
        this.window = window;
        this.brokerWatch = brokerWatch;
        this.clock = clock;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        WindowStatus status = window.status();
        builder.detail("in-flight", status.inFlight()).detail("waiting", status.waiting())
            .detail("partitions", status.partitions().stream().map(partition -> partition.id().toString()).toList().toString());
        Instant lastPoll = brokerWatch.lastPoll();
        if (!brokerWatch.reached() || lastPoll == null) {
            builder.message(brokerWatch.waitingFor().isEmpty() ? "Kafka was not reached yet" : "Waiting for Kafka: " + brokerWatch.waitingFor()).down();
        } else if (Duration.between(lastPoll, clock.instant()).compareTo(SILENCE) > 0) {
            builder.message("Kafka was last polled at " + lastPoll).down();
        } else {
            builder.up();
        }
    }
}
