package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.kafka.BridgeAssignor;
import org.trustpaybridge.testkit.BrokerSettings;

/** Brokers whose own limits keep the bridge out of its group. */
class GroupRefusesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void a_group_that_is_full_is_told_until_there_is_room() throws Exception {
        try (WireRig full = new WireRig(BrokerSettings.defaults().with("group.max.size", "1"), Map.of());
             Logged logged = new Logged()) {
            full.stopBridge();
            try (KafkaConsumer<String, String> seat = new KafkaConsumer<>(Map.of("bootstrap.servers", full.broker.bootstrapServers(),
                "group.id", WireRig.GROUP, "partition.assignment.strategy", BridgeAssignor.class.getName(),
                "enable.auto.commit", "false"), new StringDeserializer(), new StringDeserializer())) {
                seat.subscribe(List.of(WireRig.IN));
                await().atMost(PATIENCE).pollInSameThread().until(() -> {
                    seat.poll(Duration.ofMillis(100));
                    return !seat.assignment().isEmpty();
                });

                full.startBridge();

                await().atMost(PATIENCE).pollInSameThread().until(() -> {
                    seat.poll(Duration.ofMillis(100));
                    return full.get("/observe/health/ready").contains("as many members as the brokers allow (group.max.size)");
                });
            }
            assertThat(logged.with("TPB0315")).hasSize(1);
            full.publish("room", Events.order("room"));
            full.kafka.awaitRecord(WireRig.OUT, "room");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(full.get("/observe/health/ready")).contains("\"UP\""));
        }
    }

    @Test
    void a_session_that_brokers_do_not_allow_is_told() throws Exception {
        try (WireRig strict = new WireRig(BrokerSettings.defaults().with("group.min.session.timeout.ms", "10000"), Map.of())) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(strict.get("/observe/health/ready")).contains("DOWN",
                "do not allow a session of 6000 ms"));
        }
    }
}
