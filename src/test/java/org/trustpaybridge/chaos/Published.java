package org.trustpaybridge.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.ReceivedRecord;

/** All records that were put into the inbound topic, also those that are no longer there. Safe for use by several threads. */
final class Published {
    private final List<Record> records = new ArrayList<>();
    private final List<Gone> gone = new ArrayList<>();
    private int generation;

    /**
     * A record that Kafka acknowledged.
     *
     * @param kind what is expected of it
     * @param generation how often the topic had been created anew before
     */
    record Record(InputEvent.Kind kind, int generation, ReceivedRecord received) {

        String place() {
            return received.partition() + "@" + received.offset();
        }
    }

    private record Gone(int generation, int partition, long from, long to) {

        boolean has(Record record) {
            return record.generation() == generation && record.received().partition() == partition && record.received().offset() >= from
                && record.received().offset() < to;
        }
    }

    synchronized int generation() {
        return generation;
    }

    synchronized void add(InputEvent event, int inGeneration, RecordMetadata place) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(KafkaProbe.header(ChaosRun.KIND, event.kind().name()));
        records.add(new Record(event.kind(), inGeneration, new ReceivedRecord(new ConsumerRecord<>(place.topic(), place.partition(),
            place.offset(), place.timestamp(), TimestampType.CREATE_TIME, 0, 0, event.key(), event.value(), headers, Optional.empty()))));
    }

    /** What lies between these offsets was deleted, and may not have been read before. */
    synchronized void deleted(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        to.forEach((partition, end) -> gone.add(new Gone(generation, partition.partition(), from.getOrDefault(partition, 0L), end)));
    }

    /** The topic was deleted: what was not finished by then may never have been read. */
    synchronized void createdAnew(Map<TopicPartition, Long> finished, Iterable<TopicPartition> partitions) {
        partitions.forEach(partition -> gone.add(new Gone(generation, partition.partition(), finished.getOrDefault(partition, 0L),
            Long.MAX_VALUE)));
        generation++;
    }

    synchronized boolean mayBeUnread(Record record) {
        return gone.stream().anyMatch(each -> each.has(record));
    }

    synchronized List<Record> all() {
        return List.copyOf(records);
    }

    /** By partition and offset; more than one where the topic was created anew. */
    Map<String, List<Record>> byPlace() {
        Map<String, List<Record>> places = new LinkedHashMap<>();
        all().forEach(each -> places.computeIfAbsent(each.place(), place -> new ArrayList<>()).add(each));
        return places;
    }
}
