package org.trustpaybridge.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;

/** A real Kafka broker of one node on this machine, in this JVM ({@link EmbeddedBroker}) or its own ({@link BrokerProcess}). */
public interface Broker extends AutoCloseable {

    /** Host and port, for {@code bootstrap.servers}; the same over a stop and a start. */
    String bootstrapServers();

    /** Starts a broker. One that does not start is closed. */
    static <B extends Broker> B started(B broker) {
        try {
            broker.start();
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    /** Starts the broker, again with the same ports and data if it ran before; returns when it serves clients. */
    void start();

    /** Stops the broker in good order and keeps its data. Does nothing if it does not run. */
    void stop();

    /** Stops the broker and deletes the data directory it made. */
    @Override
    void close();

    /** Creates a topic with the broker's defaults. */
    default void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic, and waits until clients can see it: the controller answers before the broker knows.
     *
     * @param configs topic configurations, such as {@code cleanup.policy}; may be empty
     * @throws IllegalStateException if the broker refuses or does not answer within 30 s
     */
    default void createTopic(String name, int partitions, Map<String, String> configs) {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
            await(admin.createTopics(List.of(topic)).all());
            Awaitility.await("topic " + name).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).ignoreExceptions()
                .until(() -> admin.describeTopics(List.of(name)).allTopicNames().get(5, TimeUnit.SECONDS).get(name).partitions().size()
                    == partitions);
        }
    }

    /** Changes the configuration of a topic. */
    default void configure(String topic, Map<String, String> configs) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        List<AlterConfigOp> changes = configs.entrySet().stream()
            .map(each -> new AlterConfigOp(new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET)).toList();
        try (Admin admin = admin()) {
            await(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
        }
    }

    /** A new admin client, which the caller closes. */
    default Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    private static void await(KafkaFuture<?> future) {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
