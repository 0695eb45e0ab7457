package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.BrokerProfile;
import org.trustpaybridge.delivery.PartitionId;

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
    void what_became_known_while_the_poll_could_not_be_woken_wakes_it_afterwards() {
        WindowRebalanceListener listener = listener();
        CompletableFuture<Void> known = new CompletableFuture<>();
        fetching.holdUntil(known, List.of(FIRST));
        known.complete(null);
        assertThat(wakes).hasValue(0);

        listener.onPartitionsAssigned(List.of(SECOND));

        assertThat(wakes).hasValue(1);
    }

    private WindowRebalanceListener listener() {
        Commits commits = new Commits(new MockConsumer<>(OffsetResetStrategy.NONE), context.window(), context.brokerWatch(), wakeUps,
            BrokerProfile.KAFKA.commitInterval());
        return new WindowRebalanceListener(new NobodyListens(), context,
            new Placement(context, commits, fetching, wakeUps::wake, new NoClient()),
            fetching, wakeUps, partitions -> { });
    }

    private static final class NoClient implements Placement.Client {

        @Override
        public void seek(TopicPartition partition, OffsetAndMetadata to) {
            // Nobody reads.
        }

        @Override
        public void drain(List<PartitionId> ids) {
            // Nothing runs.
        }

        @Override
        public void joinAnew() {
            // There is no group.
        }

        @Override
        public Collection<TopicPartition> assigned() {
            return List.of();
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
