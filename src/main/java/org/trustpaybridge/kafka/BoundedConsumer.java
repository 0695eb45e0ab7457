package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Properties;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.trustpaybridge.kafka.screen.FetchScreen;
import org.trustpaybridge.kafka.screen.PollBudget;
import org.trustpaybridge.kafka.screen.Screens;

/**
 * Kafka's consumer, within the heap: it hands out what is too large as an excerpt ({@link org.trustpaybridge.kafka.screen.Excerpts}), and
 * less at once when records are large.
 */
class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {

    private final PollBudget<byte[]> budget;
    private final FetchScreen screen;

    /** @param properties of a consumer; its deserializers do not count */
    BoundedConsumer(Properties properties) {
        this(properties, false);
    }

    /** @param suspicious whether nothing is believed that a batch says of its own length */
    BoundedConsumer(Properties properties, boolean suspicious) {
        this(properties, new PollBudget<>(), suspicious);
    }

    private BoundedConsumer(Properties properties, PollBudget<byte[]> budget, boolean suspicious) {
        super(Profiled.fit(Screens.without(properties)), new PollBudget.Keys<>(), budget);
        this.budget = budget;
        screen = FetchScreen.putBefore(this, suspicious, Screens.of(properties));
    }

    /**
     * @param consumer any
     * @return whether it gives nothing because a batch is looked into, which takes as long as it takes
     */
    static boolean looking(Consumer<?, ?> consumer) {
        return consumer instanceof BoundedConsumer bounded && bounded.screen.looking();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        // With the next poll at the latest: what the last one brought is in good hands.
        screen.complain();
        budget.renew();
        ConsumerRecords<byte[], byte[]> fetched = super.poll(timeout);
        if (fetched.isEmpty()) {
            screen.complain();
        }
        return fetched;
    }
}
