package org.trustpaybridge.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.trustpaybridge.testkit.OrderEvents;

/** Puts orders into the inbound topic. */
final class Load {
    private final String brokers;
    private final String topic;

    Load(String brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
    }

    static String orderId(int number) {
        return "order-" + (1_000_000 + number);
    }

    /** Writes the orders from one number to before another, as fast as Kafka takes them. */
    void write(int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = producer(5)) {
            for (int number = from; number < to; number++) {
                send(producer, number, System.currentTimeMillis());
            }
        }
    }

    /** Writes the orders at a steady rate. Each bears the time at which it was due, so that a late one is not made to look good. */
    void write(int from, int to, int perSecond) {
        long gap = Duration.ofSeconds(1).toNanos() / perSecond;
        try (KafkaProducer<byte[], byte[]> producer = producer(0)) {
            long start = System.nanoTime();
            long startMillis = System.currentTimeMillis();
            for (int number = from; number < to; number++) {
                long due = (number - from) * gap;
                for (long wait = start + due - System.nanoTime(); wait > 0; wait = start + due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                send(producer, number, startMillis + due / 1_000_000);
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int number, long timestamp) {
        String id = orderId(number);
        producer.send(new ProducerRecord<>(topic, null, timestamp, id.getBytes(StandardCharsets.UTF_8),
            OrderEvents.order(id, 1000 + number)));
    }

    private KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
        return new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", lingerMillis, "batch.size", 65_536),
            new ByteArraySerializer(), new ByteArraySerializer());
    }
}
