package org.trustpaybridge.kafka;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.position.Beginning;
import org.trustpaybridge.delivery.position.PartitionFacts;

/**
 * What Kafka deletes of partitions while it is not known where to read them from. Nothing is committed meanwhile, so it is told at once,
 * and committed when the partition begins.
 */
final class HeldLosses {

    private final Clock clock;
    private final BiConsumer<PartitionId, DeletedUnread> told;
    private final Map<PositionRequest, Loss> losses = new ConcurrentHashMap<>();

    /** @param told told of each loss, once */
    HeldLosses(Clock clock, BiConsumer<PartitionId, DeletedUnread> told) {
        this.clock = clock;
        this.told = told;
    }

    /** It is still not known where to read this partition from. */
    void held(PositionRequest ticket, PartitionFacts facts, Beginning beginning) {
        if (ticket.standing().isPresent()) {
            return;
        }
        losses.compute(ticket, (same, known) -> {
            Loss before = known == null ? new Loss(facts.start(), Optional.empty(), -1) : known;
            Optional<DeletedUnread> all = all(before, facts, beginning);
            untold(before, all).ifPresent(gone -> told.accept(facts.id(), gone));
            return new Loss(before.start(), all, before.acknowledged());
        });
    }

    /** @return the beginning of a partition that was held, with what was deleted meanwhile; only what was not told yet is to be told */
    Beginning begins(PositionRequest ticket, PartitionFacts facts, Beginning beginning) {
        Loss before = losses.remove(ticket);
        if (before == null) {
            return beginning;
        }
        Optional<DeletedUnread> all = all(before, facts, beginning);
        CommitNote note = beginning.note();
        return new Beginning(beginning.how(), beginning.at(), beginning.leaderEpoch(), beginning.committed(), new CommitNote(note.topicId(),
            note.partitions(), all.or(note::deleted).filter(gone -> gone.to() > before.acknowledged()), note.doubt(), note.open()),
            untold(before, all));
    }

    /** Nobody wants to know any more. */
    void withdraw(Collection<PositionRequest> tickets) {
        losses.keySet().removeAll(tickets);
    }

    /** What is lost of partitions that are held, and not acknowledged. */
    Map<PartitionId, DeletedUnread> all() {
        return losses.entrySet().stream().filter(each -> each.getValue().open().isPresent())
            .collect(Collectors.toMap(each -> KafkaRecords.idOf(each.getKey().partition()), each -> each.getValue().open().orElseThrow()));
    }

    /** @return how many records were acknowledged */
    long acknowledge() {
        long records = all().values().stream().mapToLong(DeletedUnread::atMost).sum();
        losses.replaceAll((ticket, loss) -> new Loss(loss.start(), loss.gone(), loss.gone().map(DeletedUnread::to).orElse(-1L)));
        return records;
    }

    /** Counted from what is committed, if anything is, and else from where it began when it was first looked at. */
    private Optional<DeletedUnread> all(Loss before, PartitionFacts facts, Beginning beginning) {
        return beginning.deleted().or(() -> facts.committed().isEmpty() && facts.start() > before.start()
            ? Optional.of(new DeletedUnread(before.start(), facts.start(), facts.start() - before.start(),
                before.gone().map(DeletedUnread::since).orElseGet(clock::instant))) : before.gone());
    }

    private static Optional<DeletedUnread> untold(Loss before, Optional<DeletedUnread> all) {
        return all.filter(gone -> before.gone().filter(known -> known.to() >= gone.to()).isEmpty())
            .map(gone -> before.gone().map(known -> new DeletedUnread(known.to(), gone.to(), gone.atMost() - known.atMost(), gone.since()))
                .orElse(gone));
    }

    /**
     * Of one partition.
     *
     * @param start        its first offset when it was first looked at
     * @param gone         what was deleted since; all of it is told
     * @param acknowledged what was deleted before this offset is acknowledged
     */
    private record Loss(long start, Optional<DeletedUnread> gone, long acknowledged) {

        Optional<DeletedUnread> open() {
            return gone.filter(all -> all.to() > acknowledged);
        }
    }
}
