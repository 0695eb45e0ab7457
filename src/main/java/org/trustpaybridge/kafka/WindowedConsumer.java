package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.CommitPoint;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.log.LogEvent;

/**
 * A consumer that hands out records without waiting for the ones before, commits only what is finished from the front, and pauses
 * fetching, not polling, while there is no room. camel-kafka uses it from its polling thread as it would use Kafka's own.
 *
 * <p>What {@link #poll} returns are not the fetched records themselves but their books: each value is an {@link InFlightRecord}, key and
 * headers are left out. So no record header becomes a Camel header, and a record can be handed out again without being fetched again.
 */
final class WindowedConsumer extends KafkaConsumer<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(WindowedConsumer.class);

    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(3);
    /** Bounds how late a commit, a pause or a due record can be when the topic is silent. */
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration FULL_WAIT = Duration.ofMillis(20);
    private static final Duration DRAIN_STEP = Duration.ofMillis(500);

    private final InFlightWindow window;
    private final ConsumerContext context;
    private final BrokerWatch brokerWatch;
    /** Assigned partitions that wait until the ledger knows all that was published before. */
    private final Map<TopicPartition, CompletableFuture<Void>> awaitingLedger = new HashMap<>();
    private final AtomicBoolean wokenByWindow = new AtomicBoolean();
    private volatile boolean polling;
    private boolean pausedByCamel;
    private boolean pausedByWindow;
    private boolean commitUnderWay;
    private boolean metadataTooLarge;
    private boolean left;
    private Metric heartbeats;
    private Object lastHeartbeats;
    private long lastCommitNanos = System.nanoTime();

    WindowedConsumer(Properties properties, ConsumerContext context) {
        super(properties);
        this.context = context;
        this.window = context.window();
        this.brokerWatch = context.brokerWatch();
        window.whenReady(this::wakeForReady);
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (!brokerWatch.reached(this, timeout)) {
            return ConsumerRecords.empty();
        }
        window.giveBackTaken();
        renewLease();
        commitFinished();
        steerFetching();
        Duration wait = pausedByCamel ? shorter(timeout, LONGEST_POLL) : wait(timeout);
        if (pausedByWindow && !pausedByCamel) {
            // Nothing can be fetched: wait for the window, not for the broker, and then just keep the membership alive.
            window.awaitChange(shorter(wait, FULL_WAIT));
            wait = Duration.ZERO;
        }
        fetch(wait);
        brokerWatch.polled(this);
        return pausedByCamel ? ConsumerRecords.empty() : handedOut(window.takeReady());
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        brokerWatch.expect(topics);
        super.subscribe(topics, new WindowRebalanceListener(listener));
    }

    /** Camel pauses all partitions on suspend and before it stops; what is assigned later must stay paused as well. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedByCamel = true;
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        pausedByCamel = false;
        if (!pausedByWindow) {
            super.resume(partitions);
        }
    }

    /**
     * Does nothing: on resume Camel 4.18 seeks every partition back to its committed offset, which would fetch the records in flight again.
     */
    @Override
    public void seek(TopicPartition partition, long offset) {
        LOG.debug("A seek to {} on {} is ignored, the window keeps the position", offset, partition);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        seek(partition, offset.offset());
    }

    @Override
    public void unsubscribe() {
        leave();
        super.unsubscribe();
    }

    @Override
    public void close() {
        leave();
        left = true;
        super.close();
    }

    @Override
    public void close(Duration timeout) {
        leave();
        left = true;
        super.close(timeout);
    }

    private void fetch(Duration wait) {
        polling = true;
        ConsumerRecords<Object, Object> fetched;
        try {
            // Records that became ready before this thread said that it polls have no one to wake.
            boolean something = !pausedByCamel && window.untilNextDue().filter(Duration::isZero).isPresent();
            fetched = super.poll(something ? Duration.ZERO : wait);
            polling = false;
            for (ConsumerRecord<Object, Object> fetchedRecord : fetched) {
                window.open(sourceOf(fetchedRecord));
            }
            for (TopicPartition partition : fetched.partitions()) {
                window.advance(idOf(partition), position(partition));
            }
        } catch (WakeupException e) {
            if (!wokenByWindow.getAndSet(false)) {
                throw e;
            }
        } catch (AuthenticationException | AuthorizationException e) {
            // Camel would end the consumer for good on the one, and reconnect without a pause on the other.
            brokerWatch.refused(e);
        } finally {
            polling = false;
        }
    }

    /** A heartbeat that was answered is the only proof that this member still has its partitions; a poll comes back without one. */
    private void renewLease() {
        if (heartbeats == null) {
            heartbeats = metrics().entrySet().stream().filter(metric -> metric.getKey().name().equals("heartbeat-total"))
                .map(Map.Entry::getValue).findFirst().orElse(null);
        }
        Object answered = heartbeats == null ? null : heartbeats.metricValue();
        if (answered != null && !answered.equals(lastHeartbeats)) {
            lastHeartbeats = answered;
            context.lease().renew();
        }
    }

    private Duration wait(Duration timeout) {
        Duration wait = shorter(timeout, LONGEST_POLL);
        return window.untilNextDue().map(due -> shorter(due, wait)).orElse(wait);
    }

    private void wakeForReady() {
        if (polling && wokenByWindow.compareAndSet(false, true)) {
            wakeup();
        }
    }

    private void steerFetching() {
        pausedByWindow = !window.hasRoom();
        awaitingLedger.values().removeIf(CompletableFuture::isDone);
        Set<TopicPartition> assigned = assignment();
        Set<TopicPartition> held = new HashSet<>(awaitingLedger.keySet());
        if (pausedByWindow || pausedByCamel || context.consumption().paused()) {
            held.addAll(assigned);
        }
        window.stretched().forEach(id -> held.add(new TopicPartition(id.topic(), id.partition())));
        held.retainAll(assigned);
        Set<TopicPartition> paused = paused();
        if (!held.equals(paused)) {
            super.pause(held);
            super.resume(assigned.stream().filter(partition -> !held.contains(partition)).toList());
        }
    }

    private void commitFinished() {
        if (commitUnderWay || System.nanoTime() - lastCommitNanos < COMMIT_INTERVAL.toNanos()) {
            return;
        }
        Map<PartitionId, CommitPoint> points = window.commitPoints();
        if (points.isEmpty()) {
            return;
        }
        lastCommitNanos = System.nanoTime();
        commitUnderWay = true;
        commitAsync(toKafka(points), (committed, failure) -> {
            commitUnderWay = false;
            if (failure == null) {
                window.committed(points);
            } else {
                metadataTooLarge |= failure instanceof OffsetMetadataTooLarge;
                brokerWatch.notCommitted(failure);
            }
        });
    }

    /** Without an answer, all behind the committed offset is passed through again: orders are repeats then, dead letters come twice. */
    private Map<TopicPartition, OffsetAndMetadata> committedOf(Collection<TopicPartition> partitions) {
        polling = false;
        try {
            return partitions.isEmpty() ? Map.of() : committed(Set.copyOf(partitions), COMMIT_PATIENCE);
        } catch (WakeupException e) {
            // A wake-up meant for a poll that was over; it does not come twice.
            wokenByWindow.set(false);
            return committed(Set.copyOf(partitions), COMMIT_PATIENCE);
        } catch (KafkaException e) {
            LOG.debug("The committed offsets could not be read", e);
            return Map.of();
        }
    }

    private static CommitPoint pointOf(OffsetAndMetadata committed) {
        return committed == null ? new CommitPoint(-1, "") : new CommitPoint(committed.offset(), committed.metadata());
    }

    /** Camel closes a consumer twice when it reconnects. */
    private void leave() {
        if (!left) {
            release(assignment());
        }
    }

    /** Lets what is running finish, commits, and closes the books of the partitions. */
    private void release(Collection<TopicPartition> partitions) {
        List<PartitionId> ids = partitions.stream().map(WindowedConsumer::idOf).toList();
        if (ids.isEmpty()) {
            return;
        }
        polling = false;
        window.giveBackTaken();
        window.release(ids);
        drain(ids);
        Map<PartitionId, CommitPoint> points = new LinkedHashMap<>(window.commitPoints());
        points.keySet().retainAll(ids);
        if (!points.isEmpty()) {
            commitNow(points);
        }
        window.revoke(ids);
    }

    /**
     * Waits as long as a call and its publishing can take: what is given away unfinished is posted again by another member. Meanwhile this
     * thread does not poll, but it lives, and heartbeats go on.
     */
    private void drain(List<PartitionId> ids) {
        long deadline = System.nanoTime() + context.drain().toNanos();
        boolean idle = window.awaitIdle(ids, DRAIN_STEP);
        while (!idle && System.nanoTime() - deadline < 0 && !Thread.currentThread().isInterrupted()) {
            renewLease();
            idle = window.awaitIdle(ids, DRAIN_STEP);
        }
        if (!idle) {
            LogEvent.GIVEN_AWAY_UNFINISHED.on(LOG).addKeyValue("partitions", ids).log();
        }
    }

    private void commitNow(Map<PartitionId, CommitPoint> points) {
        for (int attempt = 1; attempt <= 2; attempt++) {
            try {
                commitSync(toKafka(points), COMMIT_PATIENCE);
                window.committed(points);
                return;
            } catch (WakeupException e) {
                // A wake-up meant for a poll that was over: the second attempt is not disturbed by it.
                wokenByWindow.set(false);
            } catch (KafkaException e) {
                LogEvent.LAST_COMMIT_FAILED.on(LOG).addKeyValue("partitions", points.keySet())
                    .addKeyValue("cause", e.getClass().getSimpleName()).log();
                return;
            }
        }
    }

    private static ConsumerRecords<Object, Object> handedOut(List<InFlightRecord> records) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> byPartition = new LinkedHashMap<>();
        for (InFlightRecord inFlight : records) {
            SourceRecord source = inFlight.source();
            byPartition.computeIfAbsent(new TopicPartition(source.topic(), source.partition()), partition -> new ArrayList<>())
                .add(new ConsumerRecord<>(source.topic(), source.partition(), source.offset(), null, inFlight));
        }
        return byPartition.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(byPartition);
    }

    private static SourceRecord sourceOf(ConsumerRecord<Object, Object> fetched) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : fetched.headers() == null ? new RecordHeaders() : fetched.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return new SourceRecord(fetched.topic(), fetched.partition(), fetched.offset(), Instant.ofEpochMilli(fetched.timestamp()),
            (byte[]) fetched.key(), (byte[]) fetched.value(), headers);
    }

    private Map<TopicPartition, OffsetAndMetadata> toKafka(Map<PartitionId, CommitPoint> points) {
        Map<TopicPartition, OffsetAndMetadata> kafka = new LinkedHashMap<>();
        points.forEach((id, point) -> kafka.put(new TopicPartition(id.topic(), id.partition()),
            new OffsetAndMetadata(point.offset(), metadataTooLarge ? "" : point.metadata())));
        return kafka;
    }

    private static PartitionId idOf(TopicPartition partition) {
        return new PartitionId(partition.topic(), partition.partition());
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Keeps the books in step with the assignment, around what Camel does. */
    private final class WindowRebalanceListener implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener camel;

        WindowRebalanceListener(ConsumerRebalanceListener camel) {
            this.camel = camel;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> committed = committedOf(partitions);
            partitions.forEach(partition -> window.assign(idOf(partition), pointOf(committed.get(partition))));
            context.lease().renew();
            camel.onPartitionsAssigned(partitions);
            WindowedConsumer.super.pause(partitions);
            CompletableFuture<Void> caughtUp = partitions.isEmpty() ? null : context.ledger().caughtUp();
            partitions.forEach(partition -> awaitingLedger.put(partition, caughtUp));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            release(partitions);
            awaitingLedger.keySet().removeAll(partitions);
            camel.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LogEvent.PARTITIONS_LOST.on(LOG).addKeyValue("partitions", partitions).log();
            window.revoke(partitions.stream().map(WindowedConsumer::idOf).toList());
            awaitingLedger.keySet().removeAll(partitions);
            camel.onPartitionsLost(partitions);
        }
    }
}
