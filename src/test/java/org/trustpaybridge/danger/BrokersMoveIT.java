package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.BrokerProcess;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.TcpForwarder;
import org.trustpaybridge.testkit.Topics;

/** All brokers that a bridge knows are gone, and others stand behind the address, or the name, from its settings. */
class BrokersMoveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOST = "kafka.example.test";

    @TempDir
    private Path folder;
    private Path hosts;
    private BrokerSettings before;
    private BrokerSettings after;
    private BrokerProcess first;
    private BrokerProcess second;
    private ProcessRig rig;

    @BeforeEach
    void start() throws IOException {
        hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
        before = BrokerSettings.defaults().withDataDirectory(Files.createDirectory(folder.resolve("data")));
        after = before.withPort(FreePorts.one());
        first = BrokerProcess.started(before);
        rig = new ProcessRig(Path.of("target", "danger"), Map.of(), first);
    }

    @AfterEach
    void stop() {
        rig.close();
        if (second != null) {
            second.close();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void other_brokers_behind_the_same_address_are_found_within_seconds() {
        try (TcpForwarder address = new TcpForwarder(before.port())) {
            Topics topics = rig.topics("address", 2);
            BridgeProcess bridge = rig.startBridge(topics, Map.of("KAFKA_BROKERS", address.address())).awaitReady();
            publish(before, topics, "before");

            first.stop();
            second = BrokerProcess.started(after);
            address.leadTo(after.port());

            awaitWork(bridge, topics, after);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_name_is_waited_for_and_where_it_leads_to_later_is_found_within_seconds() throws Exception {
        // Given
        Topics topics = rig.topics("name", 2);
        after = before.with("listeners", "CLIENT://127.0.0.2:%d,CONTROLLER://127.0.0.1:%d".formatted(before.port(),
            before.controllerPort()))
            .with("advertised.listeners", "CLIENT://127.0.0.2:" + before.port());
        Map<String, String> settings = Map.of("KAFKA_BROKERS", HOST + ":" + before.port(),
            "JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
        BridgeProcess bridge = rig.startBridge(topics, settings);
        bridge.process().awaitLine(line -> line.contains("TPB0301") && line.contains("no name in kafka.brokers resolves: " + HOST),
            PATIENCE);
        assertThat(Health.of(bridge)).contains("DOWN", "Waiting for Kafka");
        assertThat(bridge.process().standardOutput()).noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
        try (JavaProcess check = check(topics, settings)) {
            check.awaitLine(line -> line.contains("resolved: " + HOST), PATIENCE);
            assertThat(check.awaitExit(PATIENCE)).isEqualTo(1);
        }

        // When
        resolve("127.0.0.1");
        publish(before, topics, "before");
        first.stop();
        second = BrokerProcess.started(after);
        resolve("127.0.0.2");

        // Then
        awaitWork(bridge, topics, after);
    }

    private void resolve(String address) throws IOException {
        Files.writeString(hosts, "127.0.0.1 localhost\n" + address + " " + HOST + "\n");
    }

    private static JavaProcess check(Topics topics, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(topics.settings());
        all.putAll(settings);
        all.put("MULTISAFEPAY_API_KEY", "any");
        all.put("MULTISAFEPAY_BASE_URL", "http://127.0.0.1:9/v1/json");
        return BridgeProcess.command("check").environment(all).start();
    }

    /** Orders are read, payment URLs and dead letters are published, and what was published before is known. */
    private static void awaitWork(BridgeProcess bridge, Topics topics, BrokerSettings broker) {
        Instant moved = Instant.now();
        publish(broker, topics, "after");
        System.out.println(topics.in() + ": orders flow " + Duration.between(moved, Instant.now()).toMillis() + " ms after the move");
        try (KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers())) {
            kafka.publish(topics.in(), "poison", "no order");
            kafka.awaitRecord(topics.dead(), "poison");
            kafka.publish(topics.in(), "before", order("before"));
            bridge.process().awaitLine(line -> line.contains("TPB0103") && line.contains("order_id=before"), PATIENCE);
            Danger.waiting(PATIENCE).until(() -> Health.of(bridge).contains("\"orders\",\"status\":\"UP\""));
        }
    }

    private static void publish(BrokerSettings broker, Topics topics, String id) {
        try (KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers())) {
            kafka.publish(topics.in(), id, order(id));
            kafka.awaitRecord(topics.out(), id);
        }
    }

    private static String order(String id) {
        return new String(OrderEvents.order(id, 1000), StandardCharsets.UTF_8);
    }
}
