package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the bridge publishes stands once, and is for its own topics only. */
class PublishingKafkaTest {

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        PublishingKafka component = new PublishingKafka(Set.of("payment-url-created"),
            Map.of("requestRequiredAcks", "all", "maxBlockMs", "{{block}}"));
        // As an operator may say with camel.component.kafka.*.
        component.getConfiguration().setBrokers("localhost:1");
        component.getConfiguration().setRequestRequiredAcks("0");
        component.getConfiguration().setSaslMechanism("PLAIN");
        camel.getPropertiesComponent().addInitialProperty("block", "777");
        camel.addComponent("kafka", component);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void what_the_bridge_publishes_has_it_whatever_the_component_was_told_and_the_connection_of_the_component() {
        KafkaConfiguration published = configuration("kafka:payment-url-created");

        assertThat(published.getRequestRequiredAcks()).isEqualTo("all");
        assertThat(published.getMaxBlockMs()).isEqualTo(777);
        assertThat(published.getSaslMechanism()).isEqualTo("PLAIN");
        assertThat(published.getBrokers()).isEqualTo("localhost:1");
    }

    @Test
    void what_a_route_says_itself_counts() {
        assertThat(configuration("kafka:payment-url-created?maxBlockMs=5").getMaxBlockMs()).isEqualTo(5);
    }

    @Test
    void another_topic_has_what_the_component_was_told() {
        KafkaConfiguration own = configuration("kafka:audit");

        assertThat(own.getRequestRequiredAcks()).isEqualTo("0");
        assertThat(own.getMaxBlockMs()).isNotEqualTo(777);
    }

    private KafkaConfiguration configuration(String uri) {
        return camel.getEndpoint(uri, KafkaEndpoint.class).getConfiguration();
    }
}
