package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clients of Kafka for commands, with the brokers, TLS and SASL of {@code camel.component.kafka.*}. Camel itself binds those settings, onto
 * an endpoint that is never started, so that a command reaches Kafka exactly as the routes do, or fails as they would. Nothing connects
 * before a client is asked for. The caller closes the clients.
 */
public final class KafkaClients implements AutoCloseable {

    /** Longest wait of one call for its answer. */
    public static final Duration ANSWER = Duration.ofSeconds(10);

    private static final List<String> GROUP = List.of(CommonClientConfigs.GROUP_ID_CONFIG, CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CommonClientConfigs.CLIENT_ID_CONFIG);

    private final Main main = new Main();
    private final KafkaEndpoint endpoint;

    /**
     * @param properties checked settings in the form of Camel's placeholders, with the {@code camel.*} keys of file and environment
     * @throws KafkaException when Camel cannot bind them, or Kafka refuses them; the message has no value that may be a secret
     */
    public KafkaClients(Map<String, String> properties) {
        CamelKafkaSettings.apply(main, properties);
        main.setAppName("trustpay-bridge");
        main.addOverrideProperty("camel.main.routes-include-pattern", "false");
        main.addOverrideProperty("camel.main.startup-summary-level", "Off");
        main.addOverrideProperty("camel.main.jmx-enabled", "false");
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addOverrideProperty("camel.server.enabled", "false");
        try {
            main.init();
            endpoint = main.getCamelContext().getEndpoint("kafka:any", KafkaEndpoint.class);
        } catch (RuntimeException e) {
            main.stop();
            throw CamelKafkaSettings.refusal(e).<KafkaException>map(refusal -> new InvalidConfigurationException(refusal.getMessage()))
                .orElseGet(() -> new KafkaException("The settings of Camel's Kafka component cannot be used: " + deepest(e).getMessage()));
        }
    }

    private static Throwable deepest(Throwable failure) {
        return failure.getCause() == null ? failure : deepest(failure.getCause());
    }

    /** @return a client that asks and changes nothing by itself */
    public Admin admin() {
        Properties properties = common(endpoint.getConfiguration().createConsumerProperties(), AdminClientConfig.configNames());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        return Admin.create(Profiled.fitAdmin(properties));
    }

    /** @return asks for partitions and their ends */
    public TopicQuestions questions() {
        return new TopicQuestions(admin(), ANSWER);
    }

    /** @return a consumer without a group: partitions are assigned by hand, it cannot commit, and it creates no topic */
    public Consumer<byte[], byte[]> reader() {
        return new BoundedConsumer(readerProperties());
    }

    /**
     * @param atMost records that a poll returns at most
     * @return as {@link #reader()}
     */
    public Consumer<byte[], byte[]> reader(int atMost) {
        Properties properties = readerProperties();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, atMost);
        return new BoundedConsumer(properties);
    }

    private Properties readerProperties() {
        Properties properties = common(endpoint.getConfiguration().createConsumerProperties(), ConsumerConfig.configNames());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, ClientDefaults.ISOLATION);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        // A reader that is done waits for its fetch under way, which brokers answer after half a second unless told otherwise.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        properties.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return properties;
    }

    /** @return a producer whose records count as published when every replica in sync has them, and are written once each */
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Profiled.fitProducer(producerProperties()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Properties producerProperties() {
        Properties properties = common(endpoint.getConfiguration().createProducerProperties(), ProducerConfig.configNames());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER.toMillis());
        properties.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return properties;
    }

    /**
     * @param limit the largest request in bytes; what a record may have is then up to the broker
     * @return a producer for records that other producers made, which may be as large as the broker takes
     */
    public Producer<byte[], byte[]> producerForLarge(int limit) {
        Properties properties = producerProperties();
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, limit);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) limit);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3 * (int) ANSWER.toMillis());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(Profiled.fitProducer(properties), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * @param group   a group of the command's own, never that of the bridge
     * @param session after what time a member that was killed is given up
     * @return a member of the group that commits only when told to, and starts at the end
     */
    public Consumer<byte[], byte[]> member(String group, Duration session) {
        Properties properties = readerProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis());
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.dividedBy(4).toMillis());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        return new BoundedConsumer(properties);
    }

    /** @return bootstrap servers, for messages */
    public String brokers() {
        return endpoint.getConfiguration().getBrokers();
    }

    private Properties common(Properties made, Set<String> known) {
        KafkaConfiguration configuration = endpoint.getConfiguration();
        Properties properties = new Properties();
        made.forEach((name, value) -> {
            String key = name.toString();
            if (!GROUP.contains(key) && (known.contains(key) || key.startsWith("sasl.") || key.startsWith("ssl.")
                || key.equals(Profiled.KEY))) {
                properties.put(key, value);
            }
        });
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, configuration.getBrokers());
        return properties;
    }

    @Override
    public void close() {
        main.stop();
    }
}
