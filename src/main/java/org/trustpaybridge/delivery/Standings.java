package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where the assigned partitions stand, and what else is known of their places. Safe for use by several threads, as the window is. */
public final class Standings {

    private final Monitor monitor;
    private final PartitionBooks partitions;

    Standings(Monitor monitor, PartitionBooks partitions) {
        this.monitor = monitor;
        this.partitions = partitions;
    }

    /** @return of each assigned partition where it stands */
    public List<Standing> all() {
        return monitor.locked(() -> partitions.all().stream().map(Standings::of).toList());
    }

    /**
     * @param id a partition
     * @return where it stands; empty if it is not assigned
     */
    public Optional<Standing> of(PartitionId id) {
        return monitor.locked(() -> Optional.ofNullable(partitions.of(id)).map(Standings::of));
    }

    private static Standing of(PartitionProgress books) {
        return new Standing(books.id(), books.position(), books.finishedUpTo(), books.note());
    }

    /**
     * Notes which leader records come from.
     *
     * @param id    an assigned partition
     * @param from  offset of the first record of that epoch
     * @param epoch epoch of the leader
     */
    public void epoch(PartitionId id, long from, int epoch) {
        monitor.locked(() -> Optional.ofNullable(partitions.of(id)).ifPresent(books -> books.epoch(from, epoch)));
    }

    /**
     * Notes that Kafka deleted what was not fetched yet.
     *
     * @param id  an assigned partition
     * @param to  first offset that is left
     * @param now when that was noticed
     * @return what was deleted; empty if nothing was
     */
    public Optional<DeletedUnread> deletedUnread(PartitionId id, long to, Instant now) {
        return monitor.locked(() -> Optional.ofNullable(partitions.of(id)).filter(books -> books.position() >= 0 && books.position() < to)
            .map(books -> books.deletedUnread(to, now)));
    }

    /**
     * @param id   a partition
     * @param upTo what was deleted before this offset is acknowledged
     * @return whether there was something to acknowledge
     */
    public boolean acknowledge(PartitionId id, long upTo) {
        return monitor.locked(() -> Optional.ofNullable(partitions.of(id)).filter(books -> books.acknowledge(upTo)).isPresent());
    }

    /** @return what came of records in doubt where all of them are finished now; each is told once */
    public List<DoubtResolved> resolvedDoubts() {
        return monitor.locked(() -> partitions.all().stream().map(PartitionProgress::resolveDoubt).flatMap(Optional::stream).toList());
    }

    /**
     * @param ids partitions that were released
     * @return records of them that are fetched and not finished
     */
    public int unfinished(Collection<PartitionId> ids) {
        return monitor.locked(() -> ids.stream().map(partitions::of).filter(Objects::nonNull).mapToInt(PartitionProgress::openCount).sum());
    }
}
