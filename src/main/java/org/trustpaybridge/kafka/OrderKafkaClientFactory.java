package org.trustpaybridge.kafka;

import java.util.Properties;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.trustpaybridge.delivery.InFlightWindow;

/** Has camel-kafka read orders through the in-flight window. Producers are Kafka's own. */
public final class OrderKafkaClientFactory extends DefaultKafkaClientFactory {

    private final InFlightWindow window;
    private final BrokerWatch brokerWatch;

    /**
     * @param window      books of the records in flight
     * @param brokerWatch told of every poll
     */
    public OrderKafkaClientFactory(InFlightWindow window, BrokerWatch brokerWatch) {
        this.window = window;
        this.brokerWatch = brokerWatch;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Consumer getConsumer(Properties kafkaProps) {
        return new WindowedConsumer(kafkaProps, window, brokerWatch);
    }
}
