package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;

/** A consumer group that has no place for an instance. */
@ExtendWith(SharedRig.class)
class GroupConflictIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ProcessRig rig;

    @BeforeAll
    static void start(ProcessRig shared) {
        rig = shared;
    }

    @AfterAll
    static void heal() {
        rig.closeBridges();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void of_two_instances_with_one_id_one_works_and_the_other_says_why_it_does_not_until_it_may() {
        // Given
        Danger scene = new Danger(rig, "one-id", Map.of("CAMEL_COMPONENT_KAFKA_GROUP_INSTANCE_ID", "till-1"));
        BridgeProcess first = scene.startBridge().awaitReady();
        publish(scene, "alone");

        // When
        BridgeProcess second = scene.startBridge();

        // Then
        first.process().awaitLine(line -> line.contains("TPB0315") && line.contains("group.instance.id till-1"), PATIENCE);
        Danger.waiting(PATIENCE).until(() -> Health.of(first).contains("till-1") && Health.of(first).contains("DOWN"));
        publish(scene, "together");
        Danger.forAWhile(Duration.ofSeconds(6));
        assertThat(events(first, "TPB0315") + events(second, "TPB0315")).isEqualTo(1);
        second.process().terminate();
        second.process().awaitExit(PATIENCE);
        first.process().awaitLine(line -> line.contains("TPB0316"), PATIENCE);
        publish(scene, "alone-again");
        Danger.waiting(PATIENCE).until(() -> !Health.of(first).contains("DOWN"));
        scene.awaitFinished(List.of("alone", "together", "alone-again"));
        assertThat(scene.postedTwice()).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_group_that_another_program_uses_in_its_own_way_is_told_until_that_has_left() {
        Danger scene = new Danger(rig, "used", Map.of());
        BridgeProcess bridge;
        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(Map.of("bootstrap.servers", rig.broker().bootstrapServers(),
            "group.id", scene.topics().group(), "enable.auto.commit", "false", "auto.offset.reset", "latest",
            "partition.assignment.strategy", RangeAssignor.class.getName()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            other.subscribe(List.of(scene.topics().out()));
            Danger.waiting(PATIENCE).until(() -> {
                other.poll(Duration.ofMillis(100));
                return !other.assignment().isEmpty();
            });

            bridge = scene.startBridge();

            Danger.waiting(PATIENCE).until(() -> {
                other.poll(Duration.ofMillis(100));
                return Health.of(bridge).contains("share partitions in another way");
            });
        }
        bridge.process().awaitLine(line -> line.contains("TPB0316"), PATIENCE);
        publish(scene, "free");
        Danger.waiting(PATIENCE).until(() -> !Health.of(bridge).contains("DOWN"));
    }

    private static void publish(Danger scene, String id) {
        rig.kafka().publish(scene.topics().in(), id, new String(OrderEvents.order(id, 1000), StandardCharsets.UTF_8));
        rig.kafka().awaitRecord(scene.topics().out(), id);
    }

    private static long events(BridgeProcess bridge, String code) {
        return bridge.process().standardOutput().stream().filter(line -> line.contains(code)).count();
    }
}
