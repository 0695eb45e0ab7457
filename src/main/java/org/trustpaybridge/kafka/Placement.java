package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.DoubtResolved;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.Standing;
import org.trustpaybridge.delivery.position.Beginning;
import org.trustpaybridge.delivery.position.Beginning.How;
import org.trustpaybridge.log.LogEvent;

/**
 * Puts assigned partitions to where they are to be read from, once that is known, and again when something is not as it was. Until then
 * nothing is fetched of them. Used by the polling thread; answers and suspicions come from another one.
 */
final class Placement {

    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
    private static final Duration COMMIT_AGAIN = Duration.ofSeconds(1);

    /** What is asked of the consumer. */
    interface Client {

        /** Fetches the partition from there on, next time that it is fetched. */
        void seek(TopicPartition partition, OffsetAndMetadata to);

        /** Lets what runs of these partitions finish, and begins nothing. */
        void drain(List<PartitionId> ids);

        /** Leaves the group and joins it again, so that nothing is left of what the client knew of the topic. */
        void joinAnew();

        /** The partitions of this member. */
        Collection<TopicPartition> assigned();
    }

    private final Positions positions;
    private final InFlightWindow window;
    private final PublishedBefore publishedBefore;
    private final Commits commits;
    private final FetchSteering fetching;
    private final Client client;
    private final Map<TopicPartition, PositionRequest> open = new HashMap<>();
    private final Queue<PositionRequest.Answer> answers = new ConcurrentLinkedQueue<>();
    private final Consumer<List<PositionRequest.Answer>> asker;
    private final Queue<PartitionId> suspects = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, PositionRequest> uncommitted = new HashMap<>();
    private long committedNanos = System.nanoTime();
    private long dropped;

    Placement(ConsumerContext context, Commits commits, FetchSteering fetching, Runnable wakeUp, Client client) {
        this.positions = context.positions();
        this.window = context.window();
        this.publishedBefore = context.publishedBefore();
        this.commits = commits;
        this.fetching = fetching;
        this.client = client;
        this.asker = found -> {
            answers.addAll(found);
            wakeUp.run();
        };
        positions.whenSuspicious(ids -> {
            suspects.addAll(ids);
            wakeUp.run();
        });
    }

