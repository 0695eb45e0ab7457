package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.BrokerCluster;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.SteadyLoad;

/** Three brokers, of which one after the other goes: leaders of the topics, the coordinator of the group, the active controller. */
@Timeout(300)
class ClusterIT {
    private static final int RATE = 40;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(40);

    private static ProcessRig rig;

    @BeforeAll
    static void start() {
        rig = new ProcessRig(Path.of("target", "danger"), Map.of("SIMULATOR_LATENCY", "50ms..200ms"), BrokerCluster.started());
    }

    @AfterEach
    void heal() {
        rig.closeBridges();
        rig.broker().start();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    @Tag("chaos")
    void each_broker_may_be_killed_under_load_and_no_order_is_lost_or_gets_two_urls() {
        eachBrokerGoesAndComesBack("brokers-killed", rig.broker()::kill);
    }

    /** Runs with {@code ./mvnw verify -Pchaos} only. */
    @Test
    @Tag("chaos")
    void each_broker_may_be_restarted_under_load_and_no_order_is_lost_or_gets_two_urls() {
        eachBrokerGoesAndComesBack("brokers-restarted", rig.broker()::stop);
    }

    private static void eachBrokerGoesAndComesBack(String name, Runnable goes) {
        Danger scene = new Danger(rig, name, Map.of());
        BridgeProcess bridge = scene.startBridge();
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(60);
            Instant began = Instant.now();
            for (int i = 0; i < BrokerCluster.NODES; i++) {
                goes.run();
                scene.flowingAgainAfter(Instant.now().plusSeconds(1));
                rig.broker().start();
            }
            Map<Integer, Duration> silence = scene.longestSilence(began);
            System.out.println(name + ", longest silence by partition: " + silence);
            assertThat(silence.values()).hasSize(Danger.PARTITIONS).allMatch(each -> each.compareTo(LONGEST_SILENCE) < 0);
            scene.awaitFinished(load.stop());
            assertThat(bridge.process().isAlive()).isTrue();
        }
    }
}
