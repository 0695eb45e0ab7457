package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.Fingerprint;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Records that no topic takes as they are: each ends in the topic that it belongs to all the same, and holds nobody up. */
class LastResortTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a topic with Kafka's usual limit just takes. */
    private static final int LARGEST = 1_048_448;

    private static WireRig rig;
    private static KafkaProducer<byte[], byte[]> shop;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of());
        rig.broker.configure(WireRig.IN, Map.of("max.message.bytes", "3000000"));
        shop = new KafkaProducer<>(Map.of("bootstrap.servers", rig.broker.bootstrapServers(), "max.request.size", "100000000",
            "buffer.memory", "200000000", "compression.type", "zstd"), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() throws Exception {
        shop.close();
        rig.close();
    }

    @Test
    void incompressible_events_as_large_as_topics_take_are_dead_lettered_trimmed_and_good_orders_flow() throws Exception {
        // Given: more than the bridge holds at once
        for (int i = 0; i < 70; i++) {
            send("large-" + i, random(LARGEST, i));
        }

        // When
        List<String> good = IntStream.range(0, 300).mapToObj(i -> "beside-" + i).toList();
        good.forEach(id -> rig.kafka.publishSoon(WireRig.IN, bytes(id), bytes(Events.order(id))));

        // Then
        rig.kafka.awaitRecords(WireRig.OUT, each -> each.key().startsWith("beside-"), 300, PATIENCE);
        List<ReceivedRecord> letters = rig.kafka.awaitRecords(WireRig.DEAD, each -> each.key().startsWith("large-"), 70, PATIENCE);
        assertThat(letters).allSatisfy(letter -> {
            byte[] event = random(LARGEST, Integer.parseInt(letter.key().substring("large-".length())));
            JsonNode trimmed = trimmed(letter);
            assertThat(letter.raw().value()).isEqualTo(Arrays.copyOf(event, trimmed.path("value_kept").intValue())).isNotEmpty();
            assertThat(trimmed.path("value_bytes").longValue()).isEqualTo(LARGEST);
            assertThat(trimmed.path("value_sha256").textValue()).isEqualTo(Fingerprint.of(event).sha256());
            assertThat(trimmed.path("original").textValue()).contains("--topic " + WireRig.IN + " --partition "
                + letter.header("__connect.errors.partition").orElseThrow() + " --offset " + letter.header("__connect.errors.offset")
                    .orElseThrow());
            assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
        });
        awaitAllCommitted();
    }

    @Test
    void a_trimmed_letter_is_known_after_a_crash() throws Exception {
        // Given
        send("known", random(LARGEST, 7));
        rig.kafka.awaitRecord(WireRig.DEAD, "known");

        // When
        crash();

        // Then
        rig.publish("after-crash", Events.order("after-crash"));
        rig.kafka.awaitRecord(WireRig.OUT, "after-crash");
        awaitAllCommitted();
        assertThat(rig.kafka.readAll(WireRig.DEAD)).filteredOn(letter -> "known".equals(letter.key())).hasSize(1);
    }

    @Test
    void a_good_order_with_a_correlation_id_of_more_than_a_topic_takes_is_posted_and_published_once() throws Exception {
        // When
        send("large-correlation", bytes(Events.order("large-correlation")), header("correlation-id", random(1_100_000, 1)),
            header("traceparent", bytes("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));

        // Then
        ReceivedRecord published = rig.kafka.awaitRecord(WireRig.OUT, "large-correlation");
        assertThat(published.headerNames()).contains("traceparent").doesNotContain("correlation-id");
        assertThat(JSON.readTree(published.header("bridge-headers-left-out").orElseThrow()))
            .isEqualTo(JSON.readTree("{\"count\":1,\"bytes\":1100014,\"names\":[\"correlation-id\"]}"));
        awaitAllCommitted();
        assertThat(rig.simulator.orderPosts("large-correlation")).isEqualTo(1);
    }

    @Test
    void a_payment_url_fits_into_a_topic_that_takes_next_to_nothing_beside_it() {
        // Given
        rig.broker.configure(WireRig.OUT, Map.of("max.message.bytes", "1100"));

        // When
        rig.publish("narrow", Events.order("narrow"), header("correlation-id", random(1000, 1)));

        // Then
        ReceivedRecord published = rig.kafka.awaitRecord(WireRig.OUT, "narrow");
        assertThat(published.headerNames()).doesNotContain("correlation-id").contains("bridge-headers-left-out", "ce_id");
        rig.broker.configure(WireRig.OUT, Map.of("max.message.bytes", "1048588"));
        assertThat(rig.simulator.orderPosts("narrow")).isEqualTo(1);
    }

    @Test
    void a_key_larger_than_the_topic_takes_is_cut() throws Exception {
        // Given
        byte[] key = random(1_200_000, 3);

        // When
        shop.send(new ProducerRecord<>(WireRig.IN, null, key, bytes("large-key"))).get(30, TimeUnit.SECONDS);

        // Then
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, each -> "large-key".equals(each.value()), PATIENCE);
        assertThat(letter.raw().key()).isEqualTo(Arrays.copyOf(key, letter.raw().key().length)).isNotEmpty();
        assertThat(trimmed(letter).path("key_bytes").intValue()).isEqualTo(key.length);
        assertThat(trimmed(letter).path("key_sha256").textValue()).isEqualTo(Fingerprint.of(key).sha256());
        assertThat(trimmed(letter).path("value_kept").intValue()).isEqualTo("large-key".length());
        awaitAllCommitted();
    }

    @Test
    void very_many_headers_and_one_with_a_huge_name_are_left_out_and_told_in_one_header() throws Exception {
        // Given
        List<Header> headers = new ArrayList<>();
        headers.add(header("content-type", bytes("text/html")));
        for (int i = 0; i < 60_000; i++) {
            headers.add(header("h" + i, bytes("v")));
        }
        headers.add(new RecordHeader("n".repeat(500_000), null));
        headers.add(header("ce_specversion", bytes("1.0")));

        // When
        send("many-headers", bytes("no order"), headers.toArray(Header[]::new));

        // Then
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "many-headers");
        JsonNode leftOut = JSON.readTree(letter.header("bridge-headers-left-out").orElseThrow());
        assertThat(letter.headerNames().size()).isLessThan(1020);
        assertThat(letter.headerNames()).contains("content-type", "h0", "ce_specversion");
        assertThat(letter.headerNames().stream().filter(name -> name.startsWith("h")).count() + leftOut.path("count").intValue())
            .isEqualTo(60_001);
        assertThat(letter.headers("bridge-headers-left-out")).hasSize(1);
        assertThat(letter.value()).isEqualTo("no order");
        awaitAllCommitted();
    }

    @Test
    void seventy_megabytes_of_zeros_in_a_record_of_some_kilobytes_are_dead_lettered() throws Exception {
        // When
        send("zeros", new byte[70_000_000]);

        // Then
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, each -> "zeros".equals(each.key()), PATIENCE);
        assertThat(trimmed(letter).path("value_bytes").intValue()).isEqualTo(70_000_000);
        awaitAllCommitted();
    }

    @Test
    void a_dead_letter_topic_that_takes_hardly_anything_gets_the_bare_reason() throws Exception {
        // Given
        rig.broker.configure(WireRig.DEAD, Map.of("max.message.bytes", "3000"));

        // When
        send("bare", random(100_000, 5), header("x-shop", random(2000, 6)));

        // Then
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "bare");
        assertThat(letter.value()).isEmpty();
        assertThat(trimmed(letter).path("value_bytes").intValue()).isEqualTo(100_000);
        assertThat(letter.headerNames()).doesNotContain("x-shop").contains("bridge-headers-left-out", "bridge-error-detail");
        rig.broker.configure(WireRig.DEAD, Map.of("max.message.bytes", "1048588"));
        awaitAllCommitted();
    }

    private static void send(String key, byte[] value, Header... headers) throws Exception {
        shop.send(new ProducerRecord<>(WireRig.IN, null, null, bytes(key), value, List.of(headers))).get(30, TimeUnit.SECONDS);
    }

    private static Header header(String name, byte[] value) {
        return new RecordHeader(name, value);
    }

    private static byte[] random(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode trimmed(ReceivedRecord letter) throws java.io.IOException {
        return JSON.readTree(letter.header("bridge-trimmed").orElseThrow());
    }

    private static void awaitAllCommitted() {
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
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
}
