package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;

import org.apache.camel.component.kafka.KafkaConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.delivery.BrokerProfile;

/** The numbers are those of Microsoft's page on recommended configurations for Apache Kafka clients. */
class ProfiledTest {

    private static final String PREFIX = "camel.component.kafka.";

    @Test
    void a_producer_for_event_hubs_sends_small_requests_uncompressed_and_waits_long_enough() {
        Properties fitted = Profiled.fitProducer(properties(Map.of("max.request.size", "33554432", "compression.type", "gzip",
            "request.timeout.ms", "10000", "metadata.max.age.ms", "5000", "connections.max.idle.ms", "540000")));

        assertThat(fitted).containsEntry("max.request.size", "1000000").containsEntry("compression.type", "none")
            .containsEntry("request.timeout.ms", 30_000).containsEntry("metadata.max.age.ms", "5000")
            .containsEntry("connections.max.idle.ms", "180000").containsEntry("metadata.max.idle.ms", "180000");
    }

    @Test
    void a_client_that_asks_has_as_much_time_for_a_call_as_for_a_request() {
        Properties fitted = Profiled.fitAdmin(properties(Map.of("request.timeout.ms", 5000, "default.api.timeout.ms", 5000)));

        assertThat(fitted).containsEntry("request.timeout.ms", 30_000).containsEntry("default.api.timeout.ms", 30_000);
    }

    @Test
    void what_is_longer_or_smaller_already_stays() {
        Properties fitted = Profiled.fitProducer(properties(Map.of("request.timeout.ms", "45000", "max.request.size", "500000",
            "connections.max.idle.ms", "60000")));

        assertThat(fitted).containsEntry("request.timeout.ms", 45_000).containsEntry("max.request.size", "500000")
            .containsEntry("connections.max.idle.ms", "60000");
    }

    @Test
    void apache_kafka_gets_what_was_set() {
        Properties properties = new Properties();
        properties.putAll(Map.of("request.timeout.ms", "5000", "max.request.size", "33554432"));

        assertThat(Profiled.fitProducer(properties)).hasSize(2).containsEntry("request.timeout.ms", "5000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "lz4", "zstd"})
    void a_codec_that_event_hubs_does_not_read_is_refused(String codec) {
        KafkaConfiguration configuration = new KafkaConfiguration();
        configuration.setCompressionCodec(codec);

        assertThatThrownBy(() -> Profiled.apply(configuration, PREFIX, BrokerProfile.EVENT_HUBS))
            .isInstanceOf(RefusedSettingException.class).hasMessageContaining("compression-codec", "none or gzip", "event-hubs");
    }

    private static Properties properties(Map<String, Object> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        properties.put(Profiled.KEY, BrokerProfile.EVENT_HUBS);
        return properties;
    }
}
