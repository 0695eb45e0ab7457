package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PublishedOrders;

/** Wake-ups that come in the middle of an assignment. */
class WindowRebalanceListenerTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final TopicPartition FIRST = new TopicPartition("in", 0);
    private static final TopicPartition SECOND = new TopicPartition("in", 1);

    private final InFlightWindow window = new InFlightWindow(WindowLimits.forConcurrency(4), Records::orderId, CLOCK, System::nanoTime,
        new ProviderGate(DAY, CLOCK, System::nanoTime));
    private final ConsumptionSwitch consumption = new ConsumptionSwitch();
    private final BrokerWatch brokerWatch = new BrokerWatch("the broker", CLOCK);
    private final AtomicInteger wakes = new AtomicInteger();
    private final WakeUps wakeUps = new WakeUps(wakes::incrementAndGet);
    private final FetchSteering fetching = new FetchSteering(window, consumption, partitions -> { }, partitions -> { }, wakeUps::wake);

    @Test
    void wake_ups_of_several_threads_do_not_end_an_assignment_half_way() {
        WindowRebalanceListener listener = listener(new DisturbedConsumer(3));

        listener.onPartitionsAssigned(List.of(FIRST));

        assertThat(window.status().partitions()).extracting(WindowStatus.Partition::id).containsExactly(KafkaRecords.idOf(FIRST));
        assertThat(fetching.holding()).isTrue();
    }

    @Test
    void what_became_known_while_the_poll_could_not_be_woken_wakes_it_afterwards() {
        WindowRebalanceListener listener = listener(new DisturbedConsumer(0));
        CompletableFuture<Void> known = new CompletableFuture<>();
        fetching.holdUntil(known, List.of(FIRST));
        known.complete(null);
        assertThat(wakes).hasValue(0);

        listener.onPartitionsAssigned(List.of(SECOND));

        assertThat(wakes).hasValue(1);
    }

    private WindowRebalanceListener listener(MockConsumer<Object, Object> consumer) {
        PublishedBefore neverRead = new PublishedBefore(new LedgerReader("out", new PublishedOrders(DAY, CLOCK), CLOCK),
            new DeadLetterReader("dead", "in", DAY, new DeadLetteredRecords(), CLOCK));
        ConsumerContext context = new ConsumerContext(window, neverRead, new PublishLease(DAY, DAY, System::nanoTime), consumption,
            brokerWatch, Duration.ZERO);
        return new WindowRebalanceListener(new NobodyListens(), context, new Commits(consumer, window, brokerWatch, wakeUps), fetching,
            wakeUps, partitions -> { });
    }

    /** Is woken that many times in a row. */
    private static final class DisturbedConsumer extends MockConsumer<Object, Object> {

        private int disturbances;

        DisturbedConsumer(int disturbances) {
            super(OffsetResetStrategy.EARLIEST);
            this.disturbances = disturbances;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
            if (disturbances-- > 0) {
                throw new WakeupException();
            }
            return Map.of();
        }
    }

    private static final class NobodyListens implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // In the place of Camel.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // In the place of Camel.
        }
    }
}
