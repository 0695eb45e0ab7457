package org.trustpaybridge.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A record that is far larger than what a bridge can hold, in one batch with orders.
 *
 * @param topic     where to
 * @param partition partition of it
 * @param codec     {@code none}, {@code gzip}, {@code zstd}, {@code lz4}, {@code snappy}
 * @param bytes     of the value: zeros, or noise where nothing is packed
 * @param ending    of the transaction that the batch is in: {@code none}, {@code commit}, {@code abort}
 * @param before    ids of orders in the batch before the record
 * @param behind    ids of orders in the batch behind it
 */
public record HugeRecord(String topic, int partition, String codec, int bytes, String ending, List<String> before, List<String> behind) {
    private static final String KEY = "huge";

    /** Publishes them from a JVM of its own, as it takes that much memory. Their keys are {@code huge}. */
    public static void publish(String brokers, List<HugeRecord> records) {
        List<String> arguments = new ArrayList<>(List.of(brokers));
        records.forEach(each -> arguments.add(String.join(",", each.topic, Integer.toString(each.partition), each.codec,
            Integer.toString(each.bytes), each.ending, String.join("|", each.before), String.join("|", each.behind))));
        try (JavaProcess process = JavaProcess.ofMain(HugeRecord.class.getName(), arguments).jvmOption("-Xmx3g").start()) {
            int code = process.awaitExit(Duration.ofSeconds(120));
            if (code != 0) {
                throw new AssertionError("Publishing failed: " + process.standardOutput() + process.standardError());
            }
        }
    }

    /** In that JVM. */
    public static void main(String[] arguments) throws Exception {
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            String[] parts = argument.split(",", -1);
            new HugeRecord(parts[0], Integer.parseInt(parts[1]), parts[2], Integer.parseInt(parts[3]), parts[4], list(parts[5]),
                list(parts[6])).publish(arguments[0]);
        }
    }

    private static List<String> list(String text) {
        return Stream.of(text.split("\\|")).filter(each -> !each.isEmpty()).toList();
    }

    private void publish(String brokers) throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", brokers, "compression.type", codec, "max.request.size", 1_000_000_000,
            "buffer.memory",
            2_000_000_000L, "batch.size", bytes + 1_000_000, "linger.ms", 1000, "delivery.timeout.ms", 100_000, "request.timeout.ms",
                90_000));
        boolean transaction = !ending.equals("none");
        if (transaction) {
            properties.put("transactional.id", topic + partition + codec + ending);
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, new ByteArraySerializer(),
            new ByteArraySerializer())) {
            if (transaction) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            before.forEach(order -> sent.add(send(producer, order)));
            sent.add(producer.send(new ProducerRecord<>(topic, partition, null, bytes(KEY), value(),
                List.<Header>of(KafkaProbe.header("correlation-id", "c-1")))));
            behind.forEach(order -> sent.add(send(producer, order)));
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            if (transaction && ending.equals("commit")) {
                producer.commitTransaction();
            } else if (transaction) {
                producer.abortTransaction();
            }
        }
    }

    private Future<RecordMetadata> send(KafkaProducer<byte[], byte[]> producer, String order) {
        return producer.send(new ProducerRecord<>(topic, partition, bytes(order), OrderEvents.order(order, 1000)));
    }

    private byte[] value() {
        byte[] value = new byte[bytes];
        if (codec.equals("none")) {
            new Random(1).nextBytes(value);
        }
        return value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
