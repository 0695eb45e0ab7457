package org.trustpaybridge.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.JavaLaunch;
import org.trustpaybridge.testkit.SimulatorProcess;

/** The three programs of the demo. The broker runs in this JVM; the simulator and the bridge are the packaged jar, as an operator has it. */
final class DemoStage implements AutoCloseable {
    /** Any word will do for the simulator; this is no key to anything. */
    private static final String SIMULATOR_KEY = "demo-key";

    private final EmbeddedBroker broker;
    private final SimulatorProcess simulator;
    private final BridgeProcess bridge;

    private DemoStage(EmbeddedBroker broker, SimulatorProcess simulator, BridgeProcess bridge) {
        this.broker = broker;
        this.simulator = simulator;
        this.bridge = bridge;
    }

    /** Starts all three and waits until the bridge is ready. What was started before something failed is left to the JVM's end. */
    static DemoStage set(DemoSettings settings) {
        Path directory = settings.directory();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EmbeddedBroker broker = EmbeddedBroker.started(BrokerSettings.defaults().withPort(settings.brokerPort()));
        broker.createTopic(OrderDesk.ORDERS, 1);
        // As docs/reliability.md recommends.
        Map<String, String> timeLimit = Map.of("message.timestamp.before.max.ms", "4000");
        broker.createTopic(OrderDesk.PAYMENTS, 1, timeLimit);
        broker.createTopic(OrderDesk.DEAD_LETTERS, 1, timeLimit);
        SimulatorProcess simulator = SimulatorProcess.started(
            BridgeProcess.command("simulator", "--host", "127.0.0.1", "--port", Integer.toString(settings.simulatorPort()))
                .environment("SIMULATOR_API_KEY", SIMULATOR_KEY).logTo(directory.resolve("simulator.log")));
        JavaLaunch launch = BridgeProcess.command("run")
            .environment(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), SIMULATOR_KEY))
            .logTo(directory.resolve("bridge.log"));
        BridgeProcess bridge = BridgeProcess.start(launch, settings.managementPort()).awaitReady();
        return new DemoStage(broker, simulator, bridge);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What a shell exports for the commands to find all three. */
    String commandSettings() {
        return "export KAFKA_BROKERS=" + bootstrapServers() + " MULTISAFEPAY_BASE_URL=" + simulator.baseUrl() + " MULTISAFEPAY_API_KEY="
            + SIMULATOR_KEY + " MANAGEMENT_PORT=" + bridge.management("/").getPort();
    }

    SimulatorProcess simulator() {
        return simulator;
    }

    BridgeProcess bridge() {
        return bridge;
    }

    @Override
    public void close() {
        bridge.close();
        simulator.close();
        broker.close();
    }
}
