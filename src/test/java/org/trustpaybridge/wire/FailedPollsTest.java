package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Polls that fail though Kafka is there: what can be read goes on, and what cannot is said. */
class FailedPollsTest {

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
    void a_corrupt_batch_holds_its_partition_is_told_and_is_read_once_it_is_mended() throws Exception {
        // Given
        rig.stopBridge();
        publishTo(0, "corrupt-before");
        String place = "order-created-0@" + publishTo(0, "corrupt-itself");
        publishTo(0, "corrupt-behind");
        publishTo(1, "corrupt-other");
        Path segment = segmentOf(WireRig.IN, "corrupt-itself");
        long bit = placeOnDisk(segment, "corrupt-itself");
        flip(segment, bit);
        try (Logged logged = new Logged()) {
            // When
            rig.startBridge();

            // Then
            rig.kafka.awaitRecord(WireRig.OUT, "corrupt-before");
            rig.kafka.awaitRecord(WireRig.OUT, "corrupt-other");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("DOWN",
                "A record cannot be read: " + place, "corrupt"));
            await().atMost(PATIENCE).untilAsserted(() -> {
                Scrape scrape = Scrape.of(rig.get("/observe/metrics"));
                assertThat(scrape.sum("trustpay_bridge_condition", "condition", "RECORD_UNREADABLE")).isEqualTo(1);
                assertThat(scrape.sum("trustpay_bridge_partition_lag_records", "partition", "0")).isEqualTo(2);
                assertThat(scrape.sum("trustpay_bridge_partition_lag_records", "partition", "1")).isZero();
            });
            publishTo(2, "corrupt-third");
            rig.kafka.awaitRecord(WireRig.OUT, "corrupt-third");
            assertThat(logged.with("TPB0310", place, "corrupt")).hasSize(1);
            assertThat(logged.all()).as("lines in all").hasSizeLessThan(20);

            flip(segment, bit);

            rig.kafka.awaitRecord(WireRig.OUT, "corrupt-itself");
            rig.kafka.awaitRecord(WireRig.OUT, "corrupt-behind");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"UP\"")
                .doesNotContain("cannot be read"));
            assertThat(rig.simulator.orderPosts("corrupt-before")).isEqualTo(1);
        }
    }

    /** An order might be in it, so nothing is posted without it. */
    @Test
    void a_corrupt_batch_of_the_ledger_holds_all_orders_is_told_and_is_read_once_it_is_mended() throws Exception {
        // Given
        rig.kafka.publish(WireRig.OUT, "ledger-broken", "{}");
        rig.stopBridge();
        Path segment = segmentOf(WireRig.OUT, "ledger-broken");
        long bit = placeOnDisk(segment, "ledger-broken");
        flip(segment, bit);

        // When
        rig.startBridge();
        rig.publish("ledger-waits", Events.order("ledger-waits"));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("DOWN",
            "The ledger of published orders cannot be read: ", "corrupt"));
        assertThat(Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_condition", "condition", "LEDGER_UNREADABLE")).isEqualTo(1);
        assertThat(rig.simulator.orderPosts("ledger-waits")).isZero();

        flip(segment, bit);

        rig.kafka.awaitRecord(WireRig.OUT, "ledger-waits");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"UP\""));
    }

    @Test
    void a_polling_thread_that_is_interrupted_goes_on() {
        try (Logged logged = new Logged()) {
            thread("KafkaConsumer[order-created]").interrupt();
            rig.publish("interrupted", Events.order("interrupted"));

            rig.kafka.awaitRecord(WireRig.OUT, "interrupted");
            assertThat(logged.all()).as("lines in all").hasSizeLessThan(3);
        }
    }

    /** Kafka's client passes the failure on to the poll, and then has no such thread any more. */
    @Test
    @SuppressWarnings({"removal", "deprecation"})
    void a_heartbeat_thread_that_dies_is_told_and_the_consumer_made_anew() {
        try (Logged logged = new Logged()) {
            thread("kafka-coordinator-heartbeat-thread").stop();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(logged.with("TPB0309", "ThreadDeath")).hasSize(1));
            rig.publish("heartless", Events.order("heartless"));

            rig.kafka.awaitRecord(WireRig.OUT, "heartless");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"UP\""));
        }
    }

    private static long publishTo(int partition, String order) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", rig.broker.bootstrapServers()),
            new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(WireRig.IN, partition, order.getBytes(StandardCharsets.UTF_8),
                Events.order(order).getBytes(StandardCharsets.UTF_8))).get().offset();
        }
    }

    /** Where the broker has an order on its disk. */
    private static long placeOnDisk(Path segment, String order) throws IOException {
        return new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1).indexOf(order) + 9;
    }

    /** Changes a bit on the broker's disk. */
    private static void flip(Path segment, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at);
            int was = file.read();
            file.seek(at);
            file.write(was ^ 1);
        }
    }

    private static Path segmentOf(String topic, String order) throws IOException {
        for (int partition = 0; partition < 3; partition++) {
            Path segment = rig.broker.dataDirectory().resolve(topic + "-" + partition).resolve("00000000000000000000.log");
            if (placeOnDisk(segment, order) >= 9) {
                return segment;
            }
        }
        throw new AssertionError(order + " is on no partition of " + topic);
    }

    private static Thread thread(String name) {
        return await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().contains(name)).findFirst(), Optional::isPresent).orElseThrow();
    }
}
