package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.supervision.Endings;

/**
 * Threads that orders need and that can be replaced, killed where they stand: the bridge goes on. Killed with {@code Thread.stop}, which
 * Java 17 still has: it throws an error into the thread, as a lack of memory would.
 */
class VitalThreadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static Endings endings;
    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        endings = new Endings();
        rig = new WireRig(Map.of("MULTISAFEPAY_RESPONSE_TIMEOUT", "1s"), endings);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lag", "ledger", "dead-letters", "positions", "KafkaConsumer[order-created]",
        "kafka-producer-network-thread | producer-"})
    void orders_flow_on_when_this_thread_is_killed(String name) {
        flows("before-" + name);

        kill(name);

        flows("after-" + name);
        assertThat(endings.reasons()).isEmpty();
    }

    @Test
    void what_is_asked_of_kafka_is_asked_again_when_the_threads_of_the_clients_that_ask_are_killed() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/metrics")).contains("partition_lag_records{"));

        kill("kafka-admin-client-thread | adminclient-");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/metrics")).doesNotContain("partition_lag_records{"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/metrics")).contains("partition_lag_records{"));
        flows("after-clients");
        assertThat(endings.reasons()).isEmpty();
    }

    private static void flows(String order) {
        String id = order.replaceAll("[^a-zA-Z0-9-]", "");
        rig.publish(id, Events.order(id));
        rig.kafka.awaitRecord(WireRig.OUT, each -> id.equals(each.key()), PATIENCE);
    }

    @SuppressWarnings({"removal", "deprecation"})
    private static void kill(String name) {
        await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(name) || !name.matches("[a-z-]+") && thread.getName().contains(name)).toList(),
            threads -> !threads.isEmpty()).forEach(Thread::stop);
    }
}
