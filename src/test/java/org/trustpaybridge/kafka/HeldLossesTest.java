package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.position.Beginning;
import org.trustpaybridge.delivery.position.PartitionFacts;
import org.trustpaybridge.delivery.position.PositionJudge;
import org.trustpaybridge.delivery.position.StartFrom;

/** Records that are deleted while a partition is held: each is told once, and committed when the partition begins. */
class HeldLossesTest {

    private static final PartitionId ID = new PartitionId("in", 0);

    private final List<Long> told = new ArrayList<>();
    private final HeldLosses losses = new HeldLosses(Clock.systemUTC(), (id, gone) -> told.add(gone.atMost()));
    private final PositionJudge judge = new PositionJudge(StartFrom.UNSAID, Duration.ofDays(1), Instant.now(), Clock.systemUTC());
    private final PositionRequest ticket = new PositionRequest(new TopicPartition("in", 0), Optional.empty(), OptionalLong.empty(),
        new CompletableFuture<>(),
        found -> { });

    @Test
    void where_nothing_is_committed_it_is_counted_from_where_the_partition_began_at_first() {
        // Given
        held(uncommitted(10));
        held(uncommitted(14));
        held(uncommitted(14));

        // When
        Beginning begins = begins(uncommitted(15));

        // Then
        assertThat(told).containsExactly(4L);
        assertThat(begins.deleted()).map(DeletedUnread::atMost).contains(1L);
        assertThat(begins.note().deleted()).map(DeletedUnread::from).contains(10L);
        assertThat(begins.note().deleted()).map(DeletedUnread::atMost).contains(5L);
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void where_something_is_committed_it_is_counted_from_there() {
        // Given
        held(committed(3, 10));
        held(committed(3, 12));

        // When
        Beginning begins = begins(committed(3, 12));

        // Then
        assertThat(told).containsExactly(7L, 2L);
        assertThat(begins.deleted()).isEmpty();
        assertThat(begins.note().deleted()).map(DeletedUnread::atMost).contains(9L);
    }

    @Test
    void what_is_acknowledged_meanwhile_is_not_committed_as_lost() {
        // Given
        held(uncommitted(0));
        held(uncommitted(5));
        long acknowledged = losses.acknowledge();

        // When
        Beginning begins = begins(uncommitted(5));

        // Then
        assertThat(acknowledged).isEqualTo(5);
        assertThat(begins.note().deleted()).isEmpty();
        assertThat(begins.deleted()).isEmpty();
    }

    @Test
    void a_partition_that_is_not_held_loses_nothing() {
        assertThat(begins(uncommitted(10))).isEqualTo(judge.place(uncommitted(10)));
        assertThat(told).isEmpty();
    }

    private void held(PartitionFacts facts) {
        losses.held(ticket, facts, judge.place(facts));
    }

    private Beginning begins(PartitionFacts facts) {
        return losses.begins(ticket, facts, judge.place(facts));
    }

    private static PartitionFacts uncommitted(long start) {
        return facts(start, Optional.empty());
    }

    private static PartitionFacts committed(long offset, long start) {
        return facts(start, Optional.of(new PartitionFacts.Committed(offset, Optional.empty(),
            new CommitNote("id", 1, Optional.empty(), Optional.empty(), Optional.empty()))));
    }

    private static PartitionFacts facts(long start, Optional<PartitionFacts.Committed> committed) {
        return new PartitionFacts(ID, "id", 1, start, 100, committed, 0, Optional.empty(), OptionalLong.empty());
    }
}
