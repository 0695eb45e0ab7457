package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.simulator.Simulator;
import org.trustpaybridge.simulator.SimulatorOptions;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** Topics of its own on a shared broker, one bridge on them at a time, and what operators do to topics and offsets. */
final class Scene implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String API_KEY = "scene-test-key-51b2";

    private final Stage stage;
    private final int managementPort = FreePorts.one();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("org.trustpaybridge");
    final Topics topics;
    private BridgeMain bridge;

    /** A broker and a simulator, for many scenes. */
    static final class Stage implements AutoCloseable {

        final EmbeddedBroker broker = EmbeddedBroker.started();
        final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0).withApiKey(API_KEY));
        final KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers());
        final Admin admin = broker.admin();

        /** Three partitions each. */
        Scene scene(String name) {
            return new Scene(this, Topics.named(name).createOn(broker, 3));
        }

        @Override
        public void close() {
            admin.close(Duration.ZERO);
            kafka.close();
            simulator.close();
            broker.close();
        }
    }

    private Scene(Stage stage, Topics topics) {
        this.stage = stage;
        this.topics = topics;
        log.start();
        root.addAppender(log);
    }

    // ---- the bridge

    void start() {
        start(Map.of());
    }

    void start(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of("KAFKA_BROKERS", stage.broker.bootstrapServers(),
            "MULTISAFEPAY_BASE_URL", stage.simulator.baseUri().toString(), "MULTISAFEPAY_API_KEY", API_KEY,
            "DELIVERY_CONCURRENCY", "16", "RETRY_INITIAL_DELAY", "20ms", "RETRY_MAX_DELAY", "200ms", "RETRY_UNCLEAR_ATTEMPTS", "2",
            "MANAGEMENT_PORT", Integer.toString(managementPort)));
        environment.putAll(topics.settings());
        environment.putAll(settings);
        bridge = new BridgeMain(new SettingsLoader(environment, new Properties()).load(Optional.empty()), Path.of("routes"), "test");
        bridge.start();
    }

    void stop() {
        if (bridge != null) {
            bridge.stop();
            bridge = null;
        }
    }

    String health() {
        try {
            return WireRig.HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/observe/health")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String metrics() throws IOException, InterruptedException {
        return WireRig.HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/observe/metrics")).build(),
            HttpResponse.BodyHandlers.ofString()).body();
    }

    List<String> conditions() throws Exception {
        return Arrays.asList((String[]) jmx().getAttribute(mbean(), "Conditions"));
    }

    int inFlight() throws Exception {
        return (Integer) jmx().getAttribute(mbean(), "InFlight");
    }

    Object operation(String name) throws Exception {
        return jmx().invoke(mbean(), name, null, null);
    }

    private static MBeanServer jmx() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private static ObjectName mbean() throws Exception {
        return new ObjectName("org.trustpaybridge:type=Bridge");
    }

    /** Lines of this event, as text with their fields. */
    List<String> logged(LogEvent event) {
        synchronized (log) {
            return List.copyOf(log.list).stream().filter(line -> has(line, event)).map(line -> line.getFormattedMessage() + " "
                + line.getKeyValuePairs()).toList();
        }
    }

    void forgetLog() {
        log.list.clear();
    }

    private static boolean has(ILoggingEvent line, LogEvent event) {
        List<KeyValuePair> pairs = line.getKeyValuePairs();
        return pairs != null && pairs.stream().anyMatch(pair -> pair.key.equals(LogEvent.KEY) && pair.value.equals(event.code()));
    }

    /** Runs a command with the settings of the bridge. */
    CommandRun command(String... arguments) throws IOException {
        Path file = Files.createTempFile("scene", ".properties");
        Map<String, String> settings = new HashMap<>(Map.of("kafka.brokers", stage.broker.bootstrapServers(), "kafka.group-id",
            topics.group(),
            "topic.order-created", topics.in(), "topic.payment-url-created", topics.out(), "topic.dead-letter", topics.dead(),
            "multisafepay.base-url", stage.simulator.baseUri().toString(), "multisafepay.api-key", API_KEY, "management.port", "0"));
        Files.write(file, settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
        try {
            return CommandRun.of(Stream.concat(Arrays.stream(arguments), Stream.of("--config", file.toString())).toArray(String[]::new));
        } finally {
            Files.delete(file);
        }
    }

    // ---- orders

    /** Publishes one order for each id, round the partitions. */
    List<String> publish(String prefix, int count) {
        List<String> ids = ids(prefix, count);
        for (int i = 0; i < count; i++) {
            publishAt(Instant.now(), i % 3, ids.get(i));
        }
        return ids;
    }

    List<String> publishAgo(Duration age, String prefix, int count) {
        List<String> ids = ids(prefix, count);
        for (int i = 0; i < count; i++) {
            publishAt(Instant.now().minus(age), i % 3, ids.get(i));
        }
        return ids;
    }

    void publishAt(Instant time, int partition, String id) {
        publishAt(time, partition, id, Events.order(id));
    }

    void publishAt(Instant time, int partition, String id, String value) {
        try (KafkaProducer<byte[], byte[]> shop = new KafkaProducer<>(Map.of("bootstrap.servers", stage.broker.bootstrapServers()),
            new ByteArraySerializer(), new ByteArraySerializer())) {
            shop.send(new ProducerRecord<>(topics.in(), partition, time.toEpochMilli(), id.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8))).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    /** Waits until each of these was published, and nothing more is to be done. */
    void awaitPublished(List<String> ids) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(published()).containsAll(ids));
    }

    void awaitDone() {
        await().atMost(PATIENCE).until(() -> lag() == 0);
    }

    List<String> published() {
        return stage.kafka.readAll(topics.out()).stream().map(ReceivedRecord::key).toList();
    }

    List<String> deadLetters() {
        return stage.kafka.readAll(topics.dead()).stream().map(ReceivedRecord::key).toList();
    }

    int posts(String id) {
        return stage.simulator.orderPosts(id);
    }

    /** Each of these was posted once, and has one payment URL. */
    void assertOnce(List<String> ids) {
        assertThat(ids).allSatisfy(id -> assertThat(posts(id)).as("POSTs of %s", id).isEqualTo(1));
        assertThat(published().stream().filter(ids::contains).toList()).containsExactlyInAnyOrderElementsOf(ids);
    }

    void assertNeverPosted(List<String> ids) {
        assertThat(ids).allSatisfy(id -> assertThat(posts(id)).as("POSTs of %s", id).isZero());
    }

    // ---- what operators do

    long lag() {
        return stage.kafka.lag(topics.group(), topics.in());
    }

    Map<TopicPartition, Long> committed() {
        return stage.kafka.committedOffsets(topics.group()).entrySet().stream().filter(each -> each.getValue() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }

    Map<TopicPartition, Long> ends() {
        return stage.kafka.endOffsets(topics.in());
    }

    /** Deletes the topic. */
    void deleteTopic(String topic) throws Exception {
        stage.admin.deleteTopics(List.of(topic)).all().get(20, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> !stage.admin.listTopics().names().get(10, TimeUnit.SECONDS).contains(topic));
    }

    void recreate(String topic, int partitions) throws Exception {
        deleteTopic(topic);
        stage.broker.createTopic(topic, partitions);
    }

    void createTopic(String topic, int partitions) {
        stage.broker.createTopic(topic, partitions);
    }

    void addPartitions(int total) throws Exception {
        stage.admin.createPartitions(Map.of(topics.in(), NewPartitions.increaseTo(total))).all().get(20, TimeUnit.SECONDS);
    }

    /** What Kafka does to an empty group after offsets.retention.minutes. */
    void forgetOffsets() {
        await().atMost(PATIENCE).ignoreExceptions().until(() ->
            stage.admin.deleteConsumerGroups(List.of(topics.group())).all().get(10, TimeUnit.SECONDS) == null);
    }

    /** What is noted beside the committed offsets. */
    Map<TopicPartition, String> notes() {
        return stage.kafka.committedOffsets(topics.group()).entrySet().stream().filter(each -> each.getValue() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().metadata()));
    }

    /** What {@code kafka-consumer-groups --reset-offsets} does. */
    void resetOffsets(Map<TopicPartition, Long> offsets) {
        resetOffsets(offsets, Map.of());
    }

    void resetOffsets(Map<TopicPartition, Long> offsets, Map<TopicPartition, String> notes) {
        Map<TopicPartition, OffsetAndMetadata> wanted = offsets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
            each -> new OffsetAndMetadata(each.getValue(), notes.getOrDefault(each.getKey(), ""))));
        await().atMost(PATIENCE).ignoreExceptions().until(() ->
            stage.admin.alterConsumerGroupOffsets(topics.group(), wanted).all().get(10, TimeUnit.SECONDS) == null);
    }

    /** Deletes all records of a topic that are there now. */
    void empty(String topic) throws Exception {
        deleteRecords(stage.kafka.endOffsets(topic));
    }

    void deleteRecords(Map<TopicPartition, Long> before) throws Exception {
        stage.admin.deleteRecords(before.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> RecordsToDelete.beforeOffset(each.getValue())))).all()
                .get(20, TimeUnit.SECONDS);
    }

    TopicPartition partition(int number) {
        return new TopicPartition(topics.in(), number);
    }

    @Override
    public void close() {
        stop();
        root.detachAppender(log);
    }
}
