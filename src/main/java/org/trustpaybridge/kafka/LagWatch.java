package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.PartitionLag;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Vital;

/**
 * Asks Kafka now and then how far the assigned partitions are behind. The consumer's own {@code records-lag} is no help: it stands still
 * while fetching is paused, which is when orders pile up.
 */
public final class LagWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(4);
    /** The client itself answers in time, unless its own thread is gone. */
    private static final Duration NO_CLIENT = ANSWER.plusSeconds(4);
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final Supplier<? extends Collection<PartitionId>> assigned;
    private final OpenTransactions transactions;
    private final Lifeline alive;
    private volatile Map<PartitionId, PartitionLag> lags = Map.of();
    /** Of which partitions were assigned at any time. */
    private final Set<String> topics = new HashSet<>();
    private ScheduledExecutorService scheduler;
    private Admin admin;
    private boolean refused;

    /**
     * @param assigned     the partitions of this member
     * @param transactions told of those that are open there
     * @param alive        of the asking thread
     */
    public LagWatch(Supplier<? extends Collection<PartitionId>> assigned, OpenTransactions transactions, Lifeline alive) {
        this.assigned = assigned;
        this.transactions = transactions;
        this.alive = alive;
    }

    /**
     * @param wanted whether it is to ask at the moment
     * @return what is to be asked about it
     */
    public List<Vital> vitals(BooleanSupplier wanted) {
        return List.of(Vital.lives("The thread that asks for the lag", alive.pulse(), wanted),
            Vital.moves("The thread that asks for the lag", alive.pulse(), wanted, SILENCE));
    }

    /** @return the last answer; empty when there was none, or when the last question was not answered: better no number than an old one */
    public Map<PartitionId, PartitionLag> lags() {
        return lags;
    }

    /**
     * Starts asking, once; further calls do nothing.
     *
     * @param clientProperties properties of a consumer that reaches the same brokers, with its group
     * @param brokerWatch      told whether Kafka answered
     */
    synchronized void start(Properties clientProperties, BrokerWatch brokerWatch) {
        if (scheduler != null) {
            return;
        }
        String group = clientProperties.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        Properties properties = ClientDefaults.ofAdmin(clientProperties);
        scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lag");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.scheduleWithFixedDelay(() -> ask(properties, group, brokerWatch), 1, INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /** After a failure it begins anew with the addresses from the settings, which a client that is cut off may never do by itself. */
    private void ask(Properties properties, String group, BrokerWatch brokerWatch) {
        alive.pulse().beat();
        try {
            if (admin == null) {
                admin = Admin.create(properties);
            }
            Collection<PartitionId> partitions = assigned.get();
            lags = ask(group, partitions);
            refused = false;
            brokerWatch.answeredAnother(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
            lags = Map.of();
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            brokerWatch.answeredAnother(cause instanceof AuthorizationException);
            if (!alive.endsWith(cause, "asking for the lag")) {
                tell(cause);
            }
            forgetClient(cause);
        }
    }

    /** A client whose own thread has ended answers nothing any more, and does not say that this is why. */
    private void forgetClient(Throwable cause) {
        Admin failed = admin;
        if (failed != null && !(cause instanceof AuthorizationException)) {
            admin = null;
            failed.close(Duration.ZERO);
        }
    }

    /** That no broker answers is said elsewhere. */
    private void tell(Throwable cause) {
        if (cause instanceof AuthorizationException && !refused) {
            refused = true;
            LogEvent.LAG_REFUSED.on(LOG).addKeyValue("cause", cause.getClass().getSimpleName()).log();
        } else {
            LOG.debug("Kafka did not tell how far partitions are behind: {}", cause.getClass().getSimpleName());
        }
    }

    private Map<PartitionId, PartitionLag> ask(String group, Collection<PartitionId> partitions)
        throws ExecutionException, InterruptedException, TimeoutException {
        topics.addAll(partitions.stream().map(PartitionId::topic).toList());
        if (partitions.isEmpty()) {
            watchTransactions(Map.of(), Map.of());
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) ANSWER.toMillis())).clusterId()
                .get(NO_CLIENT.toMillis(), TimeUnit.MILLISECONDS);
            return Map.of();
        }
        Map<TopicPartition, PartitionId> asked = partitions.stream()
            .collect(Collectors.toMap(id -> new TopicPartition(id.topic(), id.partition()), Function.identity()));
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(asked.keySet())),
            new ListConsumerGroupOffsetsOptions().timeoutMs((int) ANSWER.toMillis())).partitionsToOffsetAndMetadata(group)
            .get(NO_CLIENT.toMillis(), TimeUnit.MILLISECONDS);
        // What can be read is asked for last, so that what comes in between is not taken for held.
        Map<TopicPartition, Long> ends = offsets(asked.keySet(), OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> stable = offsets(asked.keySet(), OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> begins = offsets(asked.keySet().stream().filter(partition -> committed.get(partition) == null).toList(),
            OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        watchTransactions(stable, ends);
        Map<PartitionId, PartitionLag> answer = new HashMap<>();
        asked.forEach((partition, id) -> answer.put(id, new PartitionLag(
            committed.get(partition) == null ? begins.get(partition) : committed.get(partition).offset(), ends.get(partition),
            Math.max(0, ends.get(partition) - stable.get(partition)))));
        return Map.copyOf(answer);
    }

    private void watchTransactions(Map<TopicPartition, Long> stable, Map<TopicPartition, Long> ends) {
        Map<String, Map<TopicPartition, OpenTransactions.Ends>> byTopic = new HashMap<>();
        topics.forEach(topic -> byTopic.put(topic, new HashMap<>()));
        ends.forEach((partition, end) -> byTopic.get(partition.topic())
            .put(partition, new OpenTransactions.Ends(stable.get(partition), end)));
        byTopic.forEach(transactions::seen);
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation)
        throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        if (!partitions.isEmpty()) {
            admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                new ListOffsetsOptions(isolation).timeoutMs((int) ANSWER.toMillis())).all()
                .get(NO_CLIENT.toMillis(), TimeUnit.MILLISECONDS)
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        }
        return offsets;
    }

    @Override
    public synchronized void close() {
        if (scheduler == null || scheduler.isShutdown()) {
            return;
        }
        scheduler.execute(() -> {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        });
        scheduler.shutdown();
    }
}
