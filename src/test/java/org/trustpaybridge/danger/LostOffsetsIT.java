package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;

/** Offsets that nobody has any more, with bridges that die while they find out what was done. Runs with {@code -Pchaos} only. */
@Tag("chaos")
class LostOffsetsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So that the ledger forgets the first orders at once. */
    private static final Map<String, String> FORGETFUL = Map.of("LEDGER_RETENTION", "4s", "DELIVERY_CONCURRENCY", "4");

    private static ProcessRig rig;

    @BeforeAll
    static void start() {
        rig = new ProcessRig(Path.of("target", "danger"), Map.of("SIMULATOR_LATENCY", "10ms..40ms"));
    }

    @AfterEach
    void endBridges() {
        rig.closeBridges();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void kill_9_in_the_middle_of_finding_out_what_was_done_has_nothing_posted_twice() {
        // Given: offsets are lost when the ledger would have forgotten all orders
        Danger scene = new Danger(rig, "lost-killed", FORGETFUL);
        BridgeProcess first = scene.startBridge().awaitReady();
        List<String> orders = publish(scene, "lk", 400, Instant.now());
        scene.awaitFinished(orders);
        first.process().terminate();
        first.process().awaitExit(PATIENCE);
        Danger.forAWhile(Duration.ofSeconds(5));
        forgetOffsets(scene);
        List<String> late = publish(scene, "lk-late", 100, Instant.now());

        // When: killed when it knows where to begin, and when it has looked up some
        BridgeProcess victim = scene.startBridge();
        victim.process().awaitLine(line -> line.contains("TPB0601"), PATIENCE);
        kill(victim);
        victim = scene.startBridge();
        Danger.waiting(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> committed(scene) > 0);
        kill(victim);

        // Then: two find out the rest
        scene.startBridge();
        scene.startBridge();
        scene.awaitFinished(Stream.concat(orders.stream(), late.stream()).toList());
        assertThat(scene.postedTwice()).as("orders posted twice, but for those under way at a kill").isLessThanOrEqualTo(2 * 4);
        assertThat(rig.kafka().readAll(scene.topics().out())).as("payment URLs").hasSize(500);
    }

    @Test
    void two_instances_hold_and_ask_and_go_on_once_they_are_told() throws Exception {
        // Given
        Danger scene = new Danger(rig, "held-two", Map.of());
        List<String> old = publish(scene, "ht-old", 40, Instant.now().minus(Duration.ofDays(3)));
        BridgeProcess other = scene.startBridge();
        Danger.waiting(PATIENCE).until(() -> other.get("/observe/metrics").contains("trustpay_bridge_held_partitions 4.0"));
        BridgeProcess victim = scene.startBridge();
        for (BridgeProcess each : List.of(victim, other)) {
            Danger.waiting(PATIENCE).until(() -> each.get("/observe/metrics").contains("trustpay_bridge_held_partitions 2.0"));
            assertThat(each.get("/observe/health")).contains("kafka.start-from");
        }

        // When
        kill(victim);
        Danger.waiting(PATIENCE).until(() -> other.get("/observe/health").contains("partitions 0, 1, 2 and 3"));

        // Then
        assertThat(rig.kafka().readAll(scene.topics().out())).isEmpty();
        assertThat(committed(scene)).as("nothing is committed meanwhile").isZero();
        assertThat(other.get("/observe/health/live")).contains("UP");
        other.process().terminate();
        assertThat(other.process().awaitExit(Duration.ofSeconds(20))).isZero();
        new Danger(rig, scene.topics(), Map.of("KAFKA_START_FROM", "earliest")).startBridge().awaitReady();
        scene.awaitFinished(old);
    }

    private static List<String> publish(Danger scene, String prefix, int count, Instant time) {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        ids.forEach(id -> rig.kafka().publishAt(time, scene.topics().in(), id.getBytes(StandardCharsets.UTF_8),
            OrderEvents.order(id, 1000)));
        return ids;
    }

    private static void forgetOffsets(Danger scene) {
        try (Admin admin = rig.broker().admin()) {
            Danger.waiting(PATIENCE).until(() ->
                admin.deleteConsumerGroups(List.of(scene.topics().group())).all().get(10, TimeUnit.SECONDS) == null);
        }
    }

    private static long committed(Danger scene) {
        return rig.kafka().committedOffsets(scene.topics().group()).values().stream().filter(each -> each != null)
            .mapToLong(each -> each.offset()).sum();
    }

    private static void kill(BridgeProcess victim) {
        victim.process().kill();
        victim.process().awaitExit(PATIENCE);
    }
}
