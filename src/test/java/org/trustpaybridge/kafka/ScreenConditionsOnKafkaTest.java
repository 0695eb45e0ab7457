package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.kafka.screen.Excerpts;
import org.trustpaybridge.testkit.EmbeddedBroker;

class ScreenConditionsOnKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static EmbeddedBroker broker;

    private final ScreenConditions conditions = new ScreenConditions(Clock.systemUTC(), Duration.ofMillis(50));

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void a_partition_that_waits_for_a_look_is_named_while_it_waits_and_no_longer() throws Exception {
        // Given
        broker.createTopic("looked-into", 1, Map.of());
        publish("looked-into", new byte[120_000_000]);
        try (BoundedConsumer consumer = consumer("looked-into", Map.of())) {
            // When
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            List<Condition> seen = new ArrayList<>();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(10)).forEach(read::add);
                seen.addAll(conditions.get());
                return !read.isEmpty();
            });

            // Then
            assertThat(Excerpts.of(read.get(0))).isPresent();
            assertThat(seen).isNotEmpty().first().satisfies(each -> {
                assertThat(each.name()).isEqualTo(Condition.Name.LONG_LOOK);
                assertThat(each.name().down()).isTrue();
                assertThat(each.detail()).contains("looked-into-0@0", "the other partitions go on");
                assertThat(each.since()).isPresent();
            });
            assertThat(conditions.get()).isEmpty();
        }
    }

    @Test
    void a_client_that_lets_nobody_in_between_is_read_without_a_screen_and_that_is_said() throws Exception {
        // Given: a consumer of another make, which has other private parts
        broker.createTopic("unscreened", 1, Map.of());
        publish("unscreened", new byte[10]);

        // When
        try (BoundedConsumer consumer = consumer("unscreened", Map.of("group.protocol", "consumer"))) {
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                return !read.isEmpty();
            });

            // Then
            assertThat(read.get(0).value()).hasSize(10);
            assertThat(conditions.get()).singleElement().satisfies(each -> {
                assertThat(each.name()).isEqualTo(Condition.Name.RECORDS_UNSCREENED);
                assertThat(each.detail()).contains("NoSuchFieldException", "--enable-final-field-mutation");
                assertThat(each.since()).isPresent();
            });
        }
    }

    private BoundedConsumer consumer(String topic, Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest", "enable.auto.commit",
            "false"));
        properties.putAll(more);
        conditions.screens().goWith(properties);
        BoundedConsumer consumer = new BoundedConsumer(properties);
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        return consumer;
    }

    private static void publish(String topic, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers(),
            "max.request.size", 200_000_000, "buffer.memory", 300_000_000L, "compression.type", "gzip"), new ByteArraySerializer(),
            new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
        }
    }
}
