package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.trustpaybridge.delivery.WindowStatus;

/** Wake-ups that come in the middle of an assignment. */
class WindowRebalanceListenerTest {

    private static final TopicPartition FIRST = new TopicPartition("in", 0);
    private static final TopicPartition SECOND = new TopicPartition("in", 1);

    private final ConsumerContext context = ConsumerContexts.unread();
    private final AtomicInteger wakes = new AtomicInteger();
    private final WakeUps wakeUps = new WakeUps(wakes::incrementAndGet);
    private final FetchSteering fetching = new FetchSteering(context.window(), context.consumption(), partitions -> { }, partitions -> { },
        wakeUps::wake);

    @Test
    void wake_ups_of_several_threads_do_not_end_an_assignment_half_way() {
        WindowRebalanceListener listener = listener(new DisturbedConsumer(3));

        listener.onPartitionsAssigned(List.of(FIRST));

        assertThat(context.window().status().partitions()).extracting(WindowStatus.Partition::id).containsExactly(KafkaRecords.idOf(FIRST));
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
        Commits commits = new Commits(consumer, context.window(), context.brokerWatch(), wakeUps);
        return new WindowRebalanceListener(new NobodyListens(), context, commits, fetching, wakeUps, partitions -> { });
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
