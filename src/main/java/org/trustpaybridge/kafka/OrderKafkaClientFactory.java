package org.trustpaybridge.kafka;

import java.util.Properties;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;

/** Has camel-kafka read orders through the in-flight window. Producers are Kafka's own. */
public final class OrderKafkaClientFactory extends DefaultKafkaClientFactory {

    private final ConsumerContext context;

    /** @param context what the consumers work with */
    public OrderKafkaClientFactory(ConsumerContext context) {
        this.context = context;
    }

    /** What was published before is read with the same properties, so that brokers, TLS and SASL are set in one place. */
    @Override
    @SuppressWarnings("rawtypes")
    public Consumer getConsumer(Properties kafkaProps) {
        context.publishedBefore().start(kafkaProps);
        return new WindowedConsumer(kafkaProps, context);
    }
}
