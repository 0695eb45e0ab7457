package org.trustpaybridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class EmbeddedBrokerOnKafkaTest {

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
    void a_topic_appears_by_use_where_that_is_asked_for() {
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
}
