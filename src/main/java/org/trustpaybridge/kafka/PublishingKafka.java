package org.trustpaybridge.kafka;

import java.util.Map;
import java.util.Set;

import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's component for Kafka, which also says once how the bridge publishes, whichever route does so. Endpoints of other topics, such as
 * that of the orders or those of a route that somebody adds, get none of this.
 */
@Component("kafka")
public final class PublishingKafka extends KafkaComponent {

    private final Set<String> topics;
    private final Map<String, String> publishing;

    /**
     * @param topics     those that the bridge publishes to
     * @param parameters of each endpoint of these, by the names that they have in routes; what a route says itself counts
     */
    public PublishingKafka(Set<String> topics, Map<String, String> parameters) {
        this.topics = Set.copyOf(topics);
        this.publishing = Map.copyOf(parameters);
    }

    @Override
    protected KafkaEndpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (topics.contains(remaining)) {
            publishing.forEach((name, value) -> parameters.putIfAbsent(name, getCamelContext().resolvePropertyPlaceholders(value)));
        }
        return super.createEndpoint(uri, remaining, parameters);
    }
}
