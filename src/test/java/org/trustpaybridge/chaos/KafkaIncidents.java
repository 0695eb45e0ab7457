package org.trustpaybridge.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.MovableBroker;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.Topics;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** What operators and other programs do to Kafka. */
final class KafkaIncidents {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ABORTED = 20;
    private static final double SLOW = 1_000;
    private static final int TOO_LARGE = 40;
    /** The inbound topic and the producer of the load just take it. */
    private static final int LARGEST = 1_048_000;
    /** Enough to have something to delete. */
    private static final long PILE = 30;

    private final ProcessRig rig;
    private final Topics topics;
    private final Published published;
    /** Held by whoever publishes, for each record. */
    private final Lock load;

    KafkaIncidents(ProcessRig rig, Topics topics, Published published, Lock load) {
        this.rig = rig;
        this.topics = topics;
        this.published = published;
        this.load = load;
    }

    /** Orders of a publisher that thinks better of it. */
    void abortTransaction(int number) {
        int partitions = rig.kafka().endOffsets(topics.in()).size();
        try (TransactionalPublisher publisher = new TransactionalPublisher(rig.broker().bootstrapServers(), "chaos-" + number)) {
            publisher.begin();
            for (int i = 0; i < ABORTED; i++) {
                String id = "aborted-" + number + "-" + i;
                publisher.publish(topics.in(), i % partitions, id, new String(OrderEvents.order(id, 1000)));
            }
            publisher.abort();
        }
    }

    /**
     * As large as the inbound topic takes, of bytes that no codec makes smaller. Waits for their letters: throttled ones would take hours.
     */
    void publishTooLarge(int number) {
        long before = letters();
        String prefix = "large-" + number + "-";
        Random random = new Random(number);
        load.lock();
        try {
            for (int i = 0; i < TOO_LARGE; i++) {
                byte[] value = new byte[LARGEST];
                random.nextBytes(value);
                InputEvent event = new InputEvent(Duration.ZERO, InputEvent.Kind.POISON, (prefix + i).getBytes(StandardCharsets.UTF_8),
                    value);
                published.add(event, published.generation(), rig.kafka().publish(topics.in(), event.key(), value,
                    KafkaProbe.header(ChaosRun.KIND, event.kind().name())));
            }
        } finally {
            load.unlock();
        }
        waiting("the letters of records that are too large").until(() -> letters() >= before + TOO_LARGE
            && rig.kafka().readAll(topics.dead()).stream().filter(each -> each.key() != null && each.key().startsWith(prefix))
                .count() >= TOO_LARGE);
    }

    private long letters() {
        return rig.kafka().endOffsets(topics.dead()).values().stream().mapToLong(Long::longValue).sum();
    }

    /** One more for each topic. */
    void addPartition() {
        try (Admin admin = rig.broker().admin()) {
            Map<String, NewPartitions> more = List.of(topics.in(), topics.out(), topics.dead()).stream()
                .collect(Collectors.toMap(topic -> topic, topic -> NewPartitions.increaseTo(rig.kafka().endOffsets(topic).size() + 1)));
            await(admin.createPartitions(more).all());
        }
    }

    void moveBroker() {
        ((MovableBroker) rig.broker()).move();
    }

    /** Every producer but that of the load. */
    void throttleProducers(boolean slow) {
        try (Admin admin = rig.broker().admin()) {
            await(admin.alterClientQuotas(List.of(
                quota(rig.kafka().clientId(), slow ? Double.valueOf(Integer.MAX_VALUE) : null), quota(null, slow ? SLOW : null))).all());
        }
    }

    /** The group has no member now. */
    void deleteOffsets() {
        try (Admin admin = rig.broker().admin()) {
            waiting("the group to be empty").until(() -> {
                admin.deleteConsumerGroups(Set.of(topics.group())).all().get(10, TimeUnit.SECONDS);
                return true;
            });
        }
    }

    /** Half of what nobody has read, as retention would do it. No bridge runs now. */
    void deleteUnread() {
        waiting("orders to pile up").until(() -> rig.kafka().lag(topics.group(), topics.in()) >= PILE);
        Map<TopicPartition, Long> finished = finished();
        Map<TopicPartition, Long> upTo = new HashMap<>();
        rig.kafka().endOffsets(topics.in()).forEach((partition, end) -> {
            long from = finished.getOrDefault(partition, 0L);
            upTo.put(partition, from + (end - from) / 2);
        });
        published.deleted(finished, upTo);
        try (Admin admin = rig.broker().admin()) {
            await(admin.deleteRecords(upTo.entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, each -> RecordsToDelete.beforeOffset(each.getValue())))).all());
        }
    }

    /** Bridges run, and have some in hand. Nothing is published meanwhile. */
    void createAnew() {
        load.lock();
        try (Admin admin = rig.broker().admin()) {
            rig.kafka().flush();
            int partitions = rig.kafka().endOffsets(topics.in()).size();
            Map<TopicPartition, Long> finished = finished();
            await(admin.deleteTopics(Set.of(topics.in())).all());
            waiting("the topic to be gone").until(() -> isGone(admin));
            rig.broker().createTopic(topics.in(), partitions);
            published.createdAnew(finished, IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topics.in(), p)).toList());
        } finally {
            load.unlock();
        }
    }

    private boolean isGone(Admin admin) throws InterruptedException, TimeoutException {
        try {
            admin.describeTopics(Set.of(topics.in())).allTopicNames().get(5, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        }
    }

    private Map<TopicPartition, Long> finished() {
        Map<TopicPartition, Long> finished = new HashMap<>();
        rig.kafka().committedOffsets(topics.group()).forEach((partition, offset) -> {
            if (offset != null) {
                finished.put(partition, offset.offset());
            }
        });
        return finished;
    }

    private static ClientQuotaAlteration quota(String clientId, Double bytesPerSecond) {
        Map<String, String> entity = new HashMap<>();
        entity.put(ClientQuotaEntity.CLIENT_ID, clientId);
        return new ClientQuotaAlteration(new ClientQuotaEntity(entity),
            List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)));
    }

    private static ConditionFactory waiting(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).ignoreExceptions();
    }

    private static void await(KafkaFuture<?> future) {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
