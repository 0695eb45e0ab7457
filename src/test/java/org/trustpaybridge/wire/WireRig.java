package org.trustpaybridge.wire;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.simulator.Simulator;
import org.trustpaybridge.simulator.SimulatorOptions;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.KafkaProbe;

/** A broker, a simulator and a bridge between them, with the routes of this project and short waits. */
final class WireRig implements AutoCloseable {

    /** Speaks HTTP/1.1, as browsers and Prometheus do. By itself Java's client changes to HTTP/2, and then hung now and then. */
    static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static final String IN = "order-created";
    static final String OUT = "payment-url-created";
    static final String DEAD = "order-created.dlq";
    static final String GROUP = "trustpay-bridge";
    static final String API_KEY = "wire-test-key-9f27c1";

    final EmbeddedBroker broker;
    final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0).withApiKey(API_KEY));
    final KafkaProbe kafka;
    private final Ending ending;
    private final Map<String, String> environment;
    /** Camel takes its own settings from the process, where a test cannot put them, or from the file. */
    private final Path file = Files.createTempFile("bridge", ".properties");
    BridgeMain bridge;
    final int managementPort = FreePorts.one();

    WireRig(Map<String, String> overrides) throws Exception {
        this(BrokerSettings.defaults(), overrides);
    }

    /** @param more topics that are there beside the three */
    WireRig(List<String> more, Map<String, String> overrides) throws Exception {
        this(BrokerSettings.defaults(), overrides, Ending.none(), more);
    }

    /** @param ending told of ends that the bridge's process would come to */
    WireRig(Map<String, String> overrides, Ending ending) throws Exception {
        this(BrokerSettings.defaults(), overrides, ending);
    }

    WireRig(BrokerSettings settings, Map<String, String> overrides) throws Exception {
        this(settings, overrides, Ending.none());
    }

    private WireRig(BrokerSettings settings, Map<String, String> overrides, Ending ending) throws Exception {
        this(settings, overrides, ending, List.of());
    }

    private WireRig(BrokerSettings settings, Map<String, String> overrides, Ending ending, List<String> more) throws Exception {
        this.ending = ending;
        broker = EmbeddedBroker.started(settings);
        for (String topic : new String[] {IN, OUT, DEAD}) {
            broker.createTopic(topic, 3, Map.of());
        }
        for (String topic : more) {
            broker.createTopic(topic, 3, Map.of());
        }
        kafka = new KafkaProbe(broker.bootstrapServers());
        environment = new HashMap<>(Map.of(
            "KAFKA_BROKERS", broker.bootstrapServers(),
            "MULTISAFEPAY_BASE_URL", simulator.baseUri().toString(),
            "MULTISAFEPAY_API_KEY", API_KEY,
            "MULTISAFEPAY_RESPONSE_TIMEOUT", "1500ms",
            "DELIVERY_CONCURRENCY", "16",
            "RETRY_INITIAL_DELAY", "20ms",
            "RETRY_MAX_DELAY", "200ms",
            "RETRY_UNCLEAR_ATTEMPTS", "2",
            "MANAGEMENT_PORT", Integer.toString(managementPort)));
        set(overrides);
        startBridge();
    }

    /** What is in force from the next start of the bridge on: variables, and settings of Camel in place of those before. */
    void set(Map<String, String> overrides) throws IOException {
        Properties camel = new Properties();
        overrides.forEach((key, value) -> {
            if (key.startsWith("camel.")) {
                camel.setProperty(key, value);
            } else {
                environment.put(key, value);
            }
        });
        try (Writer out = Files.newBufferedWriter(file)) {
            camel.store(out, null);
        }
    }

    void startBridge() {
        bridge = new BridgeMain(new SettingsLoader(environment, new Properties()).load(Optional.of(file)), Path.of("routes"), "test",
            ending);
        bridge.start();
    }

    void stopBridge() {
        bridge.stop();
    }

    /** Stops the bridge in an orderly way and starts another one with the same settings. */
    void restartBridge() {
        stopBridge();
        startBridge();
    }

    /** Publishes an event and waits for its acknowledgement. */
    void publish(String key, String event, org.apache.kafka.common.header.Header... headers) {
        kafka.publish(IN, key, event, headers);
    }

    /** What the management port answers, with headers. */
    HttpResponse<String> answer(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).build(),
            HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws Exception {
        bridge.stop();
        kafka.close();
        simulator.close();
        broker.close();
        Files.deleteIfExists(file);
    }
}
