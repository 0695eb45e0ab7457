package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Properties;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What it is asked with where to read from. For one thread. */
final class PositionClients implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Properties ofGroup;
    private Admin admin;

    /** @param ofGroup properties of a consumer of the group */
    PositionClients(Properties ofGroup) {
        this.ofGroup = ofGroup;
    }

    String group() {
        return ofGroup.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
    }

    /**
     * Some questions of Kafka's client (3.9) begin with one for the brokers, which takes its time from the settings: a minute unless told.
     */
    Admin admin() {
        if (admin == null) {
            Properties properties = ClientDefaults.ofAdmin(ofGroup);
            properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
            properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
            admin = Admin.create(Profiled.fitAdmin(properties));
        }
        return admin;
    }

    /** A consumer without a group: it cannot commit, and it creates no topic. */
    Consumer<byte[], byte[]> reader(int atMost) {
        Properties properties = ClientDefaults.ofReader(ofGroup);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, atMost);
        // A reader that is done waits for its fetch under way.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new BoundedConsumer(properties);
    }

    /** What is asked afterwards is asked by others. */
    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
