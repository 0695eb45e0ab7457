package org.trustpaybridge.command.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.TopicQuestions;
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
    /** How far back is looked for what was published before: a repeat mostly follows soon. */
    private static final int NEWEST = 10_000;

    private final Consumer<byte[], byte[]> consumer;
    private final String out;
    private final String dead;
    private final GroupView group;
    private final TopicQuestions questions;

    /**
     * Begins at the ends of both topics.
     *
     * @param consumer  one without a group
     * @param out       outbound topic
     * @param dead      dead-letter topic
     * @param group     knows what the bridge has committed
     * @param questions asks for the ends of the topics
     */
    EndingWatch(Consumer<byte[], byte[]> consumer, String out, String dead, GroupView group, TopicQuestions questions) {
        this.questions = questions;
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
     * @param sent  what Kafka acknowledged
     * @param value its value
     * @param order the order id, which outgoing records have as key; null: none that can be read
     * @param most  longest wait
     * @return what came of it
     */
    SendOutcome await(RecordMetadata sent, byte[] value, byte[] order, Duration most) {
        long began = System.nanoTime();
        long ask = began;
        while (System.nanoTime() - began < most.toNanos()) {
            Optional<SendOutcome> ending = poll(sent, began);
            if (ending.isPresent()) {
                return ending.get();
            }
            if (System.nanoTime() - ask >= 0) {
                ask = System.nanoTime() + ASK_AGAIN.toNanos();
                if (group.isDoneWith(sent)) {
                    // What was published before the commit is on the topics by now, up to their present ends.
                    return upToTheEnds(sent, began).orElseGet(() -> held().<SendOutcome>map(SendOutcome.Nothing::new)
                        .orElseGet(() -> before(sent, value, order)));
                }
            }
        }
        return new SendOutcome.Nothing(group.whyNothing(sent));
    }

    private Optional<SendOutcome> upToTheEnds(RecordMetadata sent, long began) {
        Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(consumer.assignment()));
        long giveUp = System.nanoTime() + KafkaClients.ANSWER.toNanos();
        while (!open.isEmpty() && System.nanoTime() - giveUp < 0) {
            open.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
            Optional<SendOutcome> ending = poll(sent, began);
            if (ending.isPresent()) {
                return ending;
            }
        }
        return Optional.empty();
    }

    private Optional<SendOutcome> poll(RecordMetadata sent, long began) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            boolean url = each.topic().equals(out);
            String prefix = url ? "source-" : CONNECT;
            if (isOf(sent, prefix, name -> header(each, name))) {
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                return Optional.of(url ? new SendOutcome.PaymentUrl(url(each), took)
                    : new SendOutcome.DeadLetter(each.topic() + "-" + each.partition() + "@" + each.offset(), header(each,
                        "bridge-error-code"),
                        header(each, CONNECT + "exception.message"), header(each, "bridge-error-detail"), took));
            }
        }
        return Optional.empty();
    }

    /** @return why what the bridge published may not be seen */
    private Optional<String> held() {
        Map<TopicPartition, Long> stable = consumer.endOffsets(consumer.assignment());
        return questions.ends(stable.keySet()).entrySet().stream().filter(end -> end.getValue() > stable.get(end.getKey())).findFirst()
            .map(end -> "The bridge is done with it, and what came of it cannot be read yet: a transaction of another program is open on "
                + end.getKey() + " from offset " + stable.get(end.getKey()) + ".");
    }

    /** The dead letter goes first: it names the record, whereas a payment URL of the order may have another record's. */
    private SendOutcome.Repeat before(RecordMetadata sent, byte[] value, byte[] order) {
        TopicTail topics = new TopicTail(consumer);
        Optional<String> letter = topics.newest(dead, NEWEST).stream()
            .filter(record -> isOf(sent, CONNECT, name -> record.headerText(name).orElse("")) && Arrays.equals(record.value(), value))
            .reduce((first, last) -> last)
            .map(record -> record.topic() + "-" + record.partition() + "@" + record.offset());
        Optional<String> url = letter.isPresent() || order == null ? Optional.empty() : topics.newest(out, NEWEST).stream()
            .filter(record -> Arrays.equals(record.key(), order)).reduce((first, last) -> last).map(record -> url(record.value()));
        return new SendOutcome.Repeat(letter, url);
    }

    private static boolean isOf(RecordMetadata sent, String prefix, UnaryOperator<String> header) {
        return sent.topic().equals(header.apply(prefix + "topic"))
            && Integer.toString(sent.partition()).equals(header.apply(prefix + "partition"))
            && Long.toString(sent.offset()).equals(header.apply(prefix + "offset"));
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
