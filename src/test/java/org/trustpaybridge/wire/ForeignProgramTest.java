package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another program in the bridge's consumer group, such as a console consumer, or a service that was copied with its settings. */
class ForeignProgramTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void a_program_that_comes_later_is_refused_and_every_order_becomes_a_payment() throws Exception {
        flows("alone");
        try (KafkaConsumer<String, String> console = console(WireRig.GROUP)) {
            assertThatThrownBy(() -> pollUntil(console, () -> !console.assignment().isEmpty()))
                .isInstanceOf(InconsistentGroupProtocolException.class);
            for (int i = 0; i < 6; i++) {
                flows("together-" + i);
            }
        }
        assertThat(rig.get("/observe/health/ready")).contains("\"UP\"");
    }

    @Test
    void what_a_program_that_was_there_first_passes_over_is_told_with_its_place_until_somebody_knows() throws Exception {
        // Given
        flows("before");
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
        rig.stopBridge();
        try (Logged logged = new Logged()) {
            try (KafkaConsumer<String, String> console = console(WireRig.GROUP)) {
                pollUntil(console, () -> console.assignment().size() == 3);
                rig.startBridge();
                pollUntil(console,
                    () -> rig.get("/observe/health/ready").contains("another program uses this group: console at 127.0.0.1"));
                // What is committed until then might be what an operator wished.
                pollUntil(console, () -> rig.kafka.committedOffsets(WireRig.GROUP).values().stream()
                    .allMatch(each -> each.metadata().isEmpty()));
                pollFor(console, Duration.ofSeconds(5));

                // When
                String place = "partition " + rig.kafka.publish(WireRig.IN, "stolen", Events.order("stolen")).partition() + " from ";

                // Then
                pollUntil(console, () -> rig.get("/observe/health/ready").contains("at most 1 orders that no bridge has read: " + place));
                assertThat(logged.with("TPB0611", place)).hasSize(1);
                assertThat(Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_records_passed_over_total")).isEqualTo(1);
            }
            flows("free-again");
            assertThat(rig.get("/observe/health/ready")).contains("DOWN", "Another program takes orders away")
                .doesNotContain("uses this group");
            acknowledge();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"UP\""));
        }
    }

    @Test
    void a_member_that_is_removed_from_the_group_again_and_again_is_told() throws Exception {
        try (Admin admin = rig.broker.admin()) {
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).ignoreExceptions().until(() -> {
                admin.removeMembersFromConsumerGroup(WireRig.GROUP, new RemoveMembersFromConsumerGroupOptions()).all().get();
                return rig.get("/observe/health/ready").contains("gives this instance up again and again");
            });
        }
        flows("after-all");
        rig.restartBridge();
    }

    private static void acknowledge() throws Exception {
        ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("org.trustpaybridge:type=Bridge"), "acknowledgeDeletedRecords",
            null, null);
    }

    /** As kafka-console-consumer.sh, with Kafka's defaults. */
    private static KafkaConsumer<String, String> console(String group) {
        KafkaConsumer<String, String> console = new KafkaConsumer<>(Map.of("bootstrap.servers", rig.broker.bootstrapServers(),
            "group.id", group, "client.id", "console", "auto.commit.interval.ms", "200"), new StringDeserializer(),
                new StringDeserializer());
        console.subscribe(List.of(WireRig.IN));
        return console;
    }

    private static void pollFor(KafkaConsumer<?, ?> consumer, Duration length) {
        long until = System.nanoTime() + length.toNanos();
        pollUntil(consumer, () -> System.nanoTime() - until > 0);
    }

    private static void pollUntil(KafkaConsumer<?, ?> consumer, Check reached) {
        await().atMost(PATIENCE).pollInSameThread().until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return reached.isTrue();
        });
    }

    private static void flows(String order) {
        rig.publish(order, Events.order(order));
        rig.kafka.awaitRecord(WireRig.OUT, order);
    }

    private interface Check {
        boolean isTrue() throws Exception;
    }
}
