package org.trustpaybridge.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A publisher that writes in transactions, such as an outbox or Kafka Streams, and may commit them, abort them, or leave them open. */
public final class TransactionalPublisher implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The longest that brokers allow by default. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final String bootstrapServers;
    private final String id;
    private KafkaProducer<byte[], byte[]> producer;

    /** @param id the transactional id; what an earlier publisher with this id left open is aborted */
    public TransactionalPublisher(String bootstrapServers, String id) {
        this.bootstrapServers = bootstrapServers;
        this.id = id;
        open();
    }

    /** Begins a transaction. */
    public TransactionalPublisher begin() {
        producer.beginTransaction();
        return this;
    }

    /** Publishes within the transaction and waits until the broker has it. */
    public TransactionalPublisher publish(String topic, int partition, String key, String value, Header... headers) {
        try {
            ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, partition, bytes(key), bytes(value));
            for (Header header : headers) {
                sent.headers().add(header);
            }
            producer.send(sent).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return this;
    }

    public void commit() {
        producer.commitTransaction();
    }

    public void abort() {
        producer.abortTransaction();
    }

    /** Dies with the transaction open, which then lasts for 15 minutes. */
    public void die() {
        producer.close(Duration.ZERO);
        producer = null;
    }

    /** Comes back after {@link #die}, which aborts what was left open. */
    public void comeBack() {
        open();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }

    private void open() {
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "transactional.id", id,
            "transaction.timeout.ms", (int) LONGEST.toMillis()), new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
