package org.trustpaybridge.deadletters.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.trustpaybridge.kafka.TopicQuestions;

/**
 * Waits until all that was published on some topics up to now can be read: what lies behind an open transaction cannot. A replay that does
 * not know of a record that it, or a bridge, wrote there would put an event back once more.
 */
final class AllReadable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(250);

    private AllReadable() {
    }

    /** @throws ReplayRefusedException if a transaction stays open */
    static void await(TopicQuestions questions, ReplayTopics topics, Watcher watcher, StopRequest stop) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(topics.deadLetter(), topics.inbound(), topics.outbound())) {
            try {
                partitions.addAll(questions.partitions(topic));
            } catch (UnknownTopicOrPartitionException e) {
                // Whoever needs it will say so.
                continue;
            }
        }
        Map<TopicPartition, Long> ends = questions.ends(partitions);
        Instant began = Instant.now();
        while (!stop.requested()) {
            Map<TopicPartition, Long> stable = questions.stableEnds(partitions);
            List<TopicPartition> held = partitions.stream().filter(partition -> stable.get(partition) < ends.get(partition)).toList();
            if (held.isEmpty()) {
                return;
            }
            Duration waited = Duration.between(began, Instant.now());
            if (waited.compareTo(PATIENCE) > 0) {
                TopicPartition first = held.get(0);
                throw new ReplayRefusedException("A transaction of another program is open on " + first + " from offset "
                    + stable.get(first) + ". What is behind it cannot be read, so it cannot be known what was replayed before. Try again"
                    + " when it has ended, or abort it:\n  kafka-transactions.sh --bootstrap-server BROKER abort --topic " + first.topic()
                    + " --partition " + first.partition() + " --start-offset " + stable.get(first));
            }
            watcher.progress("Waiting for an open transaction to end, second", waited.toSeconds(), PATIENCE.toSeconds());
            stop.await(STEP);
        }
    }
}
