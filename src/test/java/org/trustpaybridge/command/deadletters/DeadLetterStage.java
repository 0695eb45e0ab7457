package org.trustpaybridge.command.deadletters;

import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.trustpaybridge.TrustPayBridge;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** A broker with dead letters and no bridge, so that what a replay puts on the inbound topic stays as it was put there. */
final class DeadLetterStage implements AutoCloseable {

    final EmbeddedBroker broker = EmbeddedBroker.started();
    final KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers());
    private final Path folder;

    DeadLetterStage(Path folder) {
        this.folder = folder;
    }

    @Override
    public void close() {
        kafka.close();
        broker.close();
    }

    Topics topics(String name) {
        return Topics.named(name).createOn(broker, 3);
    }

    CommandRun run(Topics topics, String... arguments) throws IOException {
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("KAFKA_BROKERS", broker.bootstrapServers());
        return CommandRun.of(CommandRun.config(folder.resolve(topics.in() + topics.dead() + ".properties"), settings),
            Stream.concat(Stream.of("dead-letters"), Stream.of(arguments)).toArray(String[]::new));
    }

    JavaProcess process(Topics topics, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        return JavaProcess.ofMain(TrustPayBridge.class.getName(), all).jvmOption("-Xmx256m").jvmOption("-XX:TieredStopAtLevel=1")
            .environment(topics.settings()).environment("KAFKA_BROKERS", broker.bootstrapServers()).start();
    }

    /** As many events, and their dead letters. */
    void deadLetters(Topics topics, int count) {
        for (int i = 0; i < count; i++) {
            String id = "order-" + i;
            RecordMetadata event = kafka.publish(topics.in(), id, "{}");
            deadLetter(topics, event, id.getBytes(), "{}".getBytes(), header("bridge-order-id", id));
        }
    }

    void deadLetter(Topics topics, RecordMetadata event, byte[] key, byte[] value, Header... headers) {
        deadLetter(topics, event.partition(), event.offset(), "GAVE_UP", key, value, headers);
    }

    void deadLetter(Topics topics, int partition, long offset, String code, byte[] key, byte[] value, Header... own) {
        kafka.publish(topics.dead(), key, value, headers(topics, partition, offset, code, own));
    }

    Header[] headers(Topics topics, int partition, long offset, String code, Header... own) {
        return Stream.concat(Stream.of(own), Stream.of(header("bridge-error-code", code), header("bridge-error-detail", "{}"),
            header("bridge-failed-at", Instant.now().toString()), header("__connect.errors.topic", topics.in()),
            header("__connect.errors.partition", Integer.toString(partition)),
            header("__connect.errors.offset", Long.toString(offset)))).toArray(Header[]::new);
    }

    /** As the bridge writes it: a mebibyte fits into a topic with the usual limit only when it is compressed. */
    void deadLetterCompressed(Topics topics, RecordMetadata event, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers",
            broker.bootstrapServers(), "compression.type", "gzip", "max.request.size", 4 * 1024 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topics.dead(), null, null, null, value,
                List.of(headers(topics, event.partition(), event.offset(), "GAVE_UP")))).get(30, TimeUnit.SECONDS);
        }
    }

    List<ReceivedRecord> replayed(Topics topics) {
        return kafka.readAll(topics.in()).stream().filter(each -> each.header("bridge-replay-of").isPresent()).toList();
    }

    long end(String topic) {
        return kafka.endOffsets(topic).values().stream().mapToLong(Long::longValue).sum();
    }
}
