package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientClientFactoryTest {

    /** A name that is reserved for never being there (RFC 6761). */
    private static final String NOWHERE = "kafka.invalid:9092";

    @Test
    void a_producer_can_be_made_before_a_name_resolves_and_says_what_is_missing() {
        try (Producer<?, ?> producer = producer(NOWHERE)) {
            assertThat(producer.metrics()).isEmpty();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("out", null))).isInstanceOf(TimeoutException.class)
                .hasMessageContaining("no name in kafka.brokers resolves: " + NOWHERE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9092", NOWHERE + ",127.0.0.1:9092", "127.0.0.1:9092 , " + NOWHERE, "[::1]:9092"})
    void one_name_that_resolves_is_enough(String brokers) {
        try (Producer<?, ?> producer = producer(brokers)) {
            assertThat(producer.metrics()).isNotEmpty();
        }
    }

    private static Producer<?, ?> producer(String brokers) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", brokers);
        properties.put("key.serializer", ByteArraySerializer.class.getName());
        properties.put("value.serializer", ByteArraySerializer.class.getName());
        return new PatientClientFactory().getProducer(properties);
    }
}
