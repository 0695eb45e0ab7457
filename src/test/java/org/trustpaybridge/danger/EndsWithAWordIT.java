package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.Intruder;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;

/** A process that cannot do its work any more ends, with exit code 1 and one line that says why; and another one goes on. */
@ExtendWith(SharedRig.class)
class EndsWithAWordIT {
    private static final Map<String, String> SETTINGS = Map.of("MULTISAFEPAY_RESPONSE_TIMEOUT", "1s");

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
    void a_thread_of_which_there_is_no_other_is_missed() {
        isMissed("vert.x-eventloop-thread");
    }

    @Test
    @Tag("chaos")
    @Execution(ExecutionMode.CONCURRENT)
    void the_thread_that_takes_connections_is_missed() {
        isMissed("vert.x-acceptor-thread");
    }

    private static void isMissed(String thread) {
        Danger scene = new Danger(rig, thread.replace('.', '-'), SETTINGS);
        JavaProcess bridge = flowing(scene, "before");

        Intruder.kill(bridge, thread);

        endsWithAWord(bridge, Duration.ofSeconds(60), "The management server");
        flowing(scene, "afterwards");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void producers_that_lose_their_threads_are_made_anew_and_each_order_is_published_once() {
        Danger scene = new Danger(rig, "producers", SETTINGS);
        JavaProcess bridge = flowing(scene, "before");

        Intruder.kill(bridge, "kafka-producer-network-thread");

        rig.kafka().publish(scene.topics().in(), "after".getBytes(), OrderEvents.order("after", 1000));
        rig.kafka().awaitRecord(scene.topics().out(), "after");
        bridge.awaitLine(line -> line.contains("TPB0317") && line.contains("its thread has ended"), Duration.ofSeconds(10));
        scene.awaitFinished(List.of(scene.topics().group() + "-before", "after"));
        assertThat(scene.postedTwice()).isZero();
        assertThat(bridge.isAlive()).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_heap_that_is_full_is_noticed_whoever_was_told() {
        JavaProcess bridge = flowing(new Danger(rig, "full", SETTINGS), "before", "-Xmx128m");

        Intruder.fillHeap(bridge);

        endsWithAWord(bridge, Duration.ofSeconds(60), "");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_heap_that_is_full_does_not_keep_a_process_that_was_told_to_stop() {
        JavaProcess bridge = flowing(new Danger(rig, "full-stop", SETTINGS), "before", "-Xmx128m");

        Intruder.fillHeap(bridge);
        bridge.terminate();

        // Without memory Java may find none for the orderly stop, and then ends with the signal's own code.
        assertThat(bridge.awaitExit(Duration.ofSeconds(60))).isIn(0, 1, 143);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_stop_that_hangs_is_cut() {
        JavaProcess bridge = flowing(new Danger(rig, "hangs", SETTINGS), "before");
        Intruder.suspend(bridge, "main");

        bridge.terminate();

        assertThat(bridge.awaitExit(Duration.ofSeconds(40))).isEqualTo(1);
        assertThat(bridge.standardOutput()).filteredOn(line -> line.contains("TPB0005")).hasSize(1);
    }

    /** What stands still is given more time than what has ended. */
    @ParameterizedTest
    @Tag("chaos")
    @Timeout(400)
    @ValueSource(strings = {"Camel (trustpay-bridge) thread", "ledger", "dead-letters", "lag", "vert.x-eventloop-thread",
        "kafka-producer-network-thread"})
    @Execution(ExecutionMode.CONCURRENT)
    void a_thread_that_stands_still_is_missed(String thread) {
        Danger scene = new Danger(rig, "still-" + thread.replaceAll("[^a-z]", ""), SETTINGS);
        JavaProcess bridge = flowing(scene, "before");

        Intruder.suspend(bridge, thread);
        rig.kafka().publish(scene.topics().in(), "during".getBytes(), OrderEvents.order("during", 1000));

        endsWithAWord(bridge, Duration.ofSeconds(300), "");
        flowing(scene, "afterwards");
    }

    private static JavaProcess flowing(Danger scene, String order, String... options) {
        BridgeProcess bridge = rig.startBridge(scene.topics(), SETTINGS, options).awaitReady();
        String id = scene.topics().group() + "-" + order;
        rig.kafka().publish(scene.topics().in(), id.getBytes(), OrderEvents.order(id, 1000));
        rig.kafka().awaitRecord(scene.topics().out(), id);
        return bridge.process();
    }

    private static void endsWithAWord(JavaProcess bridge, Duration within, String who) {
        assertThat(bridge.awaitExit(within)).isEqualTo(1);
        List<String> words = bridge.standardOutput().stream().filter(line -> line.contains("TPB0004")).toList();
        assertThat(words).hasSize(1);
        assertThat(words.get(0)).contains("ERROR The bridge ends with exit code 1: " + who);
    }
}
