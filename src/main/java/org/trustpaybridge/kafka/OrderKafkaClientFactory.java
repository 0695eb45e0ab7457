package org.trustpaybridge.kafka;

import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.clients.consumer.Consumer;

/** Has camel-kafka read orders through the in-flight window. Producers are Kafka's own. */
public final class OrderKafkaClientFactory extends PatientClientFactory {

    private final ConsumerContext context;
    private final LagWatch lagWatch;
    private final Optional<StatusReader> statuses;

    /**
     * @param context  what the consumers work with
     * @param lagWatch asks how far the partitions are behind
     * @param statuses reads status changes; empty: they are not published
     */
    public OrderKafkaClientFactory(ConsumerContext context, LagWatch lagWatch, Optional<StatusReader> statuses) {
        this.context = context;
        this.lagWatch = lagWatch;
        this.statuses = statuses;
    }

    /** What was published before is read, and the lag asked for, with the same properties: brokers, TLS and SASL are set in one place. */
    @Override
    @SuppressWarnings("rawtypes")
    public Consumer getConsumer(Properties kafkaProps) {
        return asMade(() -> made(kafkaProps));
    }

    private Consumer<Object, Object> made(Properties kafkaProps) {
        context.alive().pulse().beat();
        Properties properties = Profiled.fit(ClientDefaults.ofGroup(kafkaProps));
        context.alive().reading().screens().goWith(properties);
        if (BrokerNames.missing(properties).isPresent()) {
            return new UnresolvedConsumer(context, properties);
        }
        context.publishedBefore().start(properties);
        lagWatch.start(properties, context.brokerWatch());
        context.positions().start(properties);
        context.originals().start(properties);
        statuses.ifPresent(reader -> reader.start(properties));
        return new WindowedConsumer(properties, context);
    }
}
