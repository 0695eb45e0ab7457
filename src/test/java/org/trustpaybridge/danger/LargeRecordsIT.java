package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Records whose dead letters fit into no topic, with Kafka's default limits, against the packaged program. */
@Tag("chaos")
class LargeRecordsIT {
    /** What a topic with Kafka's usual limit just takes. */
    private static final int LARGEST = 1_048_448;
    private static final int LARGE = 70;
    private static final int GOOD = 300;

    private static ProcessRig rig;
    private static KafkaProducer<byte[], byte[]> shop;

    @BeforeAll
    static void start() {
        rig = new ProcessRig(Path.of("target", "danger"), Map.of());
        shop = new KafkaProducer<>(Map.of("bootstrap.servers", rig.broker().bootstrapServers(), "max.request.size", "10000000"),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        shop.close();
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trim", "hold"})
    void good_orders_flow_and_every_url_fits(String oversize) throws Exception {
        try (BadOrders scene = new BadOrders(rig, "large-" + oversize, 3, Duration.ofMinutes(15),
            Map.of("DEAD_LETTER_OVERSIZE", oversize), "-Xmx256m")) {
            for (int i = 0; i < LARGE; i++) {
                send(scene, "large-" + i, random(LARGEST, i));
            }
            scene.good(GOOD);
            scene.awaitGood(Duration.ofSeconds(90));

            if (oversize.equals("trim")) {
                List<ReceivedRecord> letters = rig.kafka().awaitRecords(scene.topics().dead(), LARGE, Duration.ofSeconds(60));
                assertThat(letters).allSatisfy(letter -> assertThat(letter.headerNames()).contains("bridge-trimmed"));
                Danger.waiting(Duration.ofSeconds(20)).until(() -> rig.kafka().lag(scene.topics().group(), scene.topics().in()) == 0);
            } else {
                scene.awaitCondition("DEAD_LETTERS_TOO_LARGE", Duration.ofSeconds(20));
                assertThat(Health.of(scene.bridge())).contains("DOWN", "large-hold");
                assertThat(rig.kafka().readAll(scene.topics().dead())).isEmpty();
            }
            roomier(scene.topics().in());
            send(scene, scene.name() + "-correlation", order(scene.name() + "-correlation"),
                header("correlation-id", random(1_100_000, 1)));
            send(scene, scene.name() + "-header", order(scene.name() + "-header"), header("x-large", random(1_000_000, 2)));
            List<Header> many = new ArrayList<>();
            IntStream.range(0, 1000).forEach(i -> many.add(header("h" + i, random(1_000, i))));
            send(scene, scene.name() + "-headers", order(scene.name() + "-headers"), many.toArray(Header[]::new));
            send(scene, scene.name() + "-bad-headers", bytes("no order"), many.toArray(Header[]::new));
            for (String id : List.of("-correlation", "-header", "-headers")) {
                rig.kafka().awaitRecord(scene.topics().out(), scene.name() + id);
            }
            ReceivedRecord letter = rig.kafka().awaitRecord(scene.topics().dead(), scene.name() + "-bad-headers");
            assertThat(letter.headerNames()).contains("bridge-headers-left-out");
            assertThat(scene.conditionsSeen()).doesNotContain("HELD_FULL", "WAITING_FULL", "NO_ANSWER");
        }
    }

    private static void roomier(String topic) throws Exception {
        try (Admin admin = rig.broker().admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry("max.message.bytes", "3000000"), AlterConfigOp.OpType.SET)))).all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(BadOrders scene, String key, byte[] value, Header... headers) throws Exception {
        shop.send(new ProducerRecord<>(scene.topics().in(), null, null, bytes(key), value, List.of(headers))).get(30, TimeUnit.SECONDS);
    }

    private static byte[] order(String id) {
        return OrderEvents.order(id, 1000);
    }

    private static Header header(String name, byte[] value) {
        return new RecordHeader(name, value);
    }

    private static byte[] random(int size, int seed) {
        byte[] random = new byte[size];
        new Random(seed).nextBytes(random);
        return random;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
