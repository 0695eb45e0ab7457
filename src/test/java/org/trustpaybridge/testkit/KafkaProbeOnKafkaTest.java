package org.trustpaybridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaProbeOnKafkaTest {
    private static EmbeddedBroker broker;
    private static KafkaProbe probe;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        probe = new KafkaProbe(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        probe.close();
        broker.close();
    }

    @Test
    void a_record_comes_back_with_key_value_and_headers() {
        broker.createTopic("orders", 3, Map.of("retention.ms", "-1"));

        probe.publish("orders", "order-1", "{\"amount\":1}", header("traceparent", "00-1"), header("traceparent", "00-2"));

        ReceivedRecord record = probe.awaitRecord("orders", "order-1");
        assertThat(record.value()).isEqualTo("{\"amount\":1}");
        assertThat(record.header("traceparent")).contains("00-2");
        assertThat(record.headers("traceparent")).containsExactly("00-1", "00-2");
        assertThat(probe.readAll("orders")).hasSize(1);
    }

    @Test
    void a_record_without_key_and_value_stays_without() {
        broker.createTopic("nothing", 1);

        probe.publish("nothing", (byte[]) null, null);

        ReceivedRecord record = probe.readAll("nothing").get(0);
        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
    }

    @Test
    void awaiting_a_record_that_never_comes_fails_and_tells_what_is_there() {
        broker.createTopic("others", 1);
        probe.publish("others", "another", "value");

        assertThatThrownBy(() -> probe.awaitRecord("others", record -> "wanted".equals(record.key()), Duration.ofSeconds(1)))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("key=another");
    }
}
