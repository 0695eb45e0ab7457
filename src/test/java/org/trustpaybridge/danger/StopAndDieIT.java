package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.SteadyLoad;

/** Bridges that stop, die, stand still, join and leave while orders keep coming. The provider is well all the time. */
@ExtendWith(SharedRig.class)
class StopAndDieIT {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final int RATE = 40;
    private static final byte[] NO_ORDER = "no order".getBytes(StandardCharsets.UTF_8);

    private static ProcessRig rig;

    @BeforeAll
    static void start(ProcessRig shared) {
        rig = shared;
    }

    @AfterEach
    void endBridges() {
        rig.closeBridges();
    }

    @Test
    void sigterm_under_load_posts_nothing_twice_and_the_next_instance_does_the_rest() {
        Danger scene = new Danger(rig, "sigterm", Map.of());
        BridgeProcess bridge = scene.startBridge();
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(60);

            bridge.process().terminate();

            assertThat(bridge.process().awaitExit(Duration.ofSeconds(20))).isZero();
            scene.startBridge().awaitReady();
            scene.awaitFinished(load.stop());
            assertThat(scene.postedTwice()).as("orders posted twice").isZero();
        }
    }

    @Test
    void after_kill_9_of_one_of_two_instances_every_partition_flows_again_within_ten_seconds() {
        Danger scene = new Danger(rig, "one-of-two", Map.of());
        BridgeProcess victim = scene.startBridge();
        scene.startBridge();
        scene.awaitMembers(2);
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(60);
            Instant killed = Instant.now();

            victim.process().kill();

            scene.flowingAgainAfter(killed.plusSeconds(1));
            List<String> orders = load.stop();
            Map<Integer, Duration> silence = report("after kill -9 of one of two", scene.longestSilence(killed));
            assertThat(silence.values()).hasSize(Danger.PARTITIONS).allMatch(each -> each.compareTo(TEN_SECONDS) < 0);
            scene.awaitFinished(orders);
        }
    }

    @Test
    void after_kill_9_of_the_only_instance_orders_flow_within_ten_seconds_of_its_restart() {
        Danger scene = new Danger(rig, "restart", Map.of());
        BridgeProcess victim = scene.startBridge();
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(60);

            victim.process().kill();
            victim.process().awaitExit(TEN_SECONDS);
            Instant restarted = Instant.now();
            scene.startBridge();

            Map<Integer, Duration> flowing = report("after kill -9 and restart", scene.flowingAgainAfter(restarted));
            assertThat(flowing.values()).allMatch(each -> each.compareTo(TEN_SECONDS) < 0);
            scene.awaitFinished(load.stop());
        }
    }

    @Test
    void after_kill_9_in_the_middle_of_dead_letters_each_of_them_is_there_once() {
        Danger scene = new Danger(rig, "dead-once", Map.of());
        BridgeProcess victim = scene.startBridge();
        victim.awaitReady();
        List<String> poison = IntStream.range(0, 3000).mapToObj(i -> "poison-" + i).toList();
        poison.forEach(key -> rig.kafka().publishSoon(scene.topics().in(), key.getBytes(StandardCharsets.UTF_8), NO_ORDER));
        rig.kafka().awaitRecords(scene.topics().dead(), 300, TEN_SECONDS);

        victim.process().kill();

        scene.startBridge();
        scene.awaitNothingLeft();
        assertThat(rig.kafka().readAll(scene.topics().dead())).extracting(ReceivedRecord::key)
            .as("dead letters").containsExactlyInAnyOrderElementsOf(poison);
    }

    @Test
    void an_instance_that_joins_and_leaves_under_load_causes_no_double_post() {
        Danger scene = new Danger(rig, "join-leave", Map.of());
        scene.startBridge();
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(40);
            BridgeProcess guest = scene.startBridge();
            scene.awaitMembers(2);
            scene.awaitPublished(load.count() + 20);

            guest.process().terminate();

            assertThat(guest.process().awaitExit(Duration.ofSeconds(20))).isZero();
            scene.awaitPublished(load.count() + 20);
            scene.awaitFinished(load.stop());
            assertThat(scene.postedTwice()).as("orders posted twice").isZero();
        }
    }

    /** Runs with {@code ./mvnw verify -Pchaos} only; the short chaos test has a standstill too. */
    @Test
    @Tag("chaos")
    void an_instance_that_stood_still_for_twelve_seconds_publishes_no_second_url() {
        Danger scene = new Danger(rig, "standstill", Map.of());
        BridgeProcess sleeper = scene.startBridge();
        scene.startBridge();
        scene.awaitMembers(2);
        try (SteadyLoad load = new SteadyLoad(rig.kafka(), scene.topics().in(), RATE)) {
            scene.awaitPublished(60);

            sleeper.process().pause();
            Danger.forAWhile(Duration.ofSeconds(12));
            sleeper.process().resume();

            sleeper.process().awaitLine(line -> line.contains("Partitions were lost without notice"), Duration.ofSeconds(15));
            scene.awaitMembers(2);
            scene.awaitFinished(load.stop());
        }
    }

    private static Map<Integer, Duration> report(String what, Map<Integer, Duration> times) {
        System.out.println(what + ", by partition: " + times);
        return times;
    }
}
