package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.BrokerCluster;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.Topics;

/**
 * A replica that was behind becomes the leader: records that were read are no more, and others have their offsets. Runs with -Pchaos only.
 */
@Tag("chaos")
class UncleanElectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BrokerCluster CLUSTER = BrokerCluster.started();

    private static ProcessRig rig;

    @BeforeAll
    static void start() {
        rig = new ProcessRig(Path.of("target", "danger"), Map.of(), CLUSTER);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void no_order_of_after_the_truncation_is_skipped_and_it_is_told_once() throws Exception {
        // Given: node 1 leads, node 2 follows, and stays behind
        Topics topics = Topics.named("unclean");
        TopicPartition partition = new TopicPartition(topics.in(), 0);
        try (Admin admin = CLUSTER.admin()) {
            admin.createTopics(List.of(new NewTopic(topics.in(), Map.of(0, List.of(1, 2))).configs(Map.of("min.insync.replicas", "1"))))
                .all().get(30, TimeUnit.SECONDS);
        }
        CLUSTER.createTopic(topics.out(), Danger.PARTITIONS);
        CLUSTER.createTopic(topics.dead(), 1);
        Danger scene = new Danger(rig, topics, Map.of());
        BridgeProcess bridge = scene.startBridge().awaitReady();
        List<String> before = publish(topics, "before", 20);
        scene.awaitPublished(20);
        CLUSTER.node(2).kill();
        Danger.waiting(PATIENCE).until(() -> state(partition).isr().size() == 1);
        List<String> gone = publish(topics, "gone", 10);
        scene.awaitPublished(30);
        scene.awaitNothingLeft();

        // When
        CLUSTER.node(1).kill();
        CLUSTER.node(2).start();
        try (Admin admin = CLUSTER.admin()) {
            Danger.waiting(PATIENCE).until(() -> admin.electLeaders(ElectionType.UNCLEAN, Set.of(partition)).all()
                .get(10, TimeUnit.SECONDS) == null);
        }
        Danger.waiting(PATIENCE).until(() -> end(partition) == 20);
        List<String> after = publish(topics, "after", 15);

        // Then
        scene.awaitFinished(Stream.of(before, gone, after).flatMap(List::stream).toList());
        assertThat(end(partition)).isEqualTo(35);
        assertThat(scene.postedTwice()).isZero();
        assertThat(bridge.process().standardOutput().stream().filter(line -> line.contains("TPB0606"))).as("told once").hasSize(1);
        Danger.waiting(PATIENCE).until(() -> bridge.get("/observe/health").contains("\"UP\""));
    }

    private static List<String> publish(Topics topics, String prefix, int count) {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        ids.forEach(id -> rig.kafka().publish(topics.in(), id.getBytes(StandardCharsets.UTF_8), OrderEvents.order(id, 1000)));
        return ids;
    }

    private static TopicPartitionInfo state(TopicPartition partition) throws Exception {
        try (Admin admin = CLUSTER.admin()) {
            return admin.describeTopics(List.of(partition.topic())).allTopicNames().get(10, TimeUnit.SECONDS).get(partition.topic())
                .partitions().get(partition.partition());
        }
    }

    private static long end(TopicPartition partition) throws Exception {
        try (Admin admin = CLUSTER.admin()) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get(10, TimeUnit.SECONDS).offset();
        }
    }
}
