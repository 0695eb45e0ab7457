package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;

import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

class ClientDefaultsTest {

    private final KafkaConfiguration configuration = new KafkaConfiguration();

    @Test
    void consumers_producers_readers_and_admin_clients_go_back_to_the_addresses_of_the_settings() {
        ClientDefaults.apply(configuration, "");

        Properties consumer = configuration.createConsumerProperties();
        for (Properties each : new Properties[] {consumer, configuration.createProducerProperties(), ClientDefaults.ofGroup(consumer),
            ClientDefaults.ofReader(consumer), ClientDefaults.ofAdmin(consumer)}) {
            assertThat(each).containsAllEntriesOf(Map.of(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap",
                CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 5000));
        }
    }

    @Test
    void what_the_operator_set_stays() {
        configuration.getAdditionalProperties().put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        configuration.setMetadataMaxAgeMs(60_000);

        ClientDefaults.apply(configuration, "");

        assertThat(configuration.createProducerProperties()).containsEntry(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none")
            .containsEntry(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 60_000);
    }

    /** Routes can be edited. */
    @Test
    void no_consumer_reads_what_is_not_committed_whatever_a_route_says() {
        configuration.setIsolationLevel("read_uncommitted");

        Properties ofRoute = configuration.createConsumerProperties();

        assertThat(ClientDefaults.ofGroup(ofRoute)).containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        assertThat(ClientDefaults.ofReader(ofRoute)).containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }
}
