package org.trustpaybridge.command.send;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.kafka.KafkaClients;

/** What Kafka knows about the group of the bridge. Where it does not tell, nothing is concluded. */
final class GroupView {

    private final Admin admin;
    private final String group;

    GroupView(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** @return whether the group has committed beyond this record */
    boolean isDoneWith(RecordMetadata sent) {
        OffsetAndMetadata committed = committed(sent);
        return committed != null && committed.offset() > sent.offset();
    }

    /** @return why a record may still be without an outcome */
    String whyNothing(RecordMetadata sent) {
        try {
            int members = answer(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group)).members().size();
            if (members == 0) {
                return "No bridge runs in the group " + group + ". The record waits for one.";
            }
        } catch (ExecutionException | TimeoutException e) {
            return "Nothing is known of the group " + group + ". The record waits for a bridge.";
        }
        OffsetAndMetadata committed = committed(sent);
        long before = committed == null ? -1 : sent.offset() - committed.offset();
        return before > 0 ? "Of its partition, at most " + before + " before it may be unfinished, the first at offset "
            + committed.offset() + "."
            : "A bridge runs in the group " + group + ". Its health, /observe/health on its management port, says what it waits for.";
    }

    private OffsetAndMetadata committed(RecordMetadata sent) {
        try {
            return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(new TopicPartition(sent.topic(), sent.partition()));
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    private static <T> T answer(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(KafkaClients.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }
}
