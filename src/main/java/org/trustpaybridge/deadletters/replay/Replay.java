package org.trustpaybridge.deadletters.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.trustpaybridge.deadletters.DeadLetter;
import org.trustpaybridge.deadletters.Place;
import org.trustpaybridge.deadletters.ReplayPlan;
import org.trustpaybridge.deadletters.ReplayPlanner;
import org.trustpaybridge.deadletters.Replayed;
import org.trustpaybridge.deadletters.StoredRecord;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.TopicQuestions;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.outbound.Trimmed;

/**
 * Puts events back on the inbound topic, one after the other, each acknowledged before the next is sent. It keeps no books: every record
 * says which dead letter it was, and the next replay reads that. So a record is either there and known to be, or not there.
 */
public final class Replay implements AutoCloseable {

    /** Longer than the client itself keeps trying. */
    private static final Duration ACKNOWLEDGED = Duration.ofMinutes(3);

    /** Far more than brokers take: how large a record may be is for the topic to say. */
    private static final int LARGEST = 64 * 1024 * 1024;

    private final KafkaClients clients;
    private final ReplayTopics topics;
    private final Watcher watcher;
    private final StopRequest stop;
    private final ReplayLock lock;

    /**
     * Takes the lock.
     *
     * @param clients reach the broker
     * @param topics  the topics
     * @param watcher told how far it is
     * @param session after what time a replay that was killed is given up
     * @param stop    ends it between two records
     * @throws ReplayRefusedException if another replay runs
     */
    public Replay(KafkaClients clients, ReplayTopics topics, Watcher watcher, Duration session, StopRequest stop) {
        this.clients = clients;
        this.topics = topics;
        this.watcher = watcher;
        this.stop = stop;
        try (var admin = clients.admin()) {
            this.lock = ReplayLock.take(admin, clients.member(topics.group(), session), session, topics, watcher, stop);
        }
    }

    /**
     * Reads what there is to replay. What is planned before the lock is held may be replayed by another one meanwhile.
     *
     * @param planner not told anything yet
     * @param max     the most to replay
     * @return the plan
     * @throws ReplayRefusedException if a transaction of another program stays open, behind which nothing can be read
     */
    public ReplayPlan plan(ReplayPlanner planner, int max) {
        try (TopicQuestions questions = clients.questions()) {
            AllReadable.await(questions, topics, this::watchAndKeep, stop);
        }
        Planning.read(planner, topics, new TopicScan(clients::reader, this::watchAndKeep, stop));
        return planner.plan(max);
    }

    private void watchAndKeep(String what, long done, long total) {
        lock.keep();
        watcher.progress(what, done, total);
    }

    /**
     * @param plan      what to replay
     * @param perSecond records per second
     * @return what it came to
     */
    public ReplayResult run(ReplayPlan plan, double perSecond) {
        Progress progress = new Progress();
        try (LetterReader letters = new LetterReader(clients.reader(), topics.deadLetter());
             Producer<byte[], byte[]> producer = clients.producerForLarge(LARGEST)) {
            return progress.ended(run(plan, new Pace(perSecond, System::nanoTime), letters, producer, progress));
        } catch (KafkaException e) {
            progress.failure = e;
            return progress.ended(ReplayResult.End.FAILED);
        }
    }

    private ReplayResult.End run(ReplayPlan plan, Pace pace, LetterReader letters, Producer<byte[], byte[]> producer, Progress progress) {
        int partitions = producer.partitionsFor(topics.inbound()).size();
        for (ReplayPlan.Letter letter : plan.letters()) {
            stop.await(pace.untilNext());
            if (stop.requested()) {
                return ReplayResult.End.STOPPED;
            }
            Optional<StoredRecord> stored = letters.fetch(letter.place());
            if (stored.isEmpty()) {
                progress.gone++;
                continue;
            }
            TopicPartition at = new TopicPartition(topics.deadLetter(), letter.place().partition());
            if (!lock.isHeldFor(at, letter.place().offset())) {
                return ReplayResult.End.LOCK_LOST;
            }
            Optional<OutgoingRecord> event = event(stored.get(), progress);
            if (event.isEmpty()) {
                continue;
            }
            Integer partition = letter.sourcePartition() < partitions ? letter.sourcePartition() : null;
            if (!send(producer, partition, event.get(), letter.place(), progress)) {
                return ReplayResult.End.FAILED;
            }
            watcher.progress("Replaying", progress.tried(), plan.letters().size());
        }
        return ReplayResult.End.DONE;
    }

    /** Of a letter that was trimmed: what stands where its event was read, if it is that event. */
    private Optional<OutgoingRecord> event(StoredRecord stored, Progress progress) {
        DeadLetter letter = DeadLetter.read(stored);
        if (letter.trimmed().isEmpty() && stored.excerpt().isEmpty()) {
            return Optional.of(Replayed.of(topics.deadLetter(), stored));
        }
        Optional<StoredRecord> source = stored.excerpt().isPresent() ? Optional.of(stored) : letter.source()
            .flatMap(at -> new TopicScan(clients::reader, this::watchAndKeep, stop).at(topics.inbound(), at.place()));
        if (source.flatMap(StoredRecord::excerpt).isPresent()) {
            progress.notHeld.add(stored.place());
            return Optional.empty();
        }
        Trimmed whole = letter.trimmed().get();
        Optional<OutgoingRecord> event = source.filter(found -> whole.key().fits(found.key()) && whole.value().fits(found.value()))
            .map(found -> Replayed.of(topics.deadLetter(), stored, found));
        if (event.isEmpty()) {
            progress.notWhole.add(stored.place());
        }
        return event;
    }

    private boolean send(Producer<byte[], byte[]> producer, Integer partition, OutgoingRecord event, Place letter, Progress progress) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topics.inbound(), partition, event.key(), event.value());
        event.headers().forEach(header -> sent.headers().add(new RecordHeader(header.name(), header.value())));
        try {
            producer.send(sent).get(ACKNOWLEDGED.toMillis(), TimeUnit.MILLISECONDS);
            progress.replayed++;
            progress.last = letter;
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                progress.tooLarge.add(letter);
                return true;
            }
            progress.failure = e.getCause();
        } catch (KafkaException | TimeoutException e) {
            progress.failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            progress.failure = e;
        }
        return false;
    }

    @Override
    public void close() {
        lock.close();
    }

    private static final class Progress {

        private int replayed;
        private int gone;
        private Place last;
        private Throwable failure;
        private final List<Place> tooLarge = new ArrayList<>();
        private final List<Place> notWhole = new ArrayList<>();
        private final List<Place> notHeld = new ArrayList<>();

        int tried() {
            return replayed + gone + tooLarge.size() + notWhole.size() + notHeld.size();
        }

        ReplayResult ended(ReplayResult.End end) {
            return new ReplayResult(replayed, Optional.ofNullable(last), gone, List.copyOf(tooLarge), List.copyOf(notWhole),
                List.copyOf(notHeld), end,
                Optional.ofNullable(failure));
        }
    }
}
