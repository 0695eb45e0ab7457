package org.trustpaybridge.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.kafka.screen.Excerpts;

/** Records and partitions in Kafka's words and in those of the window. */
final class KafkaRecords {

    private KafkaRecords() {
    }

    static PartitionId idOf(TopicPartition partition) {
        return new PartitionId(partition.topic(), partition.partition());
    }

    static TopicPartition partitionOf(PartitionId id) {
        return new TopicPartition(id.topic(), id.partition());
    }

    static SourceRecord sourceOf(ConsumerRecord<?, ?> fetched) {
        return new SourceRecord(fetched.topic(), fetched.partition(), fetched.offset(), Instant.ofEpochMilli(fetched.timestamp()),
            (byte[]) fetched.key(), (byte[]) fetched.value(), Excerpts.headers(fetched), Excerpts.of(fetched));
    }

    /** What a poll returns: of each record its books, without key and headers. */
    static ConsumerRecords<Object, Object> handedOut(List<InFlightRecord> records) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> byPartition = new LinkedHashMap<>();
        for (InFlightRecord inFlight : records) {
            SourceRecord source = inFlight.source();
            byPartition.computeIfAbsent(new TopicPartition(source.topic(), source.partition()), partition -> new ArrayList<>())
                .add(new ConsumerRecord<>(source.topic(), source.partition(), source.offset(), null, inFlight));
        }
        return byPartition.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(byPartition);
    }
}
