package org.trustpaybridge.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;

/**
 * Reads the outbound topic into {@link PublishedOrders}: first as far back as the ledger remembers, then on and on, whoever publishes.
 * What it knows at any moment may be too little, never too much; {@link #caughtUp()} tells when it is enough.
 */
public final class LedgerReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    /** Partitions may be added to a topic at any time. */
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration METADATA_AGE = Duration.ofSeconds(5);
    /** Each instance reads what all publish: many small fetches would cost it and the broker more than the records do. */
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final int GATHERED_BYTES = 64 << 10;
    private static final JsonFactory JSON = new JsonFactory();

    private final String topic;
    private final PublishedOrders published;
    private final Clock clock;
    private final Queue<CompletableFuture<Void>> questions = new ConcurrentLinkedQueue<>();
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closed;
    private volatile boolean complete;
    private Thread thread;

    /**
     * @param topic     the outbound topic
     * @param published filled with what is read
     * @param clock     wall clock
     */
    public LedgerReader(String topic, PublishedOrders published, Clock clock) {
        this.topic = topic;
        this.published = published;
        this.clock = clock;
    }

    /**
     * Starts reading, once; further calls do nothing.
     *
     * @param clientProperties properties of a consumer that reaches the same brokers; its group is left out
     */
    public synchronized void start(Properties clientProperties) {
        if (thread != null || closed) {
            return;
        }
        Properties properties = new Properties();
        properties.putAll(clientProperties);
        for (String own : List.of(CommonClientConfigs.GROUP_ID_CONFIG, CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
            CommonClientConfigs.CLIENT_ID_CONFIG, ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG)) {
            properties.remove(own);
        }
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, GATHERED_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) GATHER.toMillis());
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, (int) METADATA_AGE.toMillis());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        thread = new Thread(() -> run(properties), "ledger");
        thread.setDaemon(true);
        thread.start();
    }

    /** @return completed, on the reading thread, when all that is on the topic at this moment is known; never fails */
    public CompletableFuture<Void> caughtUp() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        questions.add(answer);
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null && complete) {
            reading.wakeup();
        }
        return answer;
    }

    /** @return whether the ledger was read to its end since the start */
    public boolean complete() {
        return complete;
    }

    @Override
    public synchronized void close() {
        closed = true;
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private void run(Properties properties) {
        Instant said = Instant.MIN;
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> reading = new KafkaConsumer<>(properties)) {
                consumer = reading;
                read(reading);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("Reading the ledger was interrupted", e);
            } catch (RuntimeException e) {
                if (Duration.between(said, clock.instant()).compareTo(Duration.ofSeconds(15)) > 0) {
                    said = clock.instant();
                    LogEvent.LEDGER_UNREADABLE.on(LOG).addKeyValue("topic", topic)
                        .addKeyValue("cause", e.getClass().getSimpleName()).log();
                }
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> reading) {
        List<TopicPartition> partitions = partitions(reading);
        if (partitions.isEmpty()) {
            throw new KafkaException("the topic does not exist");
        }
        seekBack(reading, partitions);
        Instant began = clock.instant();
        Instant refresh = began.plus(REFRESH);
        List<Question> open = new ArrayList<>();
        questions.add(completion(began));
        try {
            while (!closed) {
                try {
                    reading.poll(questions.isEmpty() ? POLL : Duration.ZERO).forEach(this::note);
                    ask(reading, partitions, open);
                    open.removeIf(question -> question.answered(reading));
                    if (clock.instant().isAfter(refresh)) {
                        refresh = clock.instant().plus(REFRESH);
                        if (partitions(reading).size() != partitions.size()) {
                            return;
                        }
                    }
                } catch (WakeupException e) {
                    LOG.trace("Woken to answer a question", e);
                }
            }
        } finally {
            open.forEach(question -> questions.add(question.answer()));
        }
    }

    /** The first time that the end is reached is worth a line. */
    private CompletableFuture<Void> completion(Instant began) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        reached.thenRun(() -> {
            if (!complete) {
                complete = true;
                LogEvent.LEDGER_READ.on(LOG).addKeyValue("orders", published.size()).addKeyValue("bytes", published.bytes())
                    .addKeyValue("took_ms", Duration.between(began, clock.instant()).toMillis()).log();
            }
        });
        return reached;
    }

    private void seekBack(KafkaConsumer<byte[], byte[]> reading, List<TopicPartition> partitions) {
        reading.assign(partitions);
        Map<TopicPartition, Long> from = new HashMap<>();
        partitions.forEach(partition -> from.put(partition, published.earliest().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> offsets = reading.offsetsForTimes(from, ANSWER);
        Map<TopicPartition, Long> ends = reading.endOffsets(partitions, ANSWER);
        partitions.forEach(partition -> reading.seek(partition,
            Optional.ofNullable(offsets.get(partition)).map(OffsetAndTimestamp::offset).orElse(ends.get(partition))));
    }

    private void ask(KafkaConsumer<byte[], byte[]> reading, List<TopicPartition> partitions, List<Question> open) {
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        for (CompletableFuture<Void> next = questions.poll(); next != null; next = questions.poll()) {
            asked.add(next);
        }
        if (asked.isEmpty()) {
            return;
        }
        try {
            if (partitions(reading).size() != partitions.size()) {
                throw new KafkaException("partitions were added to the topic");
            }
            Map<TopicPartition, Long> ends = reading.endOffsets(partitions, ANSWER);
            asked.forEach(answer -> open.add(new Question(ends, answer)));
        } catch (KafkaException e) {
            questions.addAll(asked);
            throw e;
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> reading) {
        Collection<PartitionInfo> infos = reading.partitionsFor(topic, ANSWER);
        return infos.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    }

    private void note(ConsumerRecord<byte[], byte[]> event) {
        if (event.key() == null || event.value() == null) {
            return;
        }
        try {
            money(event.value()).ifPresent(money -> published.add(
                new OrderId(new String(event.key(), StandardCharsets.UTF_8)), money, Instant.ofEpochMilli(event.timestamp())));
        } catch (IOException | IllegalArgumentException e) {
            LogEvent.LEDGER_RECORD_STRANGE.on(LOG)
                .addKeyValue("record", event.topic() + "-" + event.partition() + "@" + event.offset()).log();
        }
    }

    /** Amount and currency, if there is a payment URL beside them. */
    private static Optional<Money> money(byte[] value) throws IOException {
        Long amount = null;
        String currency = null;
        boolean url = false;
        try (JsonParser parser = JSON.createParser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if ("amount".equals(name) && token == JsonToken.VALUE_NUMBER_INT) {
                    amount = parser.getLongValue();
                } else if ("currency".equals(name) && token == JsonToken.VALUE_STRING) {
                    currency = parser.getText();
                } else if ("payment_url".equals(name)) {
                    url = token == JsonToken.VALUE_STRING;
                } else {
                    parser.skipChildren();
                }
            }
        }
        return url && amount != null && currency != null ? Optional.of(new Money(amount, currency)) : Optional.empty();
    }

    private void pause() {
        if (!closed) {
            LockSupport.parkNanos(BACKOFF.toNanos());
        }
    }

    private record Question(Map<TopicPartition, Long> ends, CompletableFuture<Void> answer) {

        boolean answered(KafkaConsumer<byte[], byte[]> reading) {
            boolean reached = ends.entrySet().stream().allMatch(end -> reading.position(end.getKey(), ANSWER) >= end.getValue());
            if (reached) {
                answer.complete(null);
            }
            return reached;
        }
    }
}