    /** Called in the middle of a poll, which needs some place to go on; nothing is fetched from there. */
    void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> window.assign(KafkaRecords.idOf(partition)));
        ask(partitions.stream().map(partition -> ticket(partition, Optional.empty(), OptionalLong.empty())).toList());
    }

    void forget(Collection<TopicPartition> partitions) {
        positions.withdraw(partitions.stream().map(open::remove).filter(java.util.Objects::nonNull).toList());
        uncommitted.keySet().removeAll(partitions);
    }

    /** Kafka has no record at the place of some partitions, or another one than was read. */
    void outOfRange(InvalidOffsetException unexpected) {
        Map<TopicPartition, OffsetAndMetadata> divergent =
            unexpected instanceof LogTruncationException truncated ? truncated.divergentOffsets() : Map.of();
        doubt(unexpected.partitions(), partition -> Optional.ofNullable(divergent.get(partition))
            .map(offset -> OptionalLong.of(offset.offset())).orElse(OptionalLong.empty()));
    }

    private void doubt(Collection<TopicPartition> partitions, Function<TopicPartition, OptionalLong> divergent) {
        List<PositionRequest> tickets = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Optional<Standing> standing = window.standings().of(KafkaRecords.idOf(partition)).filter(each -> each.position() >= 0);
            if (standing.isPresent() && !open.containsKey(partition)) {
                tickets.add(ticket(partition, standing, divergent.apply(partition)));
            }
        }
        ask(tickets);
    }

    private PositionRequest ticket(TopicPartition partition, Optional<Standing> standing, OptionalLong divergent) {
        return new PositionRequest(partition, standing, divergent, new CompletableFuture<>(), asker);
    }

    private void ask(List<PositionRequest> tickets) {
        if (tickets.isEmpty()) {
            return;
        }
        CompletableFuture<Void> known = publishedBefore.caughtUp();
        for (PositionRequest ticket : tickets) {
            open.put(ticket.partition(), ticket);
            client.seek(ticket.partition(), new OffsetAndMetadata(0));
            fetching.holdUntil(CompletableFuture.allOf(known, ticket.placed()), List.of(ticket.partition()));
        }
        positions.ask(tickets);
    }

    /** Does what was found out since the last time. */
    void settle() {
        List<TopicPartition> suspected = new ArrayList<>();
        for (PartitionId id = suspects.poll(); id != null; id = suspects.poll()) {
            suspected.add(KafkaRecords.partitionOf(id));
        }
        doubt(suspected, partition -> OptionalLong.empty());
        List<PositionRequest.Answer> news = new ArrayList<>();
        for (PositionRequest.Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            if (open.get(answer.ticket().partition()) == answer.ticket()) {
                news.add(answer);
            }
        }
        if (news.stream().anyMatch(answer -> answer.ticket().standing().isPresent() && answer.beginning().how() == How.NEW_TOPIC)) {
            beginAnew();
            return;
        }
        news.forEach(this::place);
        tell(news);
        commit(!news.isEmpty());
        for (DoubtResolved resolved : window.standings().resolvedDoubts()) {
            LogEvent.DOUBT_RESOLVED.on(LOG).addKeyValue("partition", resolved.id()).addKeyValue("done_before", resolved.done())
                .addKeyValue("fresh", resolved.fresh()).log();
        }
    }

    /** What is in flight belongs to a topic that is no more: what runs is finished, and nothing of it is committed for the new one. */
    private void beginAnew() {
        List<PartitionId> ids = client.assigned().stream().map(KafkaRecords::idOf).toList();
        client.drain(ids);
        dropped += window.standings().unfinished(ids);
        positions.goneWithTheTopic(ids);
        window.revoke(ids);
        client.joinAnew();
    }

    private void place(PositionRequest.Answer answer) {
        Beginning beginning = answer.beginning();
        TopicPartition partition = answer.ticket().partition();
        PartitionId id = KafkaRecords.idOf(partition);
        if (answer.ticket().standing().isPresent() && beginning.how() == How.CONTINUED) {
            window.standings().deletedUnread(id, answer.facts().start(),
                positions.clock().instant()).ifPresent(gone -> positions.deletedUnread(id, gone));
            long position = window.standings().of(id).map(Standing::position).orElse(beginning.at());
            client.seek(partition, new OffsetAndMetadata(position));
        } else {
            if (answer.ticket().standing().isPresent()) {
                client.drain(List.of(id));
            }
            window.assign(id, beginning.opening());
            beginning.deleted().ifPresent(gone -> positions.deletedUnread(id, gone));
            client.seek(partition, new OffsetAndMetadata(beginning.at(), beginning.leaderEpoch(), ""));
        }
        // So that both series begin with 0.
        positions.counts().deletedUnread().accept(id, 0);
        positions.counts().passedOver().accept(id, 0);
        open.remove(partition);
        uncommitted.put(partition, answer.ticket());
    }

    /** Where a partition begins is committed before anything is read of it: whoever gets it next begins there too. */
    private void commit(boolean now) {
        if (uncommitted.isEmpty() || !now && System.nanoTime() - committedNanos < COMMIT_AGAIN.toNanos()) {
            return;
        }
        committedNanos = System.nanoTime();
        if (commits.first(uncommitted.keySet().stream().map(KafkaRecords::idOf).toList())) {
            uncommitted.values().forEach(ticket -> ticket.placed().complete(null));
            uncommitted.clear();
        }
    }

    /** One line for all partitions with which the same was done. */
    private void tell(List<PositionRequest.Answer> news) {
        Map<How, List<PositionRequest.Answer>> byReason = news.stream()
            .filter(answer -> answer.ticket().standing().isEmpty() || answer.beginning().how() != How.CONTINUED)
            .collect(Collectors.groupingBy(answer -> answer.beginning().how()));
        byReason.forEach((how, same) -> {
            same.forEach(answer -> positions.counts().decided().accept(how.word()));
            if (how == How.CONTINUED) {
                return;
            }
            var line = event(how).on(LOG).addKeyValue("partitions", same.stream().map(answer -> answer.ticket().partition() + "@"
                    + answer.beginning().at()).sorted().toList())
                .addKeyValue("why", how.words())
                .addKeyValue("committed", same.stream().map(answer -> answer.beginning().committed()).toList())
                .addKeyValue("in_doubt", same.stream().mapToLong(answer -> answer.beginning().doubt()
                    .map(doubt -> doubt.until() - answer.beginning().at()).orElse(0L)).sum());
            if (how == How.NEW_TOPIC) {
                line = line.addKeyValue("topic_id", same.get(0).facts().topicId()).addKeyValue("dropped", dropped);
                dropped = 0;
            }
            line.log();
        });
    }

    private static LogEvent event(How how) {
        return switch (how) {
            case NEW_TOPIC -> LogEvent.TOPIC_CREATED_ANEW;
            case CUT_BACK, BEYOND_END -> LogEvent.TOPIC_CUT_BACK;
            case TOLD -> LogEvent.STARTED_AS_TOLD;
            case MOVED -> LogEvent.OFFSETS_OF_OTHERS;
            default -> LogEvent.POSITION_BEGUN;
        };
    }
}
