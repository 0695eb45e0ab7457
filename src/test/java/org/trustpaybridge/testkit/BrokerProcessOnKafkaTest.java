package org.trustpaybridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class BrokerProcessOnKafkaTest {

    @Test
    void a_killed_broker_starts_again_with_what_it_had_acknowledged() {
        Path data;
        try (BrokerProcess broker = BrokerProcess.started(); KafkaProbe probe = new KafkaProbe(broker.bootstrapServers())) {
            data = broker.dataDirectory();
            broker.createTopic("orders", 1);
            probe.publish("orders", "before", "1");

            broker.kill();
            broker.start();

            probe.publish("orders", "after", "2");
            assertThat(probe.readAll("orders")).extracting(ReceivedRecord::key).containsExactly("before", "after");
        }
        assertThat(data).doesNotExist();
    }
}
