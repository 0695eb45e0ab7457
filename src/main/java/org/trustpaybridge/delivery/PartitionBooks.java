package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How far each assigned partition is finished. Guarded by the window. */
final class PartitionBooks {

    private final Map<PartitionId, PartitionProgress> partitions = new HashMap<>();
    private long opened;
    private int noteLength = BrokerProfile.KAFKA.noteLength();

    void notesUpTo(int characters) {
        noteLength = characters;
    }

    void open(PartitionId id, Opening opening) {
        partitions.put(id, new PartitionProgress(id, opening, ++opened, noteLength));
    }

    Collection<PartitionProgress> all() {
        return partitions.values();
    }

    /** @return the books of the partition; null when it is not assigned */
    PartitionProgress of(PartitionId id) {
        return partitions.get(id);
    }

    /** @return the books that were closed; null when there were none */
    PartitionProgress close(PartitionId id) {
        PartitionProgress progress = partitions.remove(id);
        if (progress != null) {
            progress.revoke();
        }
        return progress;
    }

    /** @return the books that take this record; null when its partition is not assigned, or it is open or finished already */
    PartitionProgress awaiting(SourceRecord source) {
        PartitionProgress progress = partitions.get(new PartitionId(source.topic(), source.partition()));
        return progress == null || progress.isOpen(source.offset()) || progress.finishedBefore(source.offset()) ? null : progress;
    }

    void release(Collection<PartitionId> ids) {
        ids.stream().map(partitions::get).filter(Objects::nonNull).forEach(PartitionProgress::release);
    }

    boolean anyRunning(Collection<PartitionId> ids) {
        return ids.stream().map(partitions::get).anyMatch(progress -> progress != null && progress.anyRunning());
    }

    Set<PartitionId> stretchedBeyond(long span) {
        return partitions.values().stream().filter(progress -> progress.span() >= span).map(PartitionProgress::id)
            .collect(Collectors.toSet());
    }

    Map<PartitionId, CommitPoint> commitPoints() {
        Map<PartitionId, CommitPoint> points = new LinkedHashMap<>();
        partitions.forEach((id, progress) -> progress.commitPoint().ifPresent(point -> points.put(id, point)));
        return points;
    }

    boolean settled() {
        return partitions.values().stream().allMatch(progress -> progress.openCount() == 0 && progress.commitPoint().isEmpty());
    }

    void committed(Map<PartitionId, CommitPoint> points) {
        points.forEach((id, point) -> {
            PartitionProgress progress = partitions.get(id);
            if (progress != null) {
                progress.committed(point);
            }
        });
    }

    Optional<Instant> oldestFetched() {
        return partitions.values().stream().filter(progress -> progress.openCount() > 0)
            .map(progress -> progress.openRecords().iterator().next().fetchedAt()).min(Comparator.naturalOrder());
    }

    List<WindowStatus.Partition> status() {
        return partitions.values().stream()
            .map(p -> new WindowStatus.Partition(p.id(), p.committed(), p.finishedUpTo(), p.position(), p.openCount()))
            .sorted(Comparator.comparing((WindowStatus.Partition p) -> p.id().toString())).toList();
    }
}
