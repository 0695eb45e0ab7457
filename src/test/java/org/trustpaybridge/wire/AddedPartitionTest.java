package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Partitions are added to the topics of a shop where little happens. */
class AddedPartitionTest {

    private static final Duration SECONDS = Duration.ofSeconds(20);

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
    void an_order_on_an_added_partition_is_read_within_seconds_and_one_whose_key_moved_is_not_posted_again() throws Exception {
        // Given
        rig.publish("moved", Events.order("moved"));
        rig.kafka.awaitRecord(WireRig.OUT, "moved");
        try (Admin admin = rig.broker.admin()) {
            admin.createPartitions(Map.of(WireRig.IN, NewPartitions.increaseTo(4), WireRig.OUT, NewPartitions.increaseTo(5),
                WireRig.DEAD, NewPartitions.increaseTo(4))).all().get(10, TimeUnit.SECONDS);
        }
        await().ignoreExceptions().atMost(SECONDS).until(() -> rig.kafka.endOffsets(WireRig.IN).size() == 4);

        // When
        Instant sent = Instant.now();
        rig.kafka.publishTo(WireRig.IN, 3, "new-one", Events.order("new-one"));
        rig.kafka.publishTo(WireRig.IN, 3, "moved", Events.order("moved"));

        // Then
        rig.kafka.awaitRecord(WireRig.OUT, record -> "new-one".equals(record.key()), SECONDS);
        System.out.println("read from the added partition after " + Duration.between(sent, Instant.now()).toMillis() + " ms");
        await().atMost(SECONDS).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
        assertThat(rig.simulator.orderPosts("moved")).isEqualTo(1);
        rig.kafka.publishTo(WireRig.IN, 3, "poison", "no order");
        rig.kafka.awaitRecord(WireRig.DEAD, "poison");
    }
}
