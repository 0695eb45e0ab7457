package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** What commands take for the newest records of a topic, on a real broker. */
class TopicTailOnKafkaTest {

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void the_newest_committed_records_are_found_behind_markers_and_aborted_ones() {
        // Given
        broker.createTopic("mixed", 2);
        try (TransactionalPublisher shop = new TransactionalPublisher(broker.bootstrapServers(), "mixed")) {
            for (int i = 0; i < 5; i++) {
                shop.begin().publish("mixed", i % 2, "c-" + i, "{}").commit();
            }
            for (int i = 0; i < 20; i++) {
                shop.begin().publish("mixed", i % 2, "a-" + i, "{}").abort();
            }
        }

        // When
        List<String> newest = newest("mixed", 3);

        // Then
        assertThat(newest).containsExactly("c-2", "c-3", "c-4");
    }

    @Test
    void what_is_behind_an_open_transaction_is_not_waited_for() {
        broker.createTopic("held", 1);
        try (TransactionalPublisher shop = new TransactionalPublisher(broker.bootstrapServers(), "held")) {
            shop.begin().publish("held", 0, "before", "{}").commit();
            shop.begin().publish("held", 0, "open", "{}");

            assertThat(newest("held", 10)).containsExactly("before");
        }
    }

    private static List<String> newest(String topic, int most) {
        try (KafkaClients clients = new KafkaClients(Map.of("kafka.brokers", broker.bootstrapServers()));
             Consumer<byte[], byte[]> reader = clients.reader()) {
            return new TopicTail(reader).newest(topic, most).stream().map(SourceRecord::key)
                .map(key -> new String(key, StandardCharsets.UTF_8)).toList();
        }
    }
}
