package org.trustpaybridge.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records into topics and looks at what is in them, outside of any consumer group. */
public final class KafkaProbe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final String clientId = "probe-" + UUID.randomUUID();
    private final KafkaProducer<byte[], byte[]> producer;

    public KafkaProbe(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "client.id", clientId,
            "metadata.recovery.strategy", "rebootstrap",
            // Of several batches on their way to a topic that was just created anew, the second may be taken first; the first is then never
            // taken.
            "max.in.flight.requests.per.connection", "1"),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** How its producer calls itself. */
    public String clientId() {
        return clientId;
    }

    /** A header with UTF-8 text. */
    public static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes UTF-8 text and waits for the acknowledgement; {@code null} as key or value is none. */
    public RecordMetadata publish(String topic, String key, String value, Header... headers) {
        return publish(topic, bytes(key), bytes(value), headers);
    }

    /** Publishes UTF-8 text to one partition and waits for the acknowledgement. */
    public RecordMetadata publishTo(String topic, int partition, String key, String value) {
        return await(producer.send(new ProducerRecord<>(topic, partition, bytes(key), bytes(value))));
    }

    /** Publishes bytes and waits for the acknowledgement; {@code null} as key or value is none. */
    public RecordMetadata publish(String topic, byte[] key, byte[] value, Header... headers) {
        return await(publishSoon(topic, key, value, headers));
    }

    /** Publishes a record that says that it was made at another time. */
    public RecordMetadata publishAt(Instant time, String topic, byte[] key, byte[] value) {
        return await(producer.send(new ProducerRecord<>(topic, null, time.toEpochMilli(), key, value)));
    }

    /** Publishes bytes without waiting, for many records at once. */
    public Future<RecordMetadata> publishSoon(String topic, byte[] key, byte[] value, Header... headers) {
        return producer.send(new ProducerRecord<>(topic, null, null, key, value, List.of(headers)));
    }

    /** Waits until everything published so far is acknowledged or has failed. */
    public void flush() {
        producer.flush();
    }

    /** All records from the topic's beginning to its end at this moment, partition by partition, in offset order. */
    public List<ReceivedRecord> readAll(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumerFromBeginning(topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            List<ReceivedRecord> records = new ArrayList<>();
            Instant deadline = Instant.now().plus(PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> records.add(new ReceivedRecord(each)));
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("The end of " + topic + " was not reached within " + PATIENCE);
                }
            }
            records.removeIf(each -> each.offset() >= ends.get(new TopicPartition(topic, each.partition())));
            records.sort(Comparator.comparingInt(ReceivedRecord::partition).thenComparingLong(ReceivedRecord::offset));
            return records;
        }
    }

    /** Waits 30 s at most for the first record with this key. */
    public ReceivedRecord awaitRecord(String topic, String key) {
        return awaitRecord(topic, record -> key.equals(record.key()), PATIENCE);
    }

    /**
     * Waits for a record, also among those already there.
     *
     * @throws AssertionError with what was read, if the time is over
     */
    public ReceivedRecord awaitRecord(String topic, Predicate<ReceivedRecord> wanted, Duration patience) {
        return awaitRecords(topic, wanted, 1, patience).get(0);
    }

    /** Waits until so many records are in the topic, and returns them. */
    public List<ReceivedRecord> awaitRecords(String topic, int count, Duration patience) {
        return awaitRecords(topic, record -> true, count, patience);
    }

    /** Waits until so many records of the wanted ones are in the topic, and returns them. */
    public List<ReceivedRecord> awaitRecords(String topic, Predicate<ReceivedRecord> wanted, int count, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        List<ReceivedRecord> found = new ArrayList<>();
        List<ReceivedRecord> others = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumerFromBeginning(topic)) {
            while (found.size() < count) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("Only " + found.size() + " of " + count + " records appeared in " + topic + " within "
                        + patience + ". Others there: " + others);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(each -> {
                    ReceivedRecord record = new ReceivedRecord(each);
                    (wanted.test(record) ? found : others).add(record);
                });
            }
        }
        return found;
    }

    /** What a consumer group has committed, by partition. */
    public Map<TopicPartition, OffsetAndMetadata> committedOffsets(String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        }
    }

    /** The end offsets of a topic at this moment, behind transactions that are still open: what {@code kafka-consumer-groups.sh} shows. */
    public Map<TopicPartition, Long> endOffsets(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, OffsetSpec> latest = await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions()
                .stream().collect(Collectors.toMap(each -> new TopicPartition(topic, each.partition()), each -> OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            await(admin.listOffsets(latest).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        }
    }

    /** How many records of a topic a group has still to finish. */
    public long lag(String group, String topic) {
        Map<TopicPartition, OffsetAndMetadata> committed = committedOffsets(group);
        return endOffsets(topic).entrySet().stream()
            .mapToLong(end -> end.getValue() - (committed.get(end.getKey()) == null ? 0 : committed.get(end.getKey()).offset())).sum();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    /** Closing waits for the fetch under way, which the broker answers after half a second unless told otherwise. */
    private KafkaConsumer<byte[], byte[]> consumerFromBeginning(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers,
            "enable.auto.commit", "false", "auto.offset.reset", "earliest", "fetch.max.wait.ms", "20", "isolation.level", "read_committed"),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.assign(consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList());
            consumer.seekToBeginning(consumer.assignment());
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
