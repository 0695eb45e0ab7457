package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Asks brokers for the partitions of a topic and their ends, as they are now: consumers would answer from what they heard seconds ago. */
public final class TopicQuestions implements AutoCloseable {

    private final Admin admin;
    private final Duration patience;

    /**
     * @param admin    closed with this
     * @param patience longest wait for an answer
     */
    TopicQuestions(Admin admin, Duration patience) {
        this.admin = admin;
        this.patience = patience;
    }

    /**
     * @param topic a topic
     * @return its partitions, at least one
     * @throws KafkaException when there is no such topic, it may not be seen, or no broker answers
     */
    public List<TopicPartition> partitions(String topic) {
        return answer(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
            .map(each -> new TopicPartition(topic, each.partition())).toList();
    }

    /**
     * @param partitions some that exist
     * @return the ends of all that is published, be it committed or not
     * @throws KafkaException when a broker does not answer, or refuses
     */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return ends(partitions, IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * @param partitions some that exist
     * @return the ends of what can be read by those who read committed records only: where the oldest transaction that is open begins
     * @throws KafkaException when a broker does not answer, or refuses
     */
    public Map<TopicPartition, Long> stableEnds(Collection<TopicPartition> partitions) {
        return ends(partitions, IsolationLevel.READ_COMMITTED);
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest =
            partitions.stream().collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
            .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer for " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
