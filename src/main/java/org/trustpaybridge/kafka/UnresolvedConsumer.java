package org.trustpaybridge.kafka;

import java.time.Duration;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;

/**
 * Stands in for a consumer that cannot be made because no broker's name resolves: Camel would log a stack trace every few seconds, and
 * nobody would say in health what is missing. Kafka's own stand-in for tests does for all that Camel asks meanwhile. Once a name resolves,
 * it fails, so that Camel makes a consumer anew.
 */
final class UnresolvedConsumer extends MockConsumer<Object, Object> {

    private static final Duration STEP = Duration.ofSeconds(1);

    private final ConsumerContext context;
    private final String brokers;

    UnresolvedConsumer(ConsumerContext context, String brokers) {
        super(OffsetResetStrategy.EARLIEST);
        this.context = context;
        this.brokers = brokers;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        context.alive().pulse().beat();
        if (BrokerNames.resolve(brokers)) {
            throw new KafkaException("The name of a broker resolves now, the consumer is made");
        }
        context.brokerWatch().unresolved(timeout.compareTo(STEP) < 0 ? timeout : STEP);
        return ConsumerRecords.empty();
    }
}
