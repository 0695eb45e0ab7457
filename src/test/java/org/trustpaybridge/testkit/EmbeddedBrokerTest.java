package org.trustpaybridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {

    @Test
    void a_record_comes_back_with_key_value_and_headers() {
        try (EmbeddedBroker broker = EmbeddedBroker.started(); KafkaProbe probe = new KafkaProbe(broker.bootstrapServers())) {
            broker.createTopic("orders", 3, Map.of("retention.ms", "-1"));

            probe.publish("orders", "order-1", "{\"amount\":1}", header("traceparent", "00-1"), header("traceparent", "00-2"));

            ReceivedRecord record = probe.awaitRecord("orders", "order-1");
            assertThat(record.value()).isEqualTo("{\"amount\":1}");
            assertThat(record.header("traceparent")).contains("00-2");
            assertThat(record.headers("traceparent")).containsExactly("00-1", "00-2");
            assertThat(probe.readAll("orders")).hasSize(1);
        }
    }

    @Test
    void a_record_without_key_and_value_stays_without() {
        try (EmbeddedBroker broker = EmbeddedBroker.started(); KafkaProbe probe = new KafkaProbe(broker.bootstrapServers())) {
            broker.createTopic("orders", 1);

            probe.publish("orders", (byte[]) null, null);

            ReceivedRecord record = probe.readAll("orders").get(0);
            assertThat(record.key()).isNull();
            assertThat(record.value()).isNull();
        }
    }

    @Test
    void a_stop_and_a_start_keep_address_and_data() {
        try (EmbeddedBroker broker = EmbeddedBroker.started(); KafkaProbe probe = new KafkaProbe(broker.bootstrapServers())) {
            broker.createTopic("orders", 1);
            probe.publish("orders", "before", "1");
            String address = broker.bootstrapServers();

            broker.stop();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            probe.publish("orders", "after", "2");
            assertThat(probe.readAll("orders")).extracting(ReceivedRecord::key).containsExactly("before", "after");
        }
    }

    @Test
    void a_topic_appears_by_use_only_where_that_is_asked_for() {
        BrokerSettings settings = BrokerSettings.defaults().withAutoCreateTopics();
        try (EmbeddedBroker broker = EmbeddedBroker.started(settings); KafkaProbe probe = new KafkaProbe(broker.bootstrapServers())) {

            probe.publish("unheard-of", "key", "value");

            assertThat(probe.readAll("unheard-of")).hasSize(1);
        }
    }

    @Test
    void closing_deletes_the_data_and_ends_the_broker() {
        EmbeddedBroker broker = EmbeddedBroker.started();
        Path data = broker.dataDirectory();
        assertThat(data).isNotEmptyDirectory();

        broker.close();

        assertThat(data).doesNotExist();
        assertThatThrownBy(broker::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void awaiting_a_record_that_never_comes_fails_and_tells_what_is_there() {
        try (EmbeddedBroker broker = EmbeddedBroker.started(); KafkaProbe probe = new KafkaProbe(broker.bootstrapServers())) {
            broker.createTopic("orders", 1);
            probe.publish("orders", "another", "value");

            assertThatThrownBy(() -> probe.awaitRecord("orders", record -> "wanted".equals(record.key()), Duration.ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("key=another");
        }
    }
}
