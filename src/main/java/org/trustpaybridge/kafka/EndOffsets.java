package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.delivery.PartitionId;

/**
 * Where partitions end, for those who want to know how many records wait behind the ones that were fetched. The consumer itself does not
 * know that while it is paused, which is when it matters. Nothing is asked, and no connection is made, before somebody wants to know;
 * answers are kept for a moment and come later, so that nobody waits for Kafka.
 *
 * <p>Safe for use by several threads.
 */
public final class EndOffsets implements AutoCloseable {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int ANSWER_MILLIS = 5_000;

    private final Clock clock;
    private final Map<PartitionId, Long> known = new HashMap<>();
    private Properties properties;
    private Admin admin;
    private Instant askedAt = Instant.MIN;
    private Set<PartitionId> asked = Set.of();
    private boolean closed;

    /** @param clock tells how old an answer is */
    public EndOffsets(Clock clock) {
        this.clock = clock;
    }

    /** Takes from the properties of a client what an admin client knows: brokers, TLS and SASL. */
    synchronized void reachedBy(Properties clientProperties) {
        if (properties == null) {
            Properties own = new Properties();
            clientProperties.forEach((key, value) -> {
                if (AdminClientConfig.configNames().contains(String.valueOf(key))) {
                    own.put(key, value);
                }
            });
            own.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
            own.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
            own.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
            properties = own;
        }
    }

    /**
     * @param partitions partitions of interest
     * @return their ends as far as they are known, some seconds old at the most while Kafka answers; what is not known yet is asked for, and
     *     missing
     */
    public synchronized Map<PartitionId, Long> of(Collection<PartitionId> partitions) {
        Set<PartitionId> wanted = new HashSet<>(partitions);
        known.keySet().retainAll(wanted);
        boolean stale = !asked.containsAll(wanted) || Duration.between(askedAt, clock.instant()).compareTo(FRESH) >= 0;
        if (stale && !wanted.isEmpty() && properties != null && !closed) {
            ask(wanted);
        }
        return Map.copyOf(known);
    }

    private void ask(Set<PartitionId> wanted) {
        asked = wanted;
        askedAt = clock.instant();
        try {
            if (admin == null) {
                admin = Admin.create(properties);
            }
            Map<TopicPartition, OffsetSpec> question = new HashMap<>();
            wanted.forEach(id -> question.put(new TopicPartition(id.topic(), id.partition()), OffsetSpec.latest()));
            ListOffsetsResult answers = admin.listOffsets(question);
            for (PartitionId id : wanted) {
                answers.partitionResult(new TopicPartition(id.topic(), id.partition()))
                    .whenComplete((end, failure) -> answered(id, end));
            }
        } catch (KafkaException e) {
            // The consumer meets the same fault and says so; here the ends stay unknown.
            known.clear();
        }
    }

    private synchronized void answered(PartitionId id, ListOffsetsResult.ListOffsetsResultInfo end) {
        if (end == null) {
            known.remove(id);
        } else if (asked.contains(id)) {
            known.put(id, end.offset());
        }
    }

    @Override
    public void close() {
        Admin open;
        synchronized (this) {
            closed = true;
            open = admin;
            admin = null;
        }
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
