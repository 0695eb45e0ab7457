package org.trustpaybridge.kafka;

import java.util.Collection;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/** Keeps the books in step with the assignment, around what Camel does. */
final class WindowRebalanceListener implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(WindowRebalanceListener.class);

    private final ConsumerRebalanceListener camel;
    private final ConsumerContext context;
    private final Placement placement;
    private final FetchSteering fetching;
    private final WakeUps wakeUps;
    private final Consumer<Collection<TopicPartition>> release;

    /** @param release lets what runs of these partitions finish, commits, and closes their books */
    WindowRebalanceListener(ConsumerRebalanceListener camel, ConsumerContext context, Placement placement, FetchSteering fetching,
                            WakeUps wakeUps, Consumer<Collection<TopicPartition>> release) {
        this.camel = camel;
        this.context = context;
        this.placement = placement;
        this.fetching = fetching;
        this.wakeUps = wakeUps;
        this.release = release;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        wakeUps.pollEnded();
        context.lease().renew();
        context.alive().conflicts().joined();
        camel.onPartitionsAssigned(partitions);
        // The poll that called this goes on, and can be woken from here on.
        wakeUps.pollBegins();
        placement.assigned(partitions);
        fetching.wakeIfKnown();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        release.accept(partitions);
        fetching.forget(partitions);
        placement.forget(partitions);
        camel.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LogEvent.PARTITIONS_LOST.on(LOG).addKeyValue("partitions", partitions).log();
        context.alive().membership().lost();
        context.window().revoke(partitions.stream().map(KafkaRecords::idOf).toList());
        fetching.forget(partitions);
        placement.forget(partitions);
        camel.onPartitionsLost(partitions);
    }
}
