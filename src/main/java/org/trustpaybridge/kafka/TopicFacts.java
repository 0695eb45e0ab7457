package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.position.PartitionFacts;
import org.trustpaybridge.delivery.position.StartFrom;

/**
 * What Kafka says of the inbound topic at one moment.
 *
 * @param topicId  its id; empty where brokers have none
 * @param facts    by number, what is known of the partitions; one without a leader is left out
 * @param youngest by number, offset of the first record of the last {@code ledger.retention}; the end without one, or where that cannot be
 *                 said
 * @param silent   by number, why nothing is known of a partition
 */
public record TopicFacts(String topicId, Map<Integer, PartitionFacts> facts, Map<Integer, Long> youngest, Map<Integer, Throwable> silent) {

    private static final Duration NO_CLIENT = Duration.ofSeconds(8);
    private static final int ANSWER_MS = (int) Duration.ofSeconds(4).toMillis();

    /** Copies the maps. */
    public TopicFacts {
        facts = new TreeMap<>(facts);
        youngest = Map.copyOf(youngest);
        silent = Map.copyOf(silent);
    }

    /**
     * @param admin         asks; changes nothing
     * @param group         the consumer group
     * @param topic         the inbound topic
     * @param startFrom     where an operator said to begin
     * @param young         the time from which on records are young
     * @param topicIdBefore another id that is known for this topic's name; empty if there is none
     * @return what Kafka says
     * @throws ExecutionException   when it does not, or when there is no such topic
     * @throws InterruptedException when interrupted
     */
    public static TopicFacts ask(Admin admin, String group, String topic, StartFrom startFrom, Instant young,
        Optional<String> topicIdBefore)
        throws ExecutionException, InterruptedException {
        TopicDescription described = describe(admin, topic);
        String topicId = idOf(described);
        int partitions = described.partitions().size();
        List<TopicPartition> all = partitions(described);
        Map<TopicPartition, OffsetAndMetadata> commits = commits(admin, group, all);
        ListOffsetsResult starts = offsets(admin, all, OffsetSpec.earliest());
        ListOffsetsResult ends = offsets(admin, all, OffsetSpec.latest());
        ListOffsetsResult recent = offsets(admin, all, OffsetSpec.forTimestamp(Math.max(0, young.toEpochMilli())));
        Optional<ListOffsetsResult> wished = startFrom.time().map(time ->
            offsets(admin, all, OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli()))));
        Map<TopicPartition, PartitionFacts.Committed> committed = committed(commits);
        int before = committed.values().stream().map(PartitionFacts.Committed::note).filter(note -> note.trusted()
            && note.topicId().equals(topicId))
            .mapToInt(CommitNote::partitions).max().orElse(0);
        Map<Integer, PartitionFacts> facts = new HashMap<>();
        Map<Integer, Long> youngest = new HashMap<>();
        Map<Integer, Throwable> silent = new HashMap<>();
        for (TopicPartition partition : all) {
            try {
                long end = answer(ends.partitionResult(partition)).offset();
                OptionalLong wish = wished.isPresent() ? wish(answer(wished.get().partitionResult(partition)).offset())
                    : OptionalLong.empty();
                facts.put(partition.partition(), new PartitionFacts(KafkaRecords.idOf(partition), topicId, partitions,
                    answer(starts.partitionResult(partition)).offset(), end, Optional.ofNullable(committed.get(partition)), before,
                        topicIdBefore,
                    wish));
                // A broker that cannot read a record itself cannot say this.
                youngest.put(partition.partition(), offset(recent, partition).filter(first -> first >= 0).orElse(end));
            } catch (ExecutionException e) {
                silent.put(partition.partition(), e.getCause());
            }
        }
        return new TopicFacts(topicId, facts, youngest, silent);
    }

    private static OptionalLong wish(long offset) {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** The client itself answers in time, unless its own thread is gone. */
    static <T> T answer(KafkaFuture<T> asked) throws ExecutionException, InterruptedException {
        try {
            return asked.get(NO_CLIENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException(new org.apache.kafka.common.errors.TimeoutException("no answer for " + NO_CLIENT.toSeconds()
                + " s"));
        }
    }

    static List<TopicPartition> partitions(TopicDescription described) {
        return IntStream.range(0, described.partitions().size()).mapToObj(number -> new TopicPartition(described.name(), number)).toList();
    }

    static Map<TopicPartition, OffsetAndMetadata> commits(Admin admin, String group, List<TopicPartition> partitions)
        throws ExecutionException, InterruptedException {
        return answer(admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
            new ListConsumerGroupOffsetsOptions().timeoutMs(ANSWER_MS)).partitionsToOffsetAndMetadata(group));
    }

    static TopicDescription describe(Admin admin, String topic) throws ExecutionException, InterruptedException {
        return answer(admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(ANSWER_MS)).allTopicNames()).get(topic);
    }

    static String idOf(TopicDescription described) {
        return described.topicId() == null || described.topicId().equals(Uuid.ZERO_UUID) ? "" : described.topicId().toString();
    }

    /** @return the first offsets that are there; a partition that cannot be asked is left out */
    static Map<TopicPartition, Long> starts(Admin admin, List<TopicPartition> partitions) throws InterruptedException {
        return offsetsThat(admin, partitions, OffsetSpec.earliest());
    }

    static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions) throws InterruptedException {
        return offsetsThat(admin, partitions, OffsetSpec.latest());
    }

    /** A partition of which Kafka does not say it is left out. */
    private static Map<TopicPartition, Long> offsetsThat(Admin admin, List<TopicPartition> partitions, OffsetSpec which)
        throws InterruptedException {
        ListOffsetsResult result = offsets(admin, partitions, which);
        Map<TopicPartition, Long> found = new HashMap<>();
        for (TopicPartition partition : partitions) {
            offset(result, partition).ifPresent(offset -> found.put(partition, offset));
        }
        return found;
    }

    private static Map<TopicPartition, PartitionFacts.Committed> committed(Map<TopicPartition, OffsetAndMetadata> commits) {
        return commits.entrySet().stream().filter(each -> each.getValue() != null).collect(Collectors.toMap(Map.Entry::getKey, each ->
            new PartitionFacts.Committed(each.getValue().offset(), each.getValue().leaderEpoch(),
                CommitNote.read(each.getValue().metadata(), each.getValue().offset()))));
    }

    private static ListOffsetsResult offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
            new ListOffsetsOptions().timeoutMs(ANSWER_MS));
    }

    private static Optional<Long> offset(ListOffsetsResult result, TopicPartition partition) throws InterruptedException {
        try {
            return Optional.of(answer(result.partitionResult(partition)).offset());
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }
}
