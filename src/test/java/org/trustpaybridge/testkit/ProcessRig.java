package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A broker, the simulator, and as many bridges as a test starts, each a process of its own. */
public final class ProcessRig implements AutoCloseable {
    private static final String API_KEY = "test-key";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KillableBroker broker;
    private final SimulatorProcess simulator;
    private final KafkaProbe kafka;
    private final Path logs;
    private final Queue<BridgeProcess> bridges = new ConcurrentLinkedQueue<>();
    private final AtomicInteger started = new AtomicInteger();
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /**
     * Starts a broker and the simulator.
     *
     * @param logs folder for the output of the bridges, made if missing
     * @param simulatorSettings environment of the simulator
     */
    public ProcessRig(Path logs, Map<String, String> simulatorSettings) {
        this(logs, simulatorSettings, BrokerProcess.started());
    }

    /**
     * Starts the simulator.
     *
     * @param broker a running one, closed with the rig
     */
    public ProcessRig(Path logs, Map<String, String> simulatorSettings, KillableBroker broker) {
        try {
            this.logs = Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.broker = broker;
        simulator = SimulatorProcess.started(API_KEY, simulatorSettings);
        kafka = new KafkaProbe(broker.bootstrapServers());
    }

    public KillableBroker broker() {
        return broker;
    }

    public KafkaProbe kafka() {
        return kafka;
    }

    /** Makes topics that no other test uses. */
    public Topics topics(String suffix, int partitions) {
        return Topics.named(suffix).createOn(broker, partitions);
    }

    /**
     * Starts a bridge and does not wait for it.
     *
     * @param jvmOptions beside those that bound its memory, over which they win
     */
    public BridgeProcess startBridge(Topics topics, Map<String, String> settings, String... jvmOptions) {
        Map<String, String> environment =
            new HashMap<>(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), API_KEY));
        environment.putAll(topics.settings());
        environment.putAll(settings);
        Path log = logs.resolve(topics.group() + "-" + started.incrementAndGet() + ".log");
        JavaLaunch launch =
            BridgeProcess.command("run").jvmOption("-Xmx256m").jvmOption("-XX:TieredStopAtLevel=1").environment(environment).logTo(log);
        Stream.of(jvmOptions).forEach(launch::jvmOption);
        BridgeProcess bridge = BridgeProcess.start(launch, FreePorts.one());
        bridges.add(bridge);
        return bridge;
    }

    /** What share of the provider's calls goes wrong from now on, such as {@code 503=5%}, or {@code none}. */
    public void faults(String plan) {
        send(HttpRequest.newBuilder(control("faults")).PUT(HttpRequest.BodyPublishers.ofString(plan)));
    }

    /** The simulator's counts. */
    public JsonNode stats() {
        try {
            return JSON.readTree(send(HttpRequest.newBuilder(control("stats"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Orders that the provider got so many POSTs of, by that number, whatever it answered. */
    public Map<Integer, Long> ordersByPosts() {
        Map<Integer, Long> orders = new TreeMap<>();
        stats().path("orders_by_posts").properties().forEach(each -> orders.put(Integer.valueOf(each.getKey()), each.getValue().asLong()));
        return orders;
    }

    /** Ends one bridge, where other tests run beside this one. */
    public void close(BridgeProcess bridge) {
        bridge.process().signalIfAlive("CONT");
        bridge.process().kill();
        bridge.close();
        bridges.remove(bridge);
    }

    /** Ends the bridges, and keeps the broker and the simulator for the next test. */
    public void closeBridges() {
        bridges.forEach(bridge -> bridge.process().signalIfAlive("CONT"));
        bridges.forEach(bridge -> bridge.process().kill());
        bridges.forEach(BridgeProcess::close);
        bridges.clear();
    }

    @Override
    public void close() {
        closeBridges();
        kafka.close();
        simulator.close();
        broker.close();
    }

    private URI control(String name) {
        return simulator.baseUrl().resolve("/simulator/" + name);
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException("The simulator answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
