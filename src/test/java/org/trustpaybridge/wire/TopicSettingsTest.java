package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.ReceivedRecord;

/** What the settings of the topics, and the age and size of their records, mean for the ledger and the dead letters. */
class TopicSettingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(BrokerSettings.defaults().with("log.cleaner.backoff.ms", "50"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void the_ledger_knows_every_order_of_a_compacted_topic_after_it_was_cleaned() {
        // Given
        List<String> ids = IntStream.range(0, 30).mapToObj(i -> "compacted-" + i).toList();
        ids.forEach(id -> rig.publish(id, Events.order(id)));
        List<ReceivedRecord> first = rig.kafka.awaitRecords(WireRig.OUT, each -> each.key().startsWith("compacted-"), ids.size(), PATIENCE);
        awaitAllCommitted();
        rig.broker.configure(WireRig.OUT, Map.of("cleanup.policy", "compact", "segment.bytes", "4096", "min.cleanable.dirty.ratio",
            "0.01"));
        for (int round = 0; round < 3; round++) {
            first.forEach(each -> rig.kafka.publish(WireRig.OUT, each.raw().key(), each.raw().value(), each.raw().headers().toArray()));
        }
        await().atMost(PATIENCE).until(() -> published("compacted-").size() < 2 * ids.size());
        rig.broker.configure(WireRig.OUT, Map.of("cleanup.policy", "delete", "segment.bytes", "1048576"));
        rig.restartBridge();

        // When
        ids.forEach(id -> rig.publish(id, Events.order(id)));

        // Then
        awaitAllCommitted();
        assertThat(ids).allSatisfy(id -> assertThat(rig.simulator.orderPosts(id)).as("POSTs of %s", id).isEqualTo(1));
    }

    @Test
    void a_repeat_ten_minutes_later_is_skipped_by_a_fresh_process_and_one_after_the_retention_is_not() throws Exception {
        // Given
        rig.publish("ten-minutes", Events.order("ten-minutes"));
        rig.publish("yesterday", Events.order("yesterday"));
        ReceivedRecord tenMinutes = rig.kafka.awaitRecord(WireRig.OUT, "ten-minutes");
        ReceivedRecord yesterday = rig.kafka.awaitRecord(WireRig.OUT, "yesterday");
        awaitAllCommitted();
        rig.stopBridge();
        forgetOutbound();
        publishAgo(Duration.ofHours(25), yesterday);
        publishAgo(Duration.ofMinutes(10), tenMinutes);
        rig.startBridge();

        // When
        rig.publish("ten-minutes", Events.order("ten-minutes"));
        rig.publish("yesterday", Events.order("yesterday"));

        // Then
        awaitAllCommitted();
        assertThat(rig.simulator.orderPosts("ten-minutes")).isEqualTo(1);
        assertThat(rig.simulator.orderPosts("yesterday")).isEqualTo(2);
    }

    @Test
    void a_bad_event_of_ten_mebibytes_is_dead_lettered_where_the_topics_take_it() throws Exception {
        // Given
        rig.broker.configure(WireRig.IN, Map.of("max.message.bytes", "12582912"));
        byte[] huge = new byte[10 << 20];
        Arrays.fill(huge, (byte) 'x');

        // When
        try (KafkaProducer<byte[], byte[]> shop = new KafkaProducer<>(Map.of("bootstrap.servers", rig.broker.bootstrapServers(),
            "max.request.size", "12582912"), new ByteArraySerializer(), new ByteArraySerializer())) {
            shop.send(new ProducerRecord<>(WireRig.IN, "huge".getBytes(StandardCharsets.UTF_8), huge)).get(30, TimeUnit.SECONDS);
        }

        // Then: compressed it fits into a topic with the usual limit
        assertThat(rig.kafka.awaitRecord(WireRig.DEAD, "huge").raw().value()).isEqualTo(huge);
        awaitAllCommitted();
    }

    private static void publishAgo(Duration age, ReceivedRecord record) {
        rig.kafka.publishAt(Instant.now().minus(age), WireRig.OUT, record.raw().key(), record.raw().value());
    }

    private static void forgetOutbound() throws Exception {
        try (Admin admin = rig.broker.admin()) {
            admin.deleteRecords(rig.kafka.endOffsets(WireRig.OUT).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                .all().get(10, TimeUnit.SECONDS);
        }
    }

    private static List<ReceivedRecord> published(String prefix) {
        return rig.kafka.readAll(WireRig.OUT).stream().filter(each -> each.key().startsWith(prefix)).toList();
    }

    private static void awaitAllCommitted() {
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
    }
}
