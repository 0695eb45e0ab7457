package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.trustpaybridge.kafka.screen.FetchScreen;
import org.trustpaybridge.kafka.screen.PollBudget;

/**
 * Kafka's consumer, within the heap: it hands out what is too large as an excerpt ({@link org.trustpaybridge.kafka.screen.Excerpts}), and
 * less at once when records are large.
 */
class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {

    private final PollBudget<byte[]> budget;

    /** @param properties of a consumer; its deserializers do not count */
    BoundedConsumer(Properties properties) {
        this(properties, false);
    }

    /** @param suspicious whether nothing is believed that a batch says of its own length */
    BoundedConsumer(Properties properties, boolean suspicious) {
        this(properties, new PollBudget<>(), suspicious);
    }

    private BoundedConsumer(Properties properties, PollBudget<byte[]> budget, boolean suspicious) {
        super(properties, new PollBudget.Keys<>(), budget);
        this.budget = budget;
        FetchScreen.putBefore(this, suspicious);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        budget.renew();
        return super.poll(timeout);
    }
}
