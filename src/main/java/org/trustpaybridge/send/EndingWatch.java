package org.trustpaybridge.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.TopicTail;

/**
 * Follows the two topics on which a record can end, from before it is published, and finds what came of exactly that record by the source
 * that outgoing records name. A record that the bridge is done with and that ended on neither was a repeat.
 */
final class EndingWatch {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final String CONNECT = "__connect.errors.";

    private final Consumer<byte[], byte[]> consumer;
    private final String out;
    private final String dead;
    private final GroupView group;

    /**
     * Begins at the ends of both topics.
     *
     * @param consumer one without a group
     * @param out      outbound topic
     * @param dead     dead-letter topic
     * @param group    knows what the bridge has committed
     */
    EndingWatch(Consumer<byte[], byte[]> consumer, String out, String dead, GroupView group) {
        this.consumer = consumer;
        this.out = out;
        this.dead = dead;
        this.group = group;
        TopicTail topics = new TopicTail(consumer);
        List<TopicPartition> partitions = new ArrayList<>(topics.partitions(out));
        partitions.addAll(topics.partitions(dead));
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    /**
     * @param sent what Kafka acknowledged
     * @param key  its key; null: none
     * @param most longest wait
     * @return what came of it
     */
    Ending await(RecordMetadata sent, byte[] key, Duration most) {
        long began = System.nanoTime();
        long ask = began;
        while (System.nanoTime() - began < most.toNanos()) {
            Optional<Ending> ending = poll(sent, began);
            if (ending.isPresent()) {
                return ending.get();
            }
            if (System.nanoTime() - ask >= 0) {
                ask = System.nanoTime() + ASK_AGAIN.toNanos();
                if (group.isDoneWith(sent)) {
                    // What was published before the commit is on the topics by now, up to their present ends.
                    return upToTheEnds(sent, began).orElseGet(() -> new Ending.Repeat(earlier(key)));
                }
            }
        }
        return new Ending.Nothing(group.whyNothing(sent));
    }

    private Optional<Ending> upToTheEnds(RecordMetadata sent, long began) {
        Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(consumer.assignment()));
        long giveUp = System.nanoTime() + KafkaClients.ANSWER.toNanos();
        while (!open.isEmpty() && System.nanoTime() - giveUp < 0) {
            open.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
            Optional<Ending> ending = poll(sent, began);
            if (ending.isPresent()) {
                return ending;
            }
        }
        return Optional.empty();
    }

    private Optional<Ending> poll(RecordMetadata sent, long began) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            boolean url = each.topic().equals(out);
            String prefix = url ? "source-" : CONNECT;
            boolean ours = sent.topic().equals(header(each, prefix + "topic"))
                && Integer.toString(sent.partition()).equals(header(each, prefix + "partition"))
                && Long.toString(sent.offset()).equals(header(each, prefix + "offset"));
            if (ours) {
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                return Optional.of(url ? new Ending.PaymentUrl(url(each), took)
                    : new Ending.DeadLetter(each.topic() + "-" + each.partition() + "@" + each.offset(), header(each, "bridge-error-code"),
                        header(each, CONNECT + "exception.message"), header(each, "bridge-error-detail"), took));
            }
        }
        return Optional.empty();
    }

    /** Looks for the order among the newest records: a repeat mostly follows soon. */
    private Optional<String> earlier(byte[] key) {
        if (key == null) {
            return Optional.empty();
        }
        return new TopicTail(consumer).newest(out, 10_000).stream().filter(record -> Arrays.equals(record.key(), key))
            .reduce((first, last) -> last).map(record -> url(record.value()));
    }

    private static String url(ConsumerRecord<byte[], byte[]> record) {
        return url(record.value());
    }

    private static String url(byte[] value) {
        try {
            return JSON.readTree(value == null ? new byte[0] : value).path("payment_url").asText("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
