package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.KafkaProbe;

/** How long orders wait for the polling thread, on a real broker. */
class WindowedConsumerOnKafkaTest {

    /** Whoever waits for the end of a poll fails. */
    private static final Duration LONG_POLL = Duration.ofMinutes(2);

    @Test
    @Timeout(60)
    void what_waits_on_a_partition_is_fetched_as_soon_as_it_is_known_what_was_published() {
        try (EmbeddedBroker broker = EmbeddedBroker.started(); KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers())) {
            // Given
            for (String topic : List.of("in", "out", "dead")) {
                broker.createTopic(topic, 1);
            }
            kafka.publish("in", "o-1", "{}");
            Properties properties = properties(broker.bootstrapServers());
            ConsumerContext context = ConsumerContexts.unread();
            try (PublishedBefore before = context.publishedBefore(); Positions positions = context.positions();
                WindowedConsumer consumer = new WindowedConsumer(properties, context)) {
                consumer.subscribe(List.of("in"), new ReadsOnceAssigned(before, context.positions(), properties));

                // When
                ConsumerRecords<Object, Object> handedOut = ConsumerRecords.empty();
                while (handedOut.isEmpty()) {
                    handedOut = consumer.poll(LONG_POLL);
                }

                // Then
                assertThat(before.complete()).isTrue();
                assertThat(handedOut.partitions()).containsExactly(new TopicPartition("in", 0));
            }
        }
    }

    /** A poll that ends in the same moment leaves a wake-up behind, and Camel asks for what is committed when an operator resumes. */
    @Test
    void a_wake_up_that_came_too_late_for_a_poll_does_not_end_a_resume() {
        try (WindowedConsumer consumer = new WindowedConsumer(properties("127.0.0.1:" + FreePorts.one()), ConsumerContexts.unread())) {
            consumer.wakeup();

            assertThat(consumer.committed(Set.of(new TopicPartition("in", 0)))).isEmpty();
        }
    }

    private static Properties properties(String brokers) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", brokers);
        properties.put("group.id", "group");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "none");
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return properties;
    }

    /** In the place of Camel: what was published becomes known only in the middle of a poll. */
    private record ReadsOnceAssigned(PublishedBefore before, Positions positions,
                                     Properties properties) implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            before.start(properties);
            positions.start(properties);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Nothing was in flight.
        }
    }
}
