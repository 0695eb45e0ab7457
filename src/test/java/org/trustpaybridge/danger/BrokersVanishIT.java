package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;
import org.trustpaybridge.testkit.VanishingCluster;

/**
 * All brokers are replaced, and nobody answers at the addresses of the old ones, not even with a refusal. Kafka's client (3.9.2) tries
 * those for ever, whatever its recovery strategy. Runs with {@code ./mvnw verify -Pchaos} only.
 */
@Tag("chaos")
class BrokersVanishIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void orders_flow_again_after_all_addresses_are_gone_without_an_answer() throws Exception {
        VanishingCluster cluster = new VanishingCluster();
        try (ProcessRig rig = new ProcessRig(Path.of("target", "danger"), Map.of(), cluster)) {
            cluster.start();
            Topics topics = rig.topics("vanish", 2);
            BridgeProcess bridge = rig.startBridge(topics, Map.of()).awaitReady();
            publish(cluster, topics, "before");

            cluster.vanish();
            bridge.process().awaitLine(line -> line.contains("TPB0301") && line.contains("no heartbeat"), PATIENCE);
            assertThat(Health.of(bridge)).contains("DOWN", "Waiting for Kafka");
            cluster.startElsewhere();

            Instant moved = Instant.now();
            publish(cluster, topics, "after");
            System.out.println("orders flow " + Duration.between(moved, Instant.now()).toMillis() + " ms after all addresses were gone");
            try (KafkaProbe kafka = new KafkaProbe(cluster.bootstrapServers())) {
                kafka.publish(topics.in(), "before", order("before"));
                bridge.process().awaitLine(line -> line.contains("TPB0103") && line.contains("order_id=before"), PATIENCE);
                assertThat(kafka.readAll(topics.out())).extracting(ReceivedRecord::key).containsExactlyInAnyOrder("before", "after");
                assertThat(rig.ordersByPosts()).containsOnlyKeys(1);
                bridge.process().awaitLine(line -> line.contains("TPB0317") && line.contains("client=consumer"), PATIENCE);
                Danger.waiting(PATIENCE).until(() -> Health.of(bridge).contains("\"orders\",\"status\":\"UP\""));
            }
        }
    }

    private static void publish(VanishingCluster cluster, Topics topics, String id) {
        try (KafkaProbe kafka = new KafkaProbe(cluster.bootstrapServers())) {
            kafka.publish(topics.in(), id, order(id));
            kafka.awaitRecord(topics.out(), record -> id.equals(record.key()), PATIENCE);
        }
    }

    private static String order(String id) {
        return new String(OrderEvents.order(id, 1000), StandardCharsets.UTF_8);
    }
}
