package org.trustpaybridge.danger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.BrokerProcess;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.HugeRecord;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** Records that are small on the broker and larger than the heap of the bridge, 256 MB, when they are unpacked, among good orders. */
class HugeRecordsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> CODECS = List.of("zstd", "gzip", "lz4", "snappy");

    private static ProcessRig rig;

    @BeforeAll
    static void start() {
        rig = new ProcessRig(Path.of("target", "danger"), Map.of());
    }

    @AfterEach
    void heal() {
        rig.closeBridges();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void a_record_larger_than_the_heap_becomes_a_dead_letter_that_says_where_it_is_and_all_orders_around_it_flow() throws Exception {
        Danger scene = new Danger(rig, "huge", Map.of());
        List<HugeRecord> huge = new ArrayList<>();
        List<String> orders = new ArrayList<>();
        for (int partition = 0; partition < CODECS.size(); partition++) {
            String codec = CODECS.get(partition);
            huge.add(new HugeRecord(scene.topics().in(), partition, codec, bytes(partition), "none", List.of(codec + "-1", codec + "-2"),
                List.of(codec + "-3", codec + "-4")));
            huge.add(new HugeRecord(scene.topics().in(), partition, codec, 10, "none", List.of(codec + "-5"), List.of(codec + "-6")));
            for (int i = 1; i <= 6; i++) {
                orders.add(codec + "-" + i);
            }
        }
        takesLarge(scene.topics().in());
        for (int partition = 0; partition < CODECS.size(); partition++) {
            // To find a time, a broker unpacks the batch that it may be in, which this one has no memory for.
            orders.add("first-" + partition);
            rig.kafka().publishTo(scene.topics().in(), partition, "first",
                new String(OrderEvents.order("first-" + partition, 1000), UTF_8));
        }
        HugeRecord.publish(rig.broker().bootstrapServers(), huge);

        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of());

        rig.kafka().awaitRecords(scene.topics().out(), orders.size(), PATIENCE);
        List<ReceivedRecord> letters = rig.kafka().awaitRecords(scene.topics().dead(), each -> each.header("bridge-trimmed").isPresent(), 4,
            PATIENCE);
        scene.awaitNothingLeft();
        assertThat(rig.kafka().readAll(scene.topics().out())).extracting(ReceivedRecord::key).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(rig.kafka().readAll(scene.topics().dead())).as("the huge ones and those of ten bytes").hasSize(8);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo("huge");
            assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
            assertThat(letter.header("bridge-error-detail").orElse("")).contains((bytes(letter) + 4) + " bytes");
            assertThat(letter.header("bridge-trimmed").orElse("")).contains("\"value_bytes\":" + bytes(letter),
                "\"value_sha256\":\"" + sha256OfZeros(bytes(letter)) + "\"", "\"value_kept\":16384", "record 3 of partition");
            assertThat(letter.header("correlation-id")).contains("c-1");
        });
        assertThat(bridge.process().isAlive()).isTrue();
        assertThat(bridge.process().standardOutput()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
        assertThat(bridge.process().standardOutput()).filteredOn(line -> line.contains("TPB0114")).hasSize(4).allSatisfy(line ->
            assertThat(line).containsPattern("record=in-huge-[0-3]@3 bytes=[14]00000004 letter=dead-huge-[0-3]@[0-9]+"));
        assertThat(bridge.get("/observe/metrics")).contains("trustpay_bridge_records_too_large_total 4.0");
        assertThat(bridge.get("/observe/health")).contains("\"status\":\"UP\"").doesNotContain("DOWN");
        assertThat(scene.postedTwice()).isZero();
        showAndReplay(scene, letters.get(0));
    }

    /** One is larger than the heap; the others are there for their codecs, as it takes its time to unpack them. */
    private static int bytes(int partition) {
        return partition == 0 ? 400_000_000 : 100_000_000;
    }

    private static int bytes(ReceivedRecord letter) {
        return bytes(Integer.parseInt(letter.header("__connect.errors.partition").orElseThrow()));
    }

    private static void showAndReplay(Danger scene, ReceivedRecord letter) {
        Map<String, String> settings = new HashMap<>(scene.topics().settings());
        settings.putAll(Map.of("KAFKA_BROKERS", rig.broker().bootstrapServers(), "MULTISAFEPAY_API_KEY", "test-key"));
        String place = letter.partition() + "@" + letter.offset();
        assertThat(command(settings, 0, "dead-letters", "show", place))
            .contains("16384 of " + bytes(letter) + " bytes", sha256OfZeros(bytes(letter)));
        assertThat(command(settings, null, "dead-letters", "replay", "--offsets", place, "--execute"))
            .contains("Larger than this process can hold", place,
            "Replayed 0 of 1");
        assertThat(command(settings, null, "map", "--from-topic", "100")).contains("in-huge-1@3 is left out: it has 100000004 bytes");
    }

    private static String command(Map<String, String> settings, Integer code, String... arguments) {
        try (JavaProcess process = BridgeProcess.command(arguments).jvmOption("-Xmx256m").environment(settings).start()) {
            int exit = process.awaitExit(PATIENCE);
            String said = (String.join(" ", process.standardOutput()) + " " + String.join(" ", process.standardError()))
                .replaceAll("\\s+", " ");
            assertThat(exit).as(said).satisfies(found -> assertThat(code == null || code.equals(found)).isTrue());
            return said;
        }
    }

    private static String sha256OfZeros(long bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] zeros = new byte[1_000_000];
            for (long left = bytes; left > 0; left -= zeros.length) {
                digest.update(zeros, 0, (int) Math.min(left, zeros.length));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_was_aborted_stays_aborted_however_large_it_is() {
        Danger scene = new Danger(rig, "huge-tx", Map.of());
        HugeRecord.publish(rig.broker().bootstrapServers(), List.of(
            new HugeRecord(scene.topics().in(), 1, "zstd", 100_000_000, "abort", List.of("aborted-1"), List.of("aborted-2")),
            new HugeRecord(scene.topics().in(), 1, "zstd", 100_000_000, "commit", List.of("committed-1"), List.of("committed-2"))));

        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of());

        rig.kafka().awaitRecord(scene.topics().out(), each -> each.key().equals("committed-2"), PATIENCE);
        scene.awaitNothingLeft();
        assertThat(rig.kafka().readAll(scene.topics().out())).extracting(ReceivedRecord::key)
            .containsExactlyInAnyOrder("committed-1", "committed-2");
        assertThat(rig.kafka().readAll(scene.topics().dead())).hasSize(1);
        assertThat(bridge.process().isAlive()).isTrue();
    }

    @Test
    @Tag("chaos")
    void a_record_that_is_not_packed_and_larger_than_a_fetch_is_read_in_part() throws Exception {
        Danger scene = new Danger(rig, "huge-plain", Map.of());
        takesLarge(scene.topics().in());
        HugeRecord.publish(rig.broker().bootstrapServers(), List.of(
            new HugeRecord(scene.topics().in(), 1, "none", 70_000_000, "none", List.of("plain-1"), List.of("plain-2")),
            new HugeRecord(scene.topics().in(), 2, "none", 70_000_000, "none", List.of("plain-3"), List.of("plain-4"))));

        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of());

        rig.kafka().awaitRecords(scene.topics().out(), 4, PATIENCE);
        List<ReceivedRecord> letters = rig.kafka().awaitRecords(scene.topics().dead(), 2, PATIENCE);
        scene.awaitNothingLeft();
        assertThat(letters).allSatisfy(letter -> assertThat(letter.header("bridge-trimmed").orElse(""))
            .contains("\"value_bytes\":70000000"));
        assertThat(bridge.process().isAlive()).isTrue();
    }

    /** Neither a file nor the heap has room for it: told, not silent, and the process lives. */
    @Test
    @Tag("chaos")
    void a_record_for_which_there_is_no_room_anywhere_is_named_and_the_others_flow() throws Exception {
        BrokerProcess broker = new BrokerProcess(BrokerSettings.defaults().with("socket.request.max.bytes", "500000000"),
            List.of("-XX:TieredStopAtLevel=1", "-Xmx1g"));
        broker.start();
        try (ProcessRig large = new ProcessRig(Path.of("target", "danger"), Map.of(), broker)) {
            Danger scene = new Danger(large, "no-room", Map.of());
            takesLarge(large, scene.topics().in(), 400_000_000);
            first(large, scene.topics());
            HugeRecord.publish(large.broker().bootstrapServers(), List.of(new HugeRecord(scene.topics().in(), 1, "none", 300_000_000,
                "none", List.of(), List.of("no-room-behind"))));

            BridgeProcess bridge = large.startBridge(scene.topics(), Map.of(), "-Djava.io.tmpdir=/proc");

            Danger.waiting(PATIENCE).until(() -> bridge.get("/observe/health").contains("A record cannot be read"));
            for (int i = 0; i < 20; i++) {
                String id = "beside-" + i;
                large.kafka().publishTo(scene.topics().in(), i % 2 == 0 ? 0 : 2, id, new String(OrderEvents.order(id, 1000), UTF_8));
                large.kafka().awaitRecord(scene.topics().out(), each -> id.equals(each.key()), PATIENCE);
            }
            assertThat(large.kafka().readAll(scene.topics().dead())).isEmpty();
            assertThat(bridge.process().isAlive()).isTrue();
        }
    }

    /** A broker sends the first batch of a fetch whole, and Kafka's client takes the whole answer before anybody can look at it. */
    @Test
    @Tag("chaos")
    void a_record_that_is_not_packed_and_larger_than_the_heap_is_a_dead_letter_too_and_its_partition_goes_on() throws Exception {
        BrokerProcess broker = new BrokerProcess(BrokerSettings.defaults().with("socket.request.max.bytes", "500000000"),
            List.of("-XX:TieredStopAtLevel=1", "-Xmx1g"));
        broker.start();
        try (ProcessRig large = new ProcessRig(Path.of("target", "danger"), Map.of(), broker)) {
            Danger scene = new Danger(large, "plain-300", Map.of());
            takesLarge(large, scene.topics().in(), 400_000_000);
            first(large, scene.topics());
            HugeRecord.publish(large.broker().bootstrapServers(), List.of(new HugeRecord(scene.topics().in(), 1, "none", 300_000_000,
                "none",
                List.of("plain-1"), List.of("plain-2"))));

            BridgeProcess bridge = large.startBridge(scene.topics(), Map.of());

            large.kafka().awaitRecords(scene.topics().out(), 3, PATIENCE);
            ReceivedRecord letter = large.kafka().awaitRecords(scene.topics().dead(), 1, PATIENCE).get(0);
            scene.awaitNothingLeft();
            assertThat(letter.header("bridge-trimmed").orElse("")).contains("\"value_bytes\":300000000", "value_sha256",
                "record 2 of partition 1");
            assertThat(bridge.get("/observe/health")).contains("\"status\":\"UP\"").doesNotContain("DOWN");
            assertThat(bridge.process().standardOutput()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
        }
    }

    @Test
    @Tag("chaos")
    void huge_records_on_the_outgoing_topics_are_passed_over_at_the_start_and_while_orders_flow_and_by_commands() throws Exception {
        Danger scene = new Danger(rig, "huge-out", Map.of());
        publishHugeTo(scene.topics().out(), 0, 100_000_000);
        publishHugeTo(scene.topics().dead(), 0, 100_000_000);

        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of()).awaitReady();

        rig.kafka().publish(scene.topics().in(), "first".getBytes(UTF_8), OrderEvents.order("out-first", 1000));
        rig.kafka().publish(scene.topics().in(), "bad".getBytes(UTF_8), "no order".getBytes(UTF_8));
        rig.kafka().awaitRecord(scene.topics().out(), each -> "out-first".equals(each.key()), PATIENCE);
        for (int partition = 0; partition < Danger.PARTITIONS; partition++) {
            publishHugeTo(scene.topics().out(), partition, 20_000_000);
            publishHugeTo(scene.topics().dead(), partition, 20_000_000);
        }
        rig.kafka().publish(scene.topics().in(), "again".getBytes(UTF_8), OrderEvents.order("out-first", 1000));
        rig.kafka().publish(scene.topics().in(), "second".getBytes(UTF_8), OrderEvents.order("out-second", 1000));
        rig.kafka().awaitRecord(scene.topics().out(), each -> "out-second".equals(each.key()), PATIENCE);
        scene.awaitNothingLeft();
        assertThat(scene.postedTwice()).isZero();
        assertThat(bridge.process().isAlive()).isTrue();
        assertThat(bridge.get("/observe/health")).contains("\"status\":\"UP\"");
        assertThat(bridge.process().standardOutput()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
        Map<String, String> settings = new HashMap<>(scene.topics().settings());
        settings.putAll(Map.of("KAFKA_BROKERS", rig.broker().bootstrapServers(), "MULTISAFEPAY_API_KEY", "test-key"));
        assertThat(command(settings, 0, "dead-letters", "list")).contains("INVALID_EVENT");
        assertThat(command(settings, 0, "dead-letters", "list", "--open")).contains("INVALID_EVENT");
        assertThat(command(settings, 0, "dead-letters", "replay", "--reason", "INVALID_EVENT")).doesNotContain("OutOfMemory");
    }

    /** To find a time, a broker unpacks the batch that it may be in, which this one has no memory for. */
    private static void first(ProcessRig rig, Topics topics) {
        rig.kafka().publishTo(topics.in(), 1, "first", new String(OrderEvents.order("first-of-" + topics.in(), 1000), UTF_8));
    }

    private static void publishHugeTo(String topic, int partition, int bytes) {
        HugeRecord.publish(rig.broker().bootstrapServers(), List.of(new HugeRecord(topic, partition, "zstd", bytes, "none", List.of(),
            List.of())));
    }

    @Test
    @Tag("chaos")
    void a_partition_that_waits_for_a_long_look_is_named_in_health_and_on_the_page_until_it_is_over() throws Exception {
        Danger scene = new Danger(rig, "long-look", Map.of());
        first(rig, scene.topics());
        HugeRecord.publish(rig.broker().bootstrapServers(), List.of(new HugeRecord(scene.topics().in(), 1, "gzip", 900_000_000, "none",
            List.of(), List.of("look-behind"))));
        rig.kafka().publishTo(scene.topics().in(), 2, "beside", new String(OrderEvents.order("look-beside", 1000), UTF_8));

        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of());

        Danger.waiting(PATIENCE).until(() -> bridge.get("/observe/health").contains("unpacked for long"));
        assertThat(bridge.get("/observe/health")).contains("DOWN", scene.topics().in() + "-1@1");
        assertThat(bridge.get("/status")).contains("LONG_LOOK");
        assertThat(bridge.get("/observe/metrics")).contains("trustpay_bridge_condition{condition=\"LONG_LOOK\"} 1.0");
        rig.kafka().awaitRecord(scene.topics().out(), each -> each.key().equals("look-beside"), PATIENCE);
        rig.kafka().awaitRecord(scene.topics().out(), each -> each.key().equals("look-behind"), PATIENCE);
        scene.awaitNothingLeft();
        assertThat(bridge.get("/observe/health")).contains("\"status\":\"UP\"").doesNotContain("DOWN");
        assertThat(bridge.get("/observe/metrics")).contains("trustpay_bridge_condition{condition=\"LONG_LOOK\"} 0.0");
    }

    private static void takesLarge(String topic) throws Exception {
        takesLarge(rig, topic, 100_000_000);
    }

    private static void takesLarge(ProcessRig rig, String topic, int bytes) throws Exception {
        try (Admin admin = rig.broker().admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET)))).all()
                    .get();
        }
    }

    @Test
    @Tag("chaos")
    void many_records_that_are_large_when_unpacked_are_read_a_few_at_a_time() {
        Danger scene = new Danger(rig, "large", Map.of());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", rig.broker().bootstrapServers(),
            "compression.type", "zstd", "max.request.size", 20_000_000), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 80; i++) {
                producer.send(new ProducerRecord<>(scene.topics().in(), 1, null, new byte[i % 2 == 0 ? 3_900_000 : 12_000_000]));
            }
        }
        rig.kafka().publish(scene.topics().in(), "behind".getBytes(), OrderEvents.order("large-behind", 1000));

        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of());

        rig.kafka().awaitRecord(scene.topics().out(), each -> each.key().equals("large-behind"), PATIENCE);
        rig.kafka().awaitRecords(scene.topics().dead(), 80, PATIENCE);
        scene.awaitNothingLeft();
        assertThat(bridge.process().isAlive()).isTrue();
        assertThat(bridge.process().standardOutput()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    @Test
    @Tag("chaos")
    void partitions_full_of_records_as_large_as_topics_take_do_not_fill_the_heap() {
        Topics topics = rig.topics("wide", 40);
        byte[] noise = new byte[1_000_000];
        new Random(7).nextBytes(noise);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", rig.broker().bootstrapServers()),
            new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 200; i++) {
                producer.send(new ProducerRecord<>(topics.in(), i % 40, null, noise));
            }
            for (int i = 0; i < 40; i++) {
                producer.send(new ProducerRecord<>(topics.in(), i, null, OrderEvents.order("wide-" + i, 1000)));
            }
        }

        BridgeProcess bridge = rig.startBridge(topics, Map.of());

        rig.kafka().awaitRecords(topics.out(), 40, PATIENCE);
        Danger.waiting(PATIENCE).until(() -> rig.kafka().lag(topics.group(), topics.in()) == 0);
        assertThat(rig.kafka().readAll(topics.out())).hasSize(40);
        assertThat(rig.kafka().readAll(topics.dead())).hasSize(200);
        assertThat(bridge.process().isAlive()).isTrue();
        assertThat(bridge.process().standardOutput()).noneMatch(line -> line.contains("OutOfMemory") || line.contains("TPB0309"));
    }
}
