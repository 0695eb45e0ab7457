package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.ObjectName;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.Fingerprint;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Topics that do not take what is published: each holds what is meant for it and nothing else, says so, and goes on by itself. */
class PublishTroubleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int CONCURRENCY = 16;

    private static WireRig rig;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of("DEAD_LETTER_OVERSIZE", "hold"));
    }

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge")).addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge")).detachAppender(log);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void without_a_dead_letter_topic_dead_letters_wait_and_payment_urls_flow() throws Exception {
        // Given
        deleteDeadLetterTopic();
        for (int i = 0; i < 100; i++) {
            rig.kafka.publishSoon(WireRig.IN, bytes("missing-poison-" + i), bytes("no order"));
        }

        // When
        publishOrders("missing-good-", 100);

        // Then
        rig.kafka.awaitRecords(WireRig.OUT, each -> each.key().startsWith("missing-good-"), 100, Duration.ofSeconds(20));
        await().atMost(PATIENCE).until(() -> conditions().contains("DEAD_LETTERS_HELD"));
        assertThat(rig.get("/observe/health/ready")).contains("Dead letters cannot be published", WireRig.DEAD);
        assertThat(errors()).hasSizeLessThan(5);

        rig.broker.createTopic(WireRig.DEAD, 3, Map.of());
        rig.kafka.awaitRecords(WireRig.DEAD, each -> each.key().startsWith("missing-poison-"), 100, PATIENCE);
        awaitAllCommitted();
        await().atMost(PATIENCE).until(() -> conditions().equals(List.of("FLOWING")));
        assertThat(rig.kafka.readAll(WireRig.DEAD)).filteredOn(each -> each.key().startsWith("missing-poison-")).hasSize(100);
    }

    @Test
    void an_outbound_topic_that_takes_no_record_of_any_size_ends_the_posting_and_no_order_is_posted_twice_for_it() throws Exception {
        // Given
        rig.broker.configure(WireRig.OUT, Map.of("max.message.bytes", "100"));

        // When
        List<String> ids = publishOrders("small-", 200);
        rig.publish("small-poison", "no order");

        // Then
        await().atMost(PATIENCE).until(() -> conditions().contains("PAYMENT_URLS_HELD"));
        rig.kafka.awaitRecord(WireRig.DEAD, "small-poison");
        await().pollDelay(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> conditions().contains("PAYMENT_URLS_HELD"));
        assertThat(posts(ids)).as("orders posted").isLessThanOrEqualTo(4 * CONCURRENCY);
        assertThat(errors()).hasSizeLessThan(5).anyMatch(line -> line.contains("TPB0701"));

        rig.broker.configure(WireRig.OUT, Map.of("max.message.bytes", "1048588"));
        rig.kafka.awaitRecords(WireRig.OUT, each -> each.key().startsWith("small-"), 200, PATIENCE);
        awaitAllCommitted();
        assertThat(ids).allSatisfy(id -> assertThat(rig.simulator.orderPosts(id)).as("POSTs of %s", id).isEqualTo(1));
        await().atMost(PATIENCE).until(() -> conditions().equals(List.of("FLOWING")));
    }

    @Test
    void an_outbound_topic_that_finds_every_record_too_late_ends_the_posting_after_a_while() throws Exception {
        // Given
        rig.broker.configure(WireRig.OUT, Map.of("message.timestamp.before.max.ms", "0"));

        // When
        List<String> ids = publishOrders("late-", 150);

        // Then
        await().atMost(PATIENCE).until(() -> conditions().contains("PAYMENT_URLS_HELD"));
        assertThat(posts(ids)).as("orders posted").isLessThanOrEqualTo(4 * CONCURRENCY);

        rig.broker.configure(WireRig.OUT, Map.of("message.timestamp.before.max.ms", "4000"));
        rig.kafka.awaitRecords(WireRig.OUT, each -> each.key().startsWith("late-"), 150, PATIENCE);
        awaitAllCommitted();
        assertThat(ids).allSatisfy(id -> assertThat(rig.simulator.orderPosts(id)).as("POSTs of %s", id).isEqualTo(1));
        assertThat(rig.kafka.readAll(WireRig.OUT)).filteredOn(each -> each.key().startsWith("late-")).hasSize(150);
        await().atMost(PATIENCE).until(() -> conditions().equals(List.of("FLOWING")));
    }

    @Test
    void letters_that_are_too_large_are_held_named_and_in_nobodys_way_and_written_once_the_topic_takes_them() throws Exception {
        // Given: more than the bridge fetches ahead
        byte[] large = new byte[1_048_300];
        new Random(1).nextBytes(large);
        for (int i = 0; i < 70; i++) {
            rig.kafka.publish(WireRig.IN, bytes("held-" + i), large);
        }

        // When
        publishOrders("beside-", 300);

        // Then
        rig.kafka.awaitRecords(WireRig.OUT, each -> each.key().startsWith("beside-"), 300, PATIENCE);
        await().atMost(PATIENCE).until(() -> held() == 70 && rig.get("/observe/health/ready").contains("and 67 more"));
        assertThat(rig.get("/observe/health/ready")).contains("too large for their topic", WireRig.IN + "-");

        rig.broker.configure(WireRig.DEAD, Map.of("max.message.bytes", "2097152"));
        List<ReceivedRecord> letters = rig.kafka.awaitRecords(WireRig.DEAD, each -> each.key().startsWith("held-"), 70, PATIENCE);
        assertThat(letters).allMatch(letter -> Arrays.equals(letter.raw().value(), large));
        awaitAllCommitted();
        await().atMost(PATIENCE).until(() -> conditions().equals(List.of("FLOWING")));
        rig.broker.configure(WireRig.DEAD, Map.of("max.message.bytes", "1048588"));
    }

    @Test
    void a_held_letter_whose_event_was_deleted_meanwhile_has_the_beginning_of_it_and_its_hash() throws Exception {
        // Given
        byte[] large = new byte[1_048_300];
        new Random(2).nextBytes(large);
        rig.kafka.publish(WireRig.IN, bytes("deleted"), large);
        await().atMost(PATIENCE).until(() -> held() == 1);
        rig.kafka.publish(WireRig.IN, bytes("behind-deleted"), bytes(Events.order("behind-deleted")));
        rig.kafka.awaitRecord(WireRig.OUT, "behind-deleted");

        // When
        deleteAllOrders();
        rig.broker.configure(WireRig.DEAD, Map.of("max.message.bytes", "2097152"));

        // Then
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "deleted");
        assertThat(letter.raw().value()).isEqualTo(Arrays.copyOf(large, 1024));
        assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
        assertThat(letter.header("bridge-trimmed").orElseThrow()).contains("\"value_bytes\":1048300", Fingerprint.of(large).sha256());
        await().atMost(PATIENCE).until(() -> conditions().equals(List.of("FLOWING")));
        assertThat(List.copyOf(log.list)).anyMatch(event -> String.valueOf(event.getKeyValuePairs()).contains("TPB0115"));
        rig.broker.configure(WireRig.DEAD, Map.of("max.message.bytes", "1048588"));
    }

    private static void deleteAllOrders() throws Exception {
        try (Admin admin = rig.broker.admin()) {
            admin.deleteRecords(IntStream.range(0, 3).boxed().collect(Collectors.toMap(partition -> new TopicPartition(WireRig.IN,
                partition),
                partition -> RecordsToDelete.beforeOffset(-1)))).all().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_record_that_its_topic_refuses_alone_is_named_and_holds_nobody() throws Exception {
        // Given
        rig.broker.configure(WireRig.DEAD, Map.of("cleanup.policy", "compact"));
        rig.publish(null, "no order");

        // When
        rig.publish("refused-beside", Events.order("refused-beside"));
        rig.publish("refused-poison", "no order");

        // Then
        rig.kafka.awaitRecord(WireRig.OUT, "refused-beside");
        rig.kafka.awaitRecord(WireRig.DEAD, "refused-poison");
        await().atMost(PATIENCE).until(() -> conditions().contains("RECORDS_STUCK"));
        assertThat(rig.get("/observe/health/ready")).contains("the topic refuses it", WireRig.IN + "-");
        assertThat(errors()).hasSizeLessThan(3);

        rig.broker.configure(WireRig.DEAD, Map.of("cleanup.policy", "delete"));
        awaitAllCommitted();
        await().atMost(PATIENCE).until(() -> conditions().equals(List.of("FLOWING")));
    }

    private static void deleteDeadLetterTopic() throws Exception {
        try (Admin admin = rig.broker.admin()) {
            admin.deleteTopics(List.of(WireRig.DEAD)).all().get(10, TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get(10, TimeUnit.SECONDS).contains(WireRig.DEAD));
        }
    }

    private static List<String> publishOrders(String prefix, int count) {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
        ids.forEach(id -> rig.kafka.publishSoon(WireRig.IN, bytes(id), bytes(Events.order(id))));
        return ids;
    }

    private static long posts(List<String> ids) {
        return ids.stream().mapToLong(id -> rig.simulator.orderPosts(id)).sum();
    }

    private List<String> errors() {
        return List.copyOf(log.list).stream().filter(event -> event.getLevel().toString().matches("WARN|ERROR"))
            .map(event -> event.getKeyValuePairs() + " " + event.getFormattedMessage())
            .filter(line -> line.matches(".*TPB(0107|07).*")).toList();
    }

    private static List<String> conditions() throws Exception {
        return Stream.of((String[]) bridge("Conditions")).map(line -> line.replaceFirst(":.*", "")).toList();
    }

    private static int held() throws Exception {
        String metrics = rig.get("/observe/metrics");
        return metrics.lines().filter(line -> line.startsWith("trustpay_bridge_held_records ")).findFirst()
            .map(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ')))).orElse(-1);
    }

    private static Object bridge(String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName("org.trustpaybridge:type=Bridge"), attribute);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitAllCommitted() {
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
    }
}
