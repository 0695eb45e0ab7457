package org.trustpaybridge.testkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a test broker is set up.
 *
 * @param port for clients, on the loopback address
 * @param controllerPort for the broker's own controller, on the loopback address
 * @param dataDirectory where its data lie; made if missing. {@code null}: a temporary one, deleted on close
 * @param autoCreateTopics whether a topic appears by being used
 * @param overrides further broker settings, which win over those made here
 */
public record BrokerSettings(int port, int controllerPort, Path dataDirectory, boolean autoCreateTopics,
                             Map<String, String> overrides) {
    private static final String NODE_ID = "node.id";

    public BrokerSettings {
        if (port < 1 || port > 65_535 || controllerPort < 1 || controllerPort > 65_535 || port == controllerPort) {
            throw new IllegalArgumentException("Two different ports are needed, not " + port + " and " + controllerPort);
        }
        overrides = Map.copyOf(overrides);
    }

    /** Free ports, a temporary directory, and no topic unless it is created. */
    public static BrokerSettings defaults() {
        List<Integer> ports = FreePorts.pick(2);
        return new BrokerSettings(ports.get(0), ports.get(1), null, false, Map.of());
    }

    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(newPort, controllerPort, dataDirectory, autoCreateTopics, overrides);
    }

    public BrokerSettings withDataDirectory(Path directory) {
        return new BrokerSettings(port, controllerPort, directory, autoCreateTopics, overrides);
    }

    public BrokerSettings withAutoCreateTopics() {
        return new BrokerSettings(port, controllerPort, dataDirectory, true, overrides);
    }

    public BrokerSettings with(String key, String value) {
        Map<String, String> more = new HashMap<>(overrides);
        more.put(key, value);
        return new BrokerSettings(port, controllerPort, dataDirectory, autoCreateTopics, more);
    }

    /**
     * With a second listener for clients, over TLS and with a login by SCRAM-SHA-512.
     *
     * @param securePort  where it listens, on the loopback address
     * @param certificate of the broker
     */
    public BrokerSettings withSecure(int securePort, TestCertificate certificate) {
        return withListener("SECURE", securePort, "SASL_SSL")
            .with("sasl.enabled.mechanisms", "SCRAM-SHA-512")
            .with("listener.name.secure.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;")
            .with("ssl.keystore.location", certificate.keyStore().toString())
            .with("ssl.keystore.type", "PKCS12")
            .with("ssl.keystore.password", TestCertificate.PASSWORD);
    }

    /**
     * With a further listener for clients, on the loopback address. {@code listener.name.NAME.} are its own settings.
     *
     * @param name     in capitals
     * @param at       its port
     * @param protocol such as {@code SASL_SSL}
     */
    public BrokerSettings withListener(String name, int at, String protocol) {
        String listener = "," + name + "://127.0.0.1:" + at;
        return with("listeners", overrides.getOrDefault("listeners", ownListeners()) + listener)
            .with("advertised.listeners", overrides.getOrDefault("advertised.listeners", "CLIENT://127.0.0.1:" + port) + listener)
            .with("listener.security.protocol.map",
                overrides.getOrDefault("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT") + "," + name + ":"
                    + protocol);
    }

    private String ownListeners() {
        return "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort;
    }

    /** Host and port for clients, as it is advertised. */
    public String bootstrapServers() {
        return overrides.getOrDefault("advertised.listeners", "CLIENT://127.0.0.1:" + port).replaceFirst("^CLIENT://", "").split(",")[0];
    }

    /** 1, unless it was set otherwise for a cluster. */
    int nodeId() {
        return Integer.parseInt(overrides.getOrDefault(NODE_ID, "1"));
    }

    /**
     * Settings of brokers that are one cluster, which keeps each record on all of them, and acknowledges it once two have it.
     *
     * @param count how many, at least 2
     */
    static List<BrokerSettings> cluster(int count) {
        List<BrokerSettings> nodes = IntStream.rangeClosed(1, count)
            .mapToObj(id -> defaults().with(NODE_ID, Integer.toString(id))).toList();
        String voters = nodes.stream().map(BrokerSettings::voter).collect(Collectors.joining(","));
        String replicas = Integer.toString(count);
        return nodes.stream().map(node -> node.with("controller.quorum.voters", voters)
            .with("default.replication.factor", replicas)
            .with("offsets.topic.replication.factor", replicas)
            .with("transaction.state.log.replication.factor", replicas)
            .with("transaction.state.log.min.isr", "2")
            .with("min.insync.replicas", "2")
            .with("controlled.shutdown.enable", "true")).toList();
    }

    private String voter() {
        return nodeId() + "@127.0.0.1:" + controllerPort;
    }

    /** The broker's own properties for data in this directory. */
    Properties toProperties(Path directory) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put(NODE_ID, "1");
        properties.put("listeners", ownListeners());
        properties.put("advertised.listeners", "CLIENT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "CLIENT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", voter());
        properties.put("log.dirs", directory.toString());
        properties.put("auto.create.topics.enable", Boolean.toString(autoCreateTopics));
        properties.put("num.partitions", "1");
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "5");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "5");
        // A test does not wait 3 s for further members of a group.
        properties.put("group.initial.rebalance.delay.ms", "0");
        // After kill -9 the controller holds the broker for alive until its session ends, and with 9 s a restart takes 12 s.
        properties.put("broker.session.timeout.ms", "1500");
        properties.put("broker.heartbeat.interval.ms", "300");
        properties.put("controlled.shutdown.enable", "false");
        // 128 MiB in one piece by default, for each broker in this JVM.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.putAll(overrides);
        return properties;
    }
}
