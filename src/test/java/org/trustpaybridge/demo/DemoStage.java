package org.trustpaybridge.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaLaunch;
import org.trustpaybridge.testkit.SimulatorProcess;

/**
 * The programs of the demo. The broker and the shop run in this JVM; the simulator and the bridges are the packaged jar, as an operator has
 * it: one bridge for the bridge's own events, one with a mapping for a topic of another shape.
 */
final class DemoStage implements AutoCloseable {
    /** Any word will do for the simulator; this is no key to anything. */
    private static final String SIMULATOR_KEY = "demo-key";

    private final EmbeddedBroker broker;
    private final SimulatorProcess simulator;
    private final DemoShop shop;
    private final BridgeProcess bridge;
    private final BridgeProcess mapping;

    private DemoStage(EmbeddedBroker broker, SimulatorProcess simulator, DemoShop shop, BridgeProcess bridge, BridgeProcess mapping) {
        this.broker = broker;
        this.simulator = simulator;
        this.shop = shop;
        this.bridge = bridge;
        this.mapping = mapping;
    }

    /** Starts all and waits until the bridges are ready. What was started before something failed is left to the JVM's end. */
    static DemoStage set(DemoSettings settings) {
        Path directory = settings.directory();
        // Not config/ of this folder: what the visitor sets there is for a bridge of his own.
        Path config = directory.resolve("application.properties");
        try {
            Files.createDirectories(directory);
            Files.writeString(config, "# The demo sets its bridges up by their environment.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EmbeddedBroker broker = EmbeddedBroker.started(BrokerSettings.defaults().withPort(settings.brokerPort()));
        broker.createTopic(OrderDesk.ORDERS, 1);
        broker.createTopic(OrderDesk.WEBHOOKS, 1);
        // As docs/reliability.md recommends.
        Map<String, String> timeLimit = Map.of("message.timestamp.before.max.ms", "4000");
        broker.createTopic(OrderDesk.PAYMENTS, 1, timeLimit);
        broker.createTopic(OrderDesk.DEAD_LETTERS, 1, timeLimit);
        SimulatorProcess simulator = SimulatorProcess.started(
            BridgeProcess.command("simulator", "--host", "127.0.0.1", "--port", Integer.toString(settings.simulatorPort()))
                .environment("SIMULATOR_API_KEY", SIMULATOR_KEY).logTo(directory.resolve("simulator.log")));
        DemoShop shop = DemoShop.open(settings.shopPort(), broker.bootstrapServers(), SIMULATOR_KEY);
        Map<String, String> common = BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), SIMULATOR_KEY);
        Supplier<JavaLaunch> run = () -> BridgeProcess.command("run", "--config", config.toString());
        // Both at once, which takes the time of one and a half.
        BridgeProcess bridge = BridgeProcess.start(run.get().environment(common).environment(shop.settings())
            .logTo(directory.resolve("bridge.log")), settings.managementPort());
        BridgeProcess mapping = BridgeProcess.start(run.get().environment(common).environment(shop.settings())
            .environment("TOPIC_ORDER_CREATED", OrderDesk.WEBHOOKS).environment("KAFKA_GROUP_ID", "trustpay-bridge-webhooks")
            .environment("ORDER_MAPPING", DemoSettings.mapping().toAbsolutePath().toString())
                .logTo(directory.resolve("bridge-webhooks.log")), FreePorts.one());
        return new DemoStage(broker, simulator, shop, bridge.awaitReady(), mapping.awaitReady());
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What a shell exports for the commands to find broker, simulator, bridge and shop. */
    String commandSettings() {
        return "export KAFKA_BROKERS=" + bootstrapServers() + " MULTISAFEPAY_BASE_URL=" + simulator.baseUrl() + " MULTISAFEPAY_API_KEY="
            + SIMULATOR_KEY + " MANAGEMENT_PORT=" + bridge.management("/").getPort()
            + shop.settings().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(each -> " " + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining());
    }

    DemoShop shop() {
        return shop;
    }

    SimulatorProcess simulator() {
        return simulator;
    }

    BridgeProcess bridge() {
        return bridge;
    }

    BridgeProcess mapping() {
        return mapping;
    }

    @Override
    public void close() {
        // Asked first and waited for then, as both take their time to leave.
        mapping.process().terminate();
        bridge.close();
        mapping.close();
        shop.close();
        simulator.close();
        broker.close();
    }
}
