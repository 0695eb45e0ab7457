package org.trustpaybridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.EmbeddedBroker;

/** Which of the records that a real broker refuses came too late, as far as a producer is told. */
class PublishFaultOnKafkaTest {

    private static final byte[] KEY = "o-1".getBytes(StandardCharsets.UTF_8);

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        broker.createTopic("limited", 1, Map.of("message.timestamp.before.max.ms", "4000"));
        broker.createTopic("compacted", 1, Map.of("cleanup.policy", "compact"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void one_record_that_came_too_late() {
        assertThat(refusals("limited", late())).hasSize(1).allMatch(refusal -> PublishFault.of(refusal) == PublishFault.CAME_TOO_LATE);
    }

    @Test
    void several_of_one_batch() {
        assertThat(refusals("limited", late(), late(), late())).hasSize(3)
            .allMatch(refusal -> PublishFault.of(refusal) == PublishFault.CAME_TOO_LATE);
    }

    @Test
    void the_others_of_their_batch() {
        assertThat(refusals("limited", Instant.now(), late(), Instant.now())).hasSize(3)
            .allMatch(refusal -> PublishFault.of(refusal) == PublishFault.CAME_TOO_LATE);
    }

    @Test
    void not_a_record_that_its_topic_never_takes() {
        assertThat(refusals("compacted", (byte[]) null, Instant.now())).hasSize(1).hasOnlyElementsOfType(InvalidRecordException.class)
            .allMatch(refusal -> PublishFault.of(refusal) == PublishFault.RECORD);
    }

    private static Instant late() {
        return Instant.now().minusSeconds(60);
    }

    private static List<Throwable> refusals(String topic, Instant... times) {
        return refusals(topic, KEY, times);
    }

    /** Sends one batch. */
    private static List<Throwable> refusals(String topic, byte[] key, Instant... times) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers(),
            "linger.ms", "60000"), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<CompletableFuture<Throwable>> told = Stream.of(times).map(time -> {
                CompletableFuture<Throwable> refusal = new CompletableFuture<>();
                producer.send(new ProducerRecord<>(topic, null, time.toEpochMilli(), key, KEY),
                    (written, failure) -> refusal.complete(failure));
                return refusal;
            }).toList();
            producer.flush();
            return told.stream().map(refusal -> refusal.orTimeout(30, TimeUnit.SECONDS).join()).toList();
        }
    }
}
