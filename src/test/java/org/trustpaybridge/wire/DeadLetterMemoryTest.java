package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.testkit.ReceivedRecord;

/**
 * Records that are read again although their dead letter is published. What a kill between publishing and committing leaves behind is
 * made here by putting the group's offsets back; {@code StopAndDieIT} kills in earnest.
 */
class DeadLetterMemoryTest {

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
    void a_record_given_up_before_a_crash_is_not_published_after_it_but_its_replayed_dead_letter_is() throws Exception {
        // Given
        rig.simulator.faults(FaultPlan.parse("no-url=100%"));
        rig.publish("given-up", Events.order("given-up"));
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "given-up");
        assertThat(letter.header("bridge-error-code")).contains("PROVIDER_UNCLEAR");
        int posts = rig.simulator.orderPosts("given-up");
        rig.simulator.faults(FaultPlan.NONE);

        // When
        crash();

        // Then
        rig.publish("after", Events.order("after"));
        rig.kafka.awaitRecord(WireRig.OUT, "after");
        awaitAllCommitted();
        assertThat(records(WireRig.OUT, "given-up")).isEmpty();
        assertThat(records(WireRig.DEAD, "given-up")).hasSize(1);
        assertThat(rig.simulator.orderPosts("given-up")).as("posts").isEqualTo(posts);

        rig.kafka.publish(WireRig.IN, letter.raw().key(), letter.raw().value(), letter.raw().headers().toArray());
        rig.kafka.awaitRecord(WireRig.OUT, "given-up");
    }

    @Test
    void poison_that_is_read_again_is_not_dead_lettered_again() throws Exception {
        for (int i = 0; i < 20; i++) {
            rig.publish("poison-" + i, "no order " + i);
        }
        rig.kafka.publish(WireRig.IN, "poison-none", null);
        rig.kafka.awaitRecords(WireRig.DEAD, each -> each.key().startsWith("poison-"), 21, PATIENCE);

        crash();

        awaitAllCommitted();
        assertThat(records(WireRig.DEAD, "poison-")).hasSize(21);
    }

    @Test
    void the_same_event_at_the_same_place_of_a_topic_created_anew_is_processed() throws Exception {
        // Given
        rig.publish("again", "no order");
        ReceivedRecord first = rig.kafka.awaitRecord(WireRig.DEAD, "again");
        awaitAllCommitted();
        rig.stopBridge();
        try (Admin admin = rig.broker.admin()) {
            admin.deleteTopics(List.of(WireRig.IN)).all().get(10, TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get(10, TimeUnit.SECONDS).contains(WireRig.IN));
        }
        rig.broker.createTopic(WireRig.IN, 3, Map.of());
        rig.startBridge();

        // When
        long offset = Long.parseLong(first.header("__connect.errors.offset").orElseThrow());
        for (long i = 0; i <= offset; i++) {
            rig.publish("again", "no order");
        }

        // Then
        rig.kafka.awaitRecords(WireRig.DEAD, each -> "again".equals(each.key()), 2 + (int) offset, PATIENCE);
    }

    /** Stops, and puts the group back to where it was before any commit: the next bridge reads all again. */
    private static void crash() throws Exception {
        awaitAllCommitted();
        rig.stopBridge();
        try (Admin admin = rig.broker.admin()) {
            Map<TopicPartition, OffsetAndMetadata> beginning = rig.kafka.committedOffsets(WireRig.GROUP).keySet().stream()
                .collect(Collectors.toMap(each -> each, each -> new OffsetAndMetadata(0)));
            await().atMost(PATIENCE).ignoreExceptions().until(() ->
                admin.alterConsumerGroupOffsets(WireRig.GROUP, beginning).all().get(10, TimeUnit.SECONDS) == null);
        }
        rig.startBridge();
    }

    private static void awaitAllCommitted() {
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
    }

    private static List<ReceivedRecord> records(String topic, String prefix) {
        return rig.kafka.readAll(topic).stream().filter(each -> each.key().startsWith(prefix)).toList();
    }
}
