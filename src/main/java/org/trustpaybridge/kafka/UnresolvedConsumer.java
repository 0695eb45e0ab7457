package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;

/**
 * Stands in for a consumer that cannot be made because no broker's name resolves, or there is no token to log in with: Camel would log a
 * stack trace every few seconds, and nobody would say in health what is missing. Kafka's own stand-in for tests does for all that Camel
 * asks meanwhile. Once it is there, it fails, so that Camel makes a consumer anew.
 */
final class UnresolvedConsumer extends MockConsumer<Object, Object> {

    private static final Duration STEP = Duration.ofSeconds(1);

    private final ConsumerContext context;
    private final Properties properties;

    UnresolvedConsumer(ConsumerContext context, Properties properties) {
        super(OffsetResetStrategy.EARLIEST);
        this.context = context;
        this.properties = properties;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        context.alive().pulse().beat();
        String missing = BrokerNames.missing(properties).orElseThrow(() -> new KafkaException("What was missing is there, the consumer is"
            + " made"));
        context.brokerWatch().missing(missing, timeout.compareTo(STEP) < 0 ? timeout : STEP);
        return ConsumerRecords.empty();
    }
}
