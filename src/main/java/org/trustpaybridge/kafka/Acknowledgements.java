package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Who knows of records that were deleted unread: offsets of a group beside that of the bridge. Kafka is the only store, and the offsets of
 * a group that has members can be written by its members alone.
 */
public final class Acknowledgements {

    private static final int ANSWER_MS = (int) Duration.ofSeconds(4).toMillis();
    private static final String OF_TOPIC = "tpa1:";

    private Acknowledgements() {
    }

    /**
     * @param group the group of the bridge
     * @return the group beside it
     */
    public static String groupOf(String group) {
        return group + ".acknowledged";
    }

    /**
     * @param admin   writes the offsets of the group beside that of the bridge
     * @param group   the group of the bridge
     * @param topicId id of the inbound topic
     * @param upTo    by partition, the offset before which what was deleted is known
     * @throws ExecutionException   when Kafka refuses
     * @throws InterruptedException when interrupted
     */
    public static void write(Admin admin, String group, String topicId, Map<TopicPartition, Long> upTo)
        throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        upTo.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset, OF_TOPIC + topicId)));
        TopicFacts.answer(admin.alterConsumerGroupOffsets(groupOf(group), offsets).all());
    }

    static Map<TopicPartition, OffsetAndMetadata> read(Admin admin, String group, Collection<TopicPartition> partitions)
        throws ExecutionException, InterruptedException {
        return TopicFacts.answer(admin.listConsumerGroupOffsets(Map.of(groupOf(group), new ListConsumerGroupOffsetsSpec()
            .topicPartitions(partitions)),
            new ListConsumerGroupOffsetsOptions().timeoutMs(ANSWER_MS)).partitionsToOffsetAndMetadata(groupOf(group)));
    }

    /** The offset before which what was deleted is known; -1 if nothing is, or it was said of another topic of this name. */
    static long upTo(OffsetAndMetadata acknowledged, String topicId) {
        return acknowledged != null && acknowledged.metadata().equals(OF_TOPIC + topicId) ? acknowledged.offset() : -1;
    }
}
