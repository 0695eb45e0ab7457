package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Pulse;

/**
 * Reads a topic: first as far back as its {@link Tail} wants, then on and on, whoever writes. What is known at any moment may be too
 * little, never too much; {@link #caughtUp()} tells when it is enough.
 */
final class TailReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TailReader.class);
    /** New records and questions come through at once; only a reader with nothing to do waits this long. */
    private static final Duration POLL = Duration.ofSeconds(2);
    /** With something to look for beside new records. */
    private static final Duration STEP = Duration.ofMillis(100);
    /** Every instance reads what all publish: to fetch each record by itself would cost it and the broker more than the record does. */
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    /** A record that cannot be read is seldom mended soon, and all before it is read again. */
    private static final Duration BACKOFF_FROM_A_RECORD = Duration.ofSeconds(5);
    /** Partitions may be added to a topic at any time, and a topic that is missing may be created. */
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration METADATA_AGE = Duration.ofSeconds(5);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);
    private static final Duration SAY_AGAIN_WITHOUT = Duration.ofMinutes(15);

    private final Tail tail;
    private final OpenTransactions transactions;
    private final Clock clock;
    private final Lifeline alive;
    private final EndQuestions questions = new EndQuestions();
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closed;
    private volatile boolean complete;
    private volatile Thread thread;
    private boolean endReached;
    private volatile Fault fault;
    private Instant saidUnreadable = Instant.MIN;
    private Instant saidWithout = Instant.MIN;

    TailReader(Tail tail, OpenTransactions transactions, Clock clock, Lifeline alive) {
        this.tail = tail;
        this.alive = alive;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Starts reading, once, with the properties of a consumer that reaches the same brokers; its group is left out. */
    synchronized void start(Properties clientProperties) {
        if (thread != null || closed) {
            return;
        }
        Properties properties = ClientDefaults.ofReader(clientProperties);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.putAll(tail.fetching());
        // New records end the wait; a broker that has none need not say so twice a second.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, (int) METADATA_AGE.toMillis());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        thread = new Thread(() -> run(properties), tail.threadName());
        thread.setDaemon(true);
        thread.start();
    }

    /** @return completed, on the reading thread, when all that is on the topic at this moment is known; never fails */
    CompletableFuture<Void> caughtUp() {
        CompletableFuture<Void> answer = questions.add(new CompletableFuture<>());
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null && complete) {
            reading.wakeup();
        }
        LockSupport.unpark(thread);
        return answer;
    }

    /** @return whether the topic was read to its end since the start, or can be done without */
    boolean complete() {
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

    /** @return why nothing can be read now, and since when; empty while it can be, or need not be */
    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** @return signs of life of the reading thread */
    Pulse pulse() {
        return alive.pulse();
    }

    private void run(Properties properties) {
        while (!closed) {
            alive.pulse().beat();
            try (KafkaConsumer<byte[], byte[]> reading = new TailConsumer(properties);
                 TopicQuestions asking = new TopicQuestions(Admin.create(ClientDefaults.ofAdmin(properties)), ANSWER);
                 HeldRecords held = new HeldRecords(properties, tail)) {
                consumer = reading;
                read(reading, asking, held);
            } catch (WakeupException | InterruptException e) {
                // A flag that stays set would end every wait to come.
                LOG.debug("Reading {} was interrupted, flag {}", tail.topic(), Thread.interrupted(), e);
            } catch (AuthorizationException | UnknownTopicOrPartitionException e) {
                if (tail.dispensable()) {
                    goOnWithout(e);
                } else {
                    unreadable(e);
                }
            } catch (RuntimeException | Error e) {
                if (!alive.endsWith(e, "reading " + tail.topic())) {
                    unreadable(e);
                }
            } finally {
                consumer = null;
            }
        }
    }

    private void unreadable(Throwable cause) {
        fault = new Fault(ReadingFailure.inWords(cause), fault == null ? clock.instant() : fault.since());
        if (Duration.between(saidUnreadable, clock.instant()).compareTo(SAY_AGAIN) > 0) {
            saidUnreadable = clock.instant();
            tail.unreadable(cause);
        }
        long wait = (ReadingFailure.whileLookingAtRecords(cause) ? BACKOFF_FROM_A_RECORD : BACKOFF).toNanos();
        long until = System.nanoTime() + wait;
        // Each question wakes this thread.
        for (long left = wait; left > 0 && !closed; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Nobody waits for what cannot be known, until the next try. */
    private void goOnWithout(RuntimeException cause) {
        if (Duration.between(saidWithout, clock.instant()).compareTo(SAY_AGAIN_WITHOUT) > 0) {
            saidWithout = clock.instant();
            tail.doneWithout(cause);
        }
        fault = null;
        complete = true;
        long until = System.nanoTime() + REFRESH.toNanos();
        for (long left = REFRESH.toNanos(); left > 0 && !closed; left = until - System.nanoTime()) {
            questions.answerAll();
            LockSupport.parkNanos(left);
        }
    }

    /**
     * @param asking asks for partitions and ends. A broker answers one request of a connection after the other, so the reading consumer's
     *               own question would wait behind its fetch until new records come or the longest wait of the fetch is over
     */
    private void read(KafkaConsumer<byte[], byte[]> reading, TopicQuestions asking, HeldRecords held) {
        List<TopicPartition> partitions = asking.partitions(tail.topic());
        seekBack(reading, partitions);
        Instant began = clock.instant();
        Instant refresh = began.plus(REFRESH);
        Map<TopicPartition, Long> ends = new HashMap<>();
        CompletableFuture<Void> end = questions.add(completion(began));
        try {
            while (!closed) {
                alive.pulse().beat();
                try {
                    ConsumerRecords<byte[], byte[]> read = reading.poll(wait(held.any() || questions.open()));
                    read.forEach(tail::note);
                    questions.ask(() -> endsNow(asking, partitions, ends));
                    held.follow(reading, ends);
                    questions.answerReached(partition -> held.position(reading, partition));
                    if (complete && !read.isEmpty() && !questions.open() && !questions.waiting()) {
                        LockSupport.parkNanos(GATHER.toNanos());
                    }
                    if (clock.instant().isAfter(refresh)) {
                        refresh = clock.instant().plus(REFRESH);
                        if (!look(reading, asking, partitions, ends)) {
                            return;
                        }
                    }
                } catch (WakeupException e) {
                    LOG.trace("Woken to answer a question", e);
                }
            }
        } finally {
            questions.askAgain(end);
        }
    }

    private Duration wait(boolean lookingForMore) {
        if (questions.waiting()) {
            return Duration.ZERO;
        }
        return lookingForMore ? STEP : POLL;
    }

    /** @return whether the partitions are still the same */
    private boolean look(KafkaConsumer<byte[], byte[]> reading, TopicQuestions asking, List<TopicPartition> partitions,
                         Map<TopicPartition, Long> ends) {
        if (asking.partitions(tail.topic()).size() != partitions.size()) {
            return false;
        }
        ends.putAll(asking.ends(partitions));
        boolean behind = partitions.stream().anyMatch(partition -> reading.position(partition, ANSWER) < ends.get(partition));
        Map<TopicPartition, Long> stable = behind ? asking.stableEnds(partitions) : ends;
        Map<TopicPartition, OpenTransactions.Ends> seen = new HashMap<>();
        partitions.forEach(partition -> seen.put(partition, new OpenTransactions.Ends(stable.get(partition), ends.get(partition))));
        transactions.seen(tail.topic(), seen);
        return true;
    }

    /** The first time that the end is reached is worth a line. */
    private CompletableFuture<Void> completion(Instant began) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        reached.thenRun(() -> {
            fault = null;
            if (!endReached) {
                endReached = true;
                complete = true;
                tail.endReached(Duration.between(began, clock.instant()));
            }
        });
        return reached;
    }

    /**
     * No offset for a time means that nothing is newer, or that a broker looked no further than into the first of its segments that might
     * hold it: after compaction that one can be empty (Kafka 3.9.2, 4.x). So all is read then, and what is too old is not remembered.
     */
    private void seekBack(KafkaConsumer<byte[], byte[]> reading, List<TopicPartition> partitions) {
        reading.assign(partitions);
        Map<TopicPartition, Long> from = new HashMap<>();
        partitions.forEach(partition -> from.put(partition, tail.earliest().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> offsets = reading.offsetsForTimes(from, ANSWER);
        Map<TopicPartition, Long> beginnings = reading.beginningOffsets(partitions, ANSWER);
        Map<TopicPartition, Long> ends = reading.endOffsets(partitions, ANSWER);
        partitions.forEach(partition -> reading.seek(partition, Math.max(ends.get(partition) - tail.most() / partitions.size(),
            Optional.ofNullable(offsets.get(partition)).map(OffsetAndTimestamp::offset).orElse(beginnings.get(partition)))));
    }

    private Map<TopicPartition, Long> endsNow(TopicQuestions asking, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        if (asking.partitions(tail.topic()).size() != partitions.size()) {
            throw new KafkaException("partitions were added to the topic");
        }
        Map<TopicPartition, Long> now = asking.ends(partitions);
        ends.putAll(now);
        return now;
    }

    /**
     * Why nothing can be read.
     *
     * @param cause in words
     * @param since since when
     */
    record Fault(String cause, Instant since) {
    }
}
