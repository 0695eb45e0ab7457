package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.ReceivedRecord;

/**
 * {@code kafka.profile=event-hubs}, with a broker of Apache Kafka that takes as little as Event Hubs does: 1,024 bytes beside an offset, a
 * million bytes in a batch. How often the bridge commits is counted at the broker.
 */
class EventHubsTest {

    private static final int NOTE = 1024;
    private static final int BATCH = 1_000_000;
    private static final int PER_SECOND = 4;
    private static WireRig rig;
    private static final Logged LOG = new Logged();

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(BrokerSettings.defaults().with("offset.metadata.max.bytes", Integer.toString(NOTE))
            .with("message.max.bytes", Integer.toString(BATCH)), Map.of("KAFKA_PROFILE", "event-hubs", "RETRY_MAX_DELAY", "2s"));
        rig.publish("first", Events.order("first"));
        rig.kafka.awaitRecord(WireRig.OUT, "first");
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        LOG.close();
    }

    /** Orders that fail again and again leave holes behind the committed offset, of which the note beside it tells. */
    @Test
    void commits_are_few_and_their_notes_short_under_load_and_none_is_refused() throws Exception {
        List<Long> seconds = new ArrayList<>();
        List<Integer> notes = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            long before = commits();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (int n = 0; System.nanoTime() - end < 0; n++) {
                String id = (n % 3 == 0 ? "sim-503x4-" : "good-") + second + "-" + n;
                rig.publish(id, Events.order(id));
            }
            seconds.add(commits() - before);
            committed().values().forEach(each -> notes.add(each.metadata().getBytes(StandardCharsets.UTF_8).length));
        }

        assertThat(seconds).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(PER_SECOND))
            .anySatisfy(count -> assertThat(count).isPositive());
        assertThat(notes).allSatisfy(length -> assertThat(length).isBetween(1, NOTE));
        await().atMost(Duration.ofSeconds(60)).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
        assertThat(committed().values()).allSatisfy(each -> assertThat(CommitNote.read(each.metadata(), each.offset()).trusted()).isTrue());
        assertThat(LOG.with("TPB0304")).isEmpty();
        assertThat(rig.kafka.readAll(WireRig.DEAD).stream().filter(letter -> letter.key().startsWith("good"))).isEmpty();
    }

    /** Larger requests would have the connection closed, with all that is in them. */
    @Test
    void a_dead_letter_that_is_larger_than_a_batch_may_be_is_trimmed() {
        rig.publish("huge", "{\"order_id\":\"huge\",\"description\":\"" + "x".repeat(BATCH - 600) + "\"}");

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "huge");

        assertThat(letter.header("bridge-trimmed")).isPresent();
    }

    private static Map<?, OffsetAndMetadata> committed() throws Exception {
        try (Admin admin = rig.broker.admin()) {
            return admin.listConsumerGroupOffsets(WireRig.GROUP).partitionsToOffsetAndMetadata().get(10, TimeUnit.SECONDS);
        }
    }

    /** Of all partitions together: each request of the bridge's may have all of them. */
    private static long commits() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        long sum = 0;
        for (ObjectName name : server.queryNames(
            new ObjectName("kafka.network:type=RequestMetrics,name=RequestsPerSec,request=OffsetCommit,*"), null)) {
            sum += ((Number) server.getAttribute(name, "Count")).longValue();
        }
        return sum;
    }
}
