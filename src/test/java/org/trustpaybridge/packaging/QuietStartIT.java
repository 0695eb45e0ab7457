package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaLaunch;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.SimulatorProcess;
import org.trustpaybridge.testkit.Topics;

/**
 * Nothing is written to standard error by a program that is well, on each Java that is installed here: from JDK 24 on, libraries that
 * reach below Java (Netty, the codecs of Kafka) have it warn.
 */
class QuietStartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "quiet-start-key";
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    /** What a Prometheus accepts that asks for protocol buffers first. */
    private static final String SCRAPE = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
        + "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private static EmbeddedBroker broker;
    private static Path launcher;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        String archive = Path.of(System.getProperty("bridge.archive")).toAbsolutePath().toString();
        assertThat(new ProcessBuilder("tar", "-xzf", archive, "--strip-components=1").directory(directory.toFile()).start().waitFor())
            .isZero();
        launcher = directory.resolve("bin/trustpay-bridge");
        broker = EmbeddedBroker.started();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest(name = "Java {0}")
    @MethodSource("javas")
    void a_program_that_is_well_writes_nothing_to_standard_error(String version, Path home) throws Exception {
        // Given
        Topics topics = Topics.named("java-" + version).createOn(broker, 1);
        Topics others = Topics.named("launched-by-java-" + version).createOn(broker, 1);
        publishWithEachCodec(topics.in());
        publishWithEachCodec(others.in());
        try (SimulatorProcess simulator = SimulatorProcess.started(BridgeProcess.command("simulator", "--port", "0").java(home)
                .environment("SIMULATOR_API_KEY", KEY));
             BridgeProcess plain = start(BridgeProcess.command("run").java(home), simulator, topics);
             BridgeProcess launched = start(JavaProcess.ofScript(launcher, List.of("run")).environment("JAVA_HOME", home.toString()),
                 simulator, others)) {
            // When
            awaitPaymentUrls(topics.out());
            awaitPaymentUrls(others.out());
            for (BridgeProcess bridge : List.of(plain, launched)) {
                scrape(bridge);
                bridge.process().terminate();
            }

            // Then
            for (BridgeProcess bridge : List.of(plain, launched)) {
                assertThat(bridge.process().awaitExit(PATIENCE)).isZero();
                assertThat(bridge.process().standardError()).isEmpty();
            }
            simulator.process().terminate();
            assertThat(simulator.process().awaitExit(PATIENCE)).isZero();
            assertThat(simulator.process().standardError()).isEmpty();
        }
    }

    private static BridgeProcess start(JavaLaunch launch, SimulatorProcess simulator, Topics topics) {
        Map<String, String> settings = new HashMap<>(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), KEY));
        settings.putAll(topics.settings());
        return BridgeProcess.start(launch.environment(settings), FreePorts.one());
    }

    private static void publishWithEachCodec(String topic) {
        for (String codec : CODECS) {
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers(),
                "compression.type", codec, "acks", "all"), new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(topic, OrderEvents.order("packed-with-" + codec, 1000)));
            }
        }
    }

    private static void awaitPaymentUrls(String topic) {
        try (KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers())) {
            kafka.awaitRecords(topic, CODECS.size(), PATIENCE);
        }
    }

    private static void scrape(BridgeProcess bridge) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (String path : List.of("/observe/metrics", "/observe/health", "/", "/status")) {
            HttpRequest request = HttpRequest.newBuilder(bridge.management(path)).header("Accept", SCRAPE).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        }
    }

    /** The Java of this test, and those of 17 or newer in the place where Linux distributions put them; one of each version. */
    static Stream<Object[]> javas() throws IOException {
        Map<String, Path> homes = new LinkedHashMap<>();
        homes.put(Integer.toString(Runtime.version().feature()), Path.of(System.getProperty("java.home")));
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> found = Files.list(installed)) {
                for (Path home : found.sorted().toList()) {
                    version(home).ifPresent(version -> homes.putIfAbsent(version, home));
                }
            }
        }
        return homes.entrySet().stream().map(java -> new Object[] {java.getKey(), java.getValue()});
    }

    private static Optional<String> version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        }
        int feature = Runtime.Version.parse(properties.getProperty("JAVA_VERSION", "\"1\"").replace("\"", "")).feature();
        return feature >= 17 ? Optional.of(Integer.toString(feature)) : Optional.empty();
    }
}
