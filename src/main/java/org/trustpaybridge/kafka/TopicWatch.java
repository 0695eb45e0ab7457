package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.Standing;
import org.trustpaybridge.delivery.Standings;
import org.trustpaybridge.log.LogEvent;

/**
 * Looks now and then whether the inbound topic is still the one that is read, whether records were deleted before they were read, also
 * while nothing is fetched, and whether somebody acknowledged that.
 */
final class TopicWatch {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);

    private final String topic;
    private final Standings standings;
    private final Clock clock;
    private final ForeignCommits foreign;
    private volatile Consumer<Collection<PartitionId>> suspicious = ids -> { };
    private volatile Instant missingSince;
    private Instant saidMissing = Instant.MIN;
    private boolean saidRefused;
    private String id;
    private String idBefore;
    private volatile Ends ends = new Ends("", Map.of());
    private volatile Ends endsBefore = ends;

    TopicWatch(String topic, Standings standings, ForeignCommits foreign, Clock clock) {
        this.topic = topic;
        this.standings = standings;
        this.clock = clock;
        this.foreign = foreign;
    }

    void whenSuspicious(Consumer<Collection<PartitionId>> action) {
        suspicious = action;
    }

    /** Since when the topic is not there, after it was. */
    Optional<Instant> missingSince() {
        return Optional.ofNullable(missingSince);
    }

    /** The id that the topic had before it was created anew, as far as this process saw that. */
    Optional<String> idBefore() {
        return Optional.ofNullable(idBefore);
    }

    void seen(String topicId) {
        if (id != null && !id.equals(topicId)) {
            idBefore = id;
        }
        id = topicId;
    }

    /**
     * What went with a topic that was deleted: of some partitions, what was not finished when the topic was last seen.
     *
     * @param ids partitions of the topic before this one
     */
    Map<PartitionId, DeletedUnread> goneWithTheTopic(Collection<PartitionId> ids) {
        Map<PartitionId, DeletedUnread> gone = new HashMap<>();
        for (Ends each : List.of(endsBefore, ends)) {
            standings.all().stream().filter(standing -> ids.contains(standing.id()) && each.topicId().equals(standing.note().topicId()))
                .filter(standing -> standing.finishedUpTo() >= 0 && standing.finishedUpTo() < each.of(standing))
                .forEach(standing -> gone.put(standing.id(), new DeletedUnread(standing.finishedUpTo(), each.of(standing),
                    each.of(standing) - standing.finishedUpTo(), clock.instant())));
        }
        return gone;
    }

    void look(Admin admin, String group) throws ExecutionException, InterruptedException {
        List<Standing> assigned = standings.all();
        String now;
        TopicDescription described;
        try {
            described = TopicFacts.describe(admin, topic);
            now = TopicFacts.idOf(described);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                missing();
                return;
            }
            throw e;
        }
        if (missingSince != null) {
            missingSince = null;
            saidMissing = Instant.MIN;
            LogEvent.KAFKA_BACK.on(LOG).addKeyValue("topic", topic).log();
        }
        List<Standing> placed = assigned.stream().filter(standing -> standing.position() >= 0).toList();
        Map<TopicPartition, Long> starts = placed.isEmpty() ? Map.of()
            : TopicFacts.starts(admin, placed.stream().map(standing -> KafkaRecords.partitionOf(standing.id())).toList());
        List<PartitionId> suspects = placed.stream().filter(standing -> !standing.note().topicId().equals(now)
                || starts.getOrDefault(KafkaRecords.partitionOf(standing.id()), 0L) > standing.position())
            .map(Standing::id).toList();
        seen(now);
        if (!ends.topicId().equals(now)) {
            endsBefore = ends;
            ends = new Ends(now, Map.of());
        }
        if (suspects.isEmpty() && !placed.isEmpty()) {
            ends = ends.and(TopicFacts.ends(admin, placed.stream().map(standing -> KafkaRecords.partitionOf(standing.id())).toList()));
        }
        if (!suspects.isEmpty()) {
            suspicious.accept(suspects);
        }
        if (placed.stream().anyMatch(standing -> standing.note().deleted().isPresent())) {
            acknowledged(admin, group, placed, now);
        }
        // Offsets of another topic are no measure.
        if (suspects.isEmpty()) {
            watchCommits(admin, group, described);
        }
    }

    private void watchCommits(Admin admin, String group, TopicDescription described) throws ExecutionException, InterruptedException {
        try {
            foreign.seen(TopicFacts.commits(admin, group, TopicFacts.partitions(described)));
        } catch (ExecutionException e) {
            // Said where it keeps orders from being read.
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
        }
    }

    ForeignCommits foreign() {
        return foreign;
    }

    private void missing() {
        if (id == null) {
            return;
        }
        Instant now = clock.instant();
        missingSince = missingSince == null ? now : missingSince;
        if (Duration.between(saidMissing, now).compareTo(SAY_AGAIN) >= 0) {
            saidMissing = now;
            LogEvent.KAFKA_AWAITED.on(LOG).addArgument("topic " + topic + " does not exist any more").log();
        }
    }

    private void acknowledged(Admin admin, String group, List<Standing> placed, String topicId) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets;
        try {
            offsets = Acknowledgements.read(admin, group, placed.stream().map(each -> KafkaRecords.partitionOf(each.id())).toList());
            saidRefused = false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException && !saidRefused) {
                saidRefused = true;
                LogEvent.ACKNOWLEDGEMENTS_REFUSED.on(LOG).addKeyValue("group", Acknowledgements.groupOf(group)).log();
            }
            return;
        }
        acknowledge(standing -> Acknowledgements.upTo(offsets.get(KafkaRecords.partitionOf(standing.id())), topicId));
    }

    /** What was deleted unread before these offsets is known to somebody now. */
    long acknowledge(ToLongFunction<Standing> upTo) {
        List<Standing> acknowledged = new ArrayList<>();
        for (Standing standing : standings.all()) {
            if (standing.note().deleted().isPresent() && standings.acknowledge(standing.id(), upTo.applyAsLong(standing))) {
                acknowledged.add(standing);
            }
        }
        long records = acknowledged.stream().mapToLong(standing -> standing.note().deleted().orElseThrow().atMost()).sum();
        if (!acknowledged.isEmpty()) {
            LogEvent.DELETED_ACKNOWLEDGED.on(LOG).addKeyValue("partitions", acknowledged.stream().map(Standing::id).toList())
                .addKeyValue("at_most", records).log();
        }
        return records;
    }

    /** How far partitions reached when a topic was last seen. */
    private record Ends(String topicId, Map<TopicPartition, Long> byPartition) {

        Ends and(Map<TopicPartition, Long> later) {
            Map<TopicPartition, Long> both = new HashMap<>(byPartition);
            later.forEach((partition, end) -> both.merge(partition, end, Math::max));
            return new Ends(topicId, both);
        }

        long of(Standing standing) {
            return byPartition.getOrDefault(KafkaRecords.partitionOf(standing.id()), -1L);
        }
    }
}
