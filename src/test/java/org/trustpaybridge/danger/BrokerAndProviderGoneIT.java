package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.SteadyLoad;

/** A broker or a provider that is away for longer than anything in the bridge waits. */
@ExtendWith(SharedRig.class)
class BrokerAndProviderGoneIT {
    private static final int RATE = 40;

    private static ProcessRig rig;

    @BeforeAll
    static void start(ProcessRig shared) {
        rig = shared;
    }

    @AfterEach
    void heal() {
        rig.closeBridges();
        rig.faults("none");
    }

    @Test
    void a_broker_that_is_away_for_fifteen_seconds_under_load_loses_nothing_and_needs_no_restart() {
        Danger scene = new Danger(rig, "broker-away", Map.of());
        BridgeProcess bridge = scene.startBridge();
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(60);

            rig.broker().stop();
            Danger.forAWhile(Duration.ofSeconds(15));
            rig.broker().start();
            Instant back = Instant.now();

            Map<Integer, Duration> flowing = scene.flowingAgainAfter(back);
            System.out.println("after the broker came back, by partition: " + flowing);
            scene.awaitFinished(load.stop());
            assertThat(bridge.process().isAlive()).isTrue();
        }
    }

    @Test
    void an_outage_twice_as_long_as_the_poll_interval_causes_no_rebalance() {
        outageWithoutRebalance("outage", Duration.ofSeconds(8), Duration.ofSeconds(16));
    }

    /** Runs with {@code ./mvnw verify -Pchaos} only. */
    @Test
    @Tag("chaos")
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void five_minutes_of_outage_with_a_poll_interval_of_one_minute_cause_no_rebalance() {
        outageWithoutRebalance("long-outage", Duration.ofSeconds(60), Duration.ofMinutes(5));
    }

    private static void outageWithoutRebalance(String name, Duration pollInterval, Duration outage) {
        Danger scene = new Danger(rig, name, Map.of("CAMEL_COMPONENT_KAFKA_MAX_POLL_INTERVAL_MS", Long.toString(pollInterval.toMillis()),
            "RETRY_MAX_DELAY", "2s"));
        scene.startBridge();
        scene.startBridge();
        String group = scene.awaitMembers(2);
        Set<String> seen = new HashSet<>();
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(20);

            rig.faults("503=100%");
            Instant until = Instant.now().plus(outage);
            Danger.waiting(outage.plusSeconds(20)).until(() -> {
                seen.add(scene.group());
                return Instant.now().isAfter(until);
            });
            rig.faults("none");

            List<String> orders = load.stop();
            scene.awaitFinished(orders);
            seen.add(scene.group());
            assertThat(seen).as("states, members and assignments of the group").containsExactly(group);
        }
    }
}
