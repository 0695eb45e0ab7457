package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.trustpaybridge.delivery.Records.P0;
import static org.trustpaybridge.delivery.Records.P1;
import static org.trustpaybridge.delivery.Records.source;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.order.Violation;

class InFlightWindowTest {

    private static final Duration FALLBACK = Duration.ofSeconds(9);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Near the end of what a long holds: System.nanoTime may start anywhere. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE / 2);
    private final InFlightWindow window = window(new WindowLimits(4, 3, 100, 1000));

    @BeforeEach
    void assign() {
        window.assign(P0);
    }

    @Test
    void records_are_handed_out_once_in_the_order_in_which_they_were_opened() {
        // Given
        open(0, 5, "a");
        open(0, 6, "b");
        open(0, 7, null);

        // When
        List<InFlightRecord> taken = Records.take(window);

        // Then
        assertThat(offsets(taken)).containsExactly(5L, 6L, 7L);
        assertThat(taken).extracting(InFlightRecord::passes).containsOnly(1);
        assertThat(Records.take(window)).isEmpty();
    }

    /** It would be taken for one that hangs, and hold its record in memory. */
    @Test
    void a_pass_that_ended_is_not_under_way_any_more() {
        // Given
        open(0, 5, "a");
        open(0, 6, "b");
        List<InFlightRecord> taken = Records.take(window);

        // When
        window.passEnded(taken.get(0), Duration.ZERO);

        // Then
        assertThat(window.oldestPass().map(InFlightWindow.Pass::inFlight)).contains(taken.get(1));
        window.passEnded(taken.get(1), Duration.ZERO);
        assertThat(window.oldestPass()).isEmpty();
    }

    @Test
    void records_of_one_order_id_are_handed_out_one_after_the_other() {
        // Given
        open(0, 0, "a");
        open(0, 1, "b");
        open(0, 2, "a");
        open(0, 3, "a");
        InFlightRecord first = Records.take(window).get(0);

        // When
        finish(first);

        // Then
        assertThat(offsets(Records.take(window))).containsExactly(2L);
    }

    @Test
    void a_waiting_record_holds_up_the_later_ones_of_its_order_id() {
        // Given
        open(0, 0, "a");
        open(0, 1, "a");
        later(Records.take(window).get(0), SECOND);
        assertThat(Records.take(window)).isEmpty();
        nanos.addAndGet(SECOND.toNanos());

        // When
        List<InFlightRecord> taken = Records.take(window);

        // Then
        assertThat(offsets(taken)).containsExactly(0L);
        assertThat(window.status().parked()).isEqualTo(1);
    }

    @Test
    void records_without_an_order_id_do_not_wait_for_each_other() {
        // Given
        open(0, 0, null);
        open(0, 1, null);

        // When
        List<InFlightRecord> taken = Records.take(window);

        // Then
        assertThat(taken).hasSize(2);
    }

    @Test
    void records_of_one_order_id_in_two_partitions_are_handed_out_one_after_the_other_too() {
        // Given
        window.assign(P1);
        open(1, 9, "a");
        open(0, 0, "a");
        InFlightRecord first = Records.take(window).get(0);

        // When
        finish(first);

        // Then
        assertThat(Records.take(window)).extracting(record -> record.source().partition()).containsExactly(0);
    }

    @Test
    void a_partition_is_finished_up_to_the_first_record_that_is_not() {
        // Given
        List<InFlightRecord> taken = openAndTake(10, 11, 12);
        finish(taken.get(2));
        finish(taken.get(0));

        // When
        Map<PartitionId, Long> committable = Records.committable(window);

        // Then
        assertThat(committable).containsExactly(Map.entry(P0, 11L));
    }

    @Test
    void a_partition_whose_records_are_all_finished_is_finished_up_to_its_position() {
        // Given
        openAndTake(10, 11, 12).forEach(this::finish);

        // When
        Map<PartitionId, Long> committable = Records.committable(window);

        // Then
        assertThat(committable).containsExactly(Map.entry(P0, 13L));
    }

    @Test
    void what_was_committed_is_not_committed_again() {
        // Given
        openAndTake(10).forEach(this::finish);

        // When
        window.committed(window.commitPoints());

        // Then
        assertThat(Records.committable(window)).isEmpty();
    }

    @Test
    void a_late_answer_to_an_earlier_commit_takes_nothing_back() {
        // Given
        List<InFlightRecord> taken = openAndTake(10, 11);
        finish(taken.get(0));
        Map<PartitionId, CommitPoint> early = window.commitPoints();
        finish(taken.get(1));
        window.committed(window.commitPoints());

        // When
        window.committed(early);

        // Then
        assertThat(Records.committable(window)).isEmpty();
    }

    @Test
    void a_late_answer_to_a_commit_of_an_earlier_assignment_says_nothing_of_this_one() {
        // Given: the topic was created anew, and is read from its beginning
        openAndTake(70).forEach(this::finish);
        Map<PartitionId, CommitPoint> late = window.commitPoints();
        window.assign(P0, new Opening(0, -1, CommitNote.NONE));

        // When
        window.committed(late);

        // Then
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 0L));
    }

    @Test
    void a_partition_without_a_fetch_has_nothing_to_commit() {
        assertThat(Records.committable(window)).isEmpty();
    }

    @Test
    void where_the_last_member_stopped_is_not_committed_again() {
        // Given
        window.assign(P0, new Opening(15, 15, CommitNote.NONE));

        // When
        window.advance(P0, 15);

        // Then
        assertThat(Records.committable(window)).isEmpty();
        assertThat(window.settled()).isTrue();
    }

    @Test
    void where_a_partition_begins_is_committed_before_anything_of_it_is_finished() {
        // When
        window.assign(P0, new Opening(60, -1, CommitNote.NONE));

        // Then
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 60L));
        assertThat(window.settled()).isFalse();
    }

    @Test
    void the_position_moves_over_offsets_that_hold_no_record() {
        // Given
        openAndTake(10).forEach(this::finish);

        // When
        window.advance(P0, 15);

        // Then
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 15L));
    }

    @Test
    void a_gap_behind_an_unfinished_record_is_not_finished() {
        // Given
        openAndTake(10);

        // When
        window.advance(P0, 15);

        // Then
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 10L));
    }

    @Test
    void a_position_that_goes_back_or_belongs_to_nobody_changes_nothing() {
        // Given
        openAndTake(10).forEach(this::finish);

        // When
        window.advance(P0, 3);
        window.advance(P1, 30);

        // Then
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 11L));
    }

    @Test
    void an_open_record_that_is_fetched_again_is_passed_over() {
        // Given
        InFlightRecord first = openAndTake(10).get(0);
        open(0, 10, "o-10");

        // When
        finish(first);

        // Then
        assertThat(Records.take(window)).isEmpty();
        assertThat(window.status().bytes()).isZero();
    }

    @Test
    void a_record_of_a_partition_that_is_not_assigned_is_passed_over() {
        // When
        open(1, 0, "a");

        // Then
        assertThat(Records.take(window)).isEmpty();
        assertThat(window.status().inFlight()).isZero();
    }

    @Test
    void a_record_without_a_verdict_is_kept_and_waits_for_the_fallback() {
        // Given
        InFlightRecord inFlight = openAndTake(10).get(0);

        // When
        window.passEnded(inFlight, FALLBACK);

        // Then
        assertThat(window.untilNextDue()).contains(FALLBACK);
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 10L));
    }

    @Test
    void a_verdict_counts_for_its_own_pass_only() {
        // Given
        InFlightRecord inFlight = openAndTake(10).get(0);
        later(inFlight, SECOND);
        nanos.addAndGet(SECOND.toNanos());

        // When
        InFlightRecord again = Records.take(window).get(0);

        // Then
        assertThat(again).isSameAs(inFlight);
        assertThat(again.verdict()).isEmpty();
        assertThat(again.passes()).isEqualTo(2);
    }

    @Test
    void waiting_records_come_back_when_they_are_due() {
        // Given
        List<InFlightRecord> taken = openAndTake(1, 2, 3);
        later(taken.get(0), Duration.ofMillis(30));
        later(taken.get(1), Duration.ofMillis(10));
        later(taken.get(2), Duration.ofMillis(31));
        assertThat(window.untilNextDue()).contains(Duration.ofMillis(10));
        nanos.addAndGet(Duration.ofMillis(30).toNanos());

        // When
        List<InFlightRecord> due = Records.take(window);

        // Then
        assertThat(offsets(due)).containsExactlyInAnyOrder(1L, 2L);
        assertThat(window.untilNextDue()).contains(Duration.ofMillis(1));
    }

    @Test
    void something_ready_is_due_now_and_without_anything_nothing_is() {
        // Given
        Optional<Duration> before = window.untilNextDue();

        // When
        open(0, 1, "a");

        // Then
        assertThat(before).isEmpty();
        assertThat(window.untilNextDue()).contains(Duration.ZERO);
    }

    @Test
    void an_overdue_record_is_due_now() {
        // Given
        later(openAndTake(1).get(0), SECOND);

        // When
        nanos.addAndGet(SECOND.multipliedBy(2).toNanos());

        // Then
        assertThat(window.untilNextDue()).contains(Duration.ZERO);
    }

    @Test
    void retry_now_makes_every_waiting_record_ready_and_wakes_the_poller_once() {
        // Given
        AtomicInteger wakes = new AtomicInteger();
        openAndTake(1, 2, 3).forEach(record -> later(record, SECOND));
        window.whenReady(wakes::incrementAndGet);

        // When
        window.retryNow();

        // Then
        assertThat(offsets(Records.take(window))).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void the_poller_is_woken_when_the_next_record_of_an_order_id_becomes_ready() {
        // Given
        AtomicInteger wakes = new AtomicInteger();
        window.whenReady(wakes::incrementAndGet);
        open(0, 0, "a");
        open(0, 1, "a");
        open(0, 2, "b");
        List<InFlightRecord> taken = Records.take(window);
        finish(taken.get(1));
        assertThat(wakes).hasValue(0);

        // When
        finish(taken.get(0));

        // Then
        assertThat(wakes).hasValue(1);
    }

    @Test
    void there_is_room_until_as_many_are_on_their_way_as_may_be() {
        // Given
        openAndTake(1, 2, 3);
        assertThat(window.hasRoom()).isTrue();

        // When
        open(0, 4, "o-4");

        // Then
        assertThat(window.hasRoom()).isFalse();
    }

    @Test
    void there_is_room_again_when_one_of_them_is_finished() {
        // Given
        List<InFlightRecord> taken = openAndTake(1, 2, 3, 4);

        // When
        finish(taken.get(2));

        // Then
        assertThat(window.hasRoom()).isTrue();
    }

    @Test
    void a_fetch_is_worth_it_when_a_quarter_of_the_window_is_free() {
        // Given
        InFlightWindow wide = window(new WindowLimits(8, 3, 100, 1000));
        wide.assign(P0);
        for (long offset = 1; offset <= 8; offset++) {
            wide.open(source(0, offset, "o-" + offset));
        }
        List<InFlightRecord> taken = Records.take(wide);
        List<Boolean> worthIt = new ArrayList<>();

        // When
        for (InFlightRecord inFlight : taken.subList(0, 2)) {
            inFlight.conclude(new Verdict.Finished());
            wide.passEnded(inFlight, FALLBACK);
            worthIt.add(wide.hasRoomForFetch());
        }

        // Then
        assertThat(worthIt).containsExactly(false, true);
        assertThat(wide.hasRoom()).isTrue();
    }

    @Test
    void the_window_is_settled_when_nothing_is_open_and_all_that_is_finished_is_committed() {
        // Given
        List<Boolean> settled = new ArrayList<>(List.of(window.settled()));
        InFlightRecord inFlight = openAndTake(1).get(0);
        settled.add(window.settled());

        // When
        finish(inFlight);
        settled.add(window.settled());
        window.committed(window.commitPoints());
        settled.add(window.settled());

        // Then
        assertThat(settled).containsExactly(true, false, false, true);
    }

    @Test
    void waiting_and_parked_records_fill_the_window_too() {
        // Given
        openAndTake(1, 2).forEach(record -> later(record, SECOND));
        assertThat(window.hasRoom()).isTrue();

        // When
        open(0, 3, "o-1");

        // Then
        assertThat(window.hasRoom()).isFalse();
    }

    @Test
    void many_bytes_fill_the_window_too() {
        // Given
        window.open(source(0, 1, "a", new byte[90], List.of(Records.header("name", "12345"))));

        // When
        boolean room = window.hasRoom();

        // Then
        assertThat(room).isFalse();
        assertThat(window.status().bytes()).isEqualTo(100);
    }

    @Test
    void a_revoked_partition_leaves_nothing_ready_waiting_or_parked() {
        // Given
        List<InFlightRecord> taken = openAndTake(1, 2);
        later(taken.get(0), SECOND);
        finish(taken.get(1));
        open(0, 3, "o-1");
        open(0, 4, "o-4");

        // When
        window.revoke(List.of(P0, P1));

        // Then
        assertThat(window.status()).isEqualTo(new WindowStatus(0, 0, 0, 0, 0, false, 0, Optional.empty(), List.of()));
        assertThat(Records.take(window)).isEmpty();
        assertThat(Records.committable(window)).isEmpty();
    }

    @Test
    void a_revocation_leaves_the_other_partitions_alone() {
        // Given
        window.assign(P1);
        open(0, 1, "a");
        open(1, 1, "a");
        open(0, 2, "b");

        // When
        window.revoke(List.of(P0));

        // Then
        assertThat(Records.take(window)).extracting(record -> record.source().partition()).containsExactly(1);
        assertThat(window.status().parked()).isZero();
    }

    @Test
    void a_late_end_after_a_revocation_changes_nothing_but_the_numbers() {
        // Given
        InFlightRecord late = openAndTake(1).get(0);
        window.revoke(List.of(P0));
        assertThat(window.status().running()).isEqualTo(1);

        // When
        finish(late);

        // Then
        assertThat(window.status()).isEqualTo(new WindowStatus(0, 0, 0, 0, 0, false, 0, Optional.empty(), List.of()));
        assertThat(Records.committable(window)).isEmpty();
    }

    @Test
    void a_late_end_does_not_touch_a_new_assignment_of_the_same_partition() {
        // Given
        InFlightRecord late = openAndTake(1, 2).get(0);
        window.assign(P0);
        open(0, 1, "other");
        open(0, 2, "another");
        Records.take(window);

        // When
        finish(late);

        // Then
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 1L));
        assertThat(window.status().running()).as("two new ones and one late one").isEqualTo(3);
    }

    @Test
    void a_record_that_still_runs_after_its_revocation_holds_up_its_order_id() {
        // Given
        InFlightRecord late = openAndTake(1).get(0);
        window.assign(P0);
        open(0, 1, "o-1");
        assertThat(Records.take(window)).isEmpty();

        // When
        later(late, SECOND);

        // Then
        assertThat(offsets(Records.take(window))).containsExactly(1L);
        assertThat(window.status().waiting()).as("the late one is not kept").isZero();
    }

    @Test
    void a_pass_that_ends_twice_ends_once() {
        // Given
        List<InFlightRecord> taken = openAndTake(1, 2);
        finish(taken.get(0));

        // When
        finish(taken.get(0));

        // Then
        assertThat(window.status().running()).isEqualTo(1);
    }

    @Test
    void a_record_that_is_not_on_its_way_cannot_end() {
        // Given
        InFlightRecord waiting = openAndTake(1).get(0);
        later(waiting, SECOND);

        // When
        finish(waiting);

        // Then
        assertThat(window.status().waiting()).isEqualTo(1);
        assertThat(Records.committable(window)).containsExactly(Map.entry(P0, 1L));
    }

    @Test
    void the_oldest_unfinished_record_and_the_partitions_are_told() {
        // Given
        List<InFlightRecord> taken = openAndTake(3, 4);
        finish(taken.get(1));
        window.committed(window.commitPoints());

        // When
        WindowStatus status = window.status();

        // Then
        assertThat(status.oldestFetched()).contains(Records.FETCHED);
        assertThat(status.partitions()).containsExactly(new WindowStatus.Partition(P0, 3, 3, 5, 1));
    }

    @Test
    void what_was_taken_and_never_began_its_way_is_given_back_and_holds_nobody() {
        // Given: Camel drops the rest of a poll when its consumer is stopped meanwhile
        window.assign(P0);
        window.open(source(0, 10, "a"));
        window.open(source(0, 11, "a"));
        assertThat(window.takeReady()).hasSize(1);

        // When
        window.giveBackTaken();

        // Then
        assertThat(window.status().running()).isZero();
        assertThat(window.awaitIdle(List.of(P0), Duration.ZERO)).isTrue();
        assertThat(Records.take(window)).extracting(record -> record.source().offset()).containsExactly(10L);
    }

    @Test
    void what_began_its_way_is_not_given_back() {
        // Given
        window.assign(P0);
        window.open(source(0, 10, "a"));
        Records.take(window);

        // When
        window.giveBackTaken();

        // Then
        assertThat(window.status().running()).isEqualTo(1);
        assertThat(window.takeReady()).isEmpty();
    }

    @Test
    void while_a_partition_is_given_away_no_call_begins_and_what_runs_may_be_published() {
        // Given
        window.assign(P0);
        window.open(source(0, 10, "a"));
        InFlightRecord running = Records.take(window).get(0);
        assertThat(window.mayCall(running)).isTrue();

        // When
        window.release(List.of(P0));

        // Then
        assertThat(window.mayCall(running)).isFalse();
        assertThat(window.stillOurs(running)).isTrue();
    }

    @Test
    void idle_is_when_nothing_of_the_partitions_is_on_its_way() {
        // Given
        List<InFlightRecord> taken = openAndTake(1, 2);
        later(taken.get(0), SECOND);
        assertThat(window.awaitIdle(List.of(P0), Duration.ZERO)).isFalse();
        assertThat(window.awaitIdle(List.of(P1), Duration.ZERO)).isTrue();

        // When
        finish(taken.get(1));

        // Then
        assertThat(window.awaitIdle(List.of(P0), Duration.ZERO)).isTrue();
    }

    @Test
    void who_waits_for_idle_is_told_when_the_last_pass_ends() {
        // Given
        InFlightRecord inFlight = openAndTake(1).get(0);
        CompletableFuture<Boolean> idle = CompletableFuture.supplyAsync(() -> window.awaitIdle(List.of(P0), Duration.ofSeconds(20)));

        // When
        finish(inFlight);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(idle::isDone);
        assertThat(idle).isCompletedWithValue(true);
    }

    @Test
    void who_waits_for_room_is_told_when_a_pass_ends() {
        // Given
        InFlightRecord inFlight = openAndTake(1, 2, 3, 4).get(0);
        CompletableFuture<Void> change = CompletableFuture.runAsync(() -> window.awaitChange(Duration.ofSeconds(20)));

        // When
        finish(inFlight);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(change::isDone);
        assertThat(change).isCompleted();
    }

    @Test
    void held_records_take_no_room_from_others_up_to_a_limit_of_their_own() {
        // Given: more in number and bytes than may be active or waiting
        InFlightWindow roomy = window(new WindowLimits(2, 2, 10, 1000, 5, 1000));
        roomy.assign(P0);
        for (int offset = 0; offset < 5; offset++) {
            assertThat(roomy.hasRoom()).isTrue();
            roomy.open(source(0, offset, "o-" + offset));
            hold(roomy, Records.take(roomy).get(0), SECOND);
        }

        // When, Then
        assertThat(roomy.hasRoom()).isFalse();
        assertThat(roomy.status().heldFull()).isTrue();
        assertThat(roomy.status().held()).isEqualTo(5);
        assertThat(roomy.status().waiting()).isEqualTo(5);

        roomy.releaseHeld();
        InFlightRecord first = Records.take(roomy).get(0);
        first.conclude(new Verdict.Finished());
        roomy.passEnded(first, FALLBACK);
        assertThat(roomy.status().held()).isEqualTo(4);
        assertThat(roomy.status().heldFull()).isFalse();
    }

    @Test
    void dead_letters_held_for_long_keep_the_beginning_of_their_record_only_and_come_again_one_at_a_time() {
        // Given: more of them than there is memory for
        InFlightWindow roomy = window(new WindowLimits(2, 2, 1_000_000, 100_000, 1000, 1_000_000));
        roomy.assign(P0);
        byte[] large = new byte[100_000];
        for (int offset = 0; offset < 50; offset++) {
            roomy.open(source(0, offset, "o-" + offset, large, List.of(Records.header("h", "x".repeat(2000)))));
            holdLetter(roomy, Records.take(roomy).get(0));
        }

        // When
        roomy.releaseHeld();

        // Then
        assertThat(roomy.hasRoom()).isTrue();
        assertThat(roomy.status().bytes()).isLessThan(100_000);
        for (long offset = 0; offset < 50; offset++) {
            List<InFlightRecord> next = Records.take(roomy);
            assertThat(offsets(next)).containsExactly(offset);
            SourceRecord kept = next.get(0).source();
            assertThat(next.get(0).isBrief()).isTrue();
            assertThat(kept.value()).hasSize(1024);
            assertThat(kept.headers()).isEmpty();
            assertThat(kept.valueFingerprint()).isEqualTo(Fingerprint.of(large));
            assertThat(kept.excerpt().map(Excerpt::tooLarge)).contains(false);
            next.get(0).conclude(new Verdict.Finished());
            roomy.passEnded(next.get(0), FALLBACK);
        }
        assertThat(roomy.status().held()).isZero();
        assertThat(roomy.status().bytes()).isZero();
        assertThat(Records.committable(roomy)).containsEntry(P0, 50L);
    }

    @Test
    void what_is_small_is_kept_whole_and_so_are_a_few_that_are_held_for_a_moment() {
        // Given
        InFlightWindow roomy = window(new WindowLimits(8, 2, 1_000_000, 100_000, 1000, 1_000_000));
        roomy.assign(P0);
        for (int offset = 0; offset < 4; offset++) {
            roomy.open(source(0, offset, "moment-" + offset, new byte[100_000], List.of()));
        }
        roomy.open(source(0, 4, "small", new byte[3_000], List.of()));
        List<InFlightRecord> taken = Records.take(roomy);
        taken.forEach(each -> each.decide(letter()));

        // When
        taken.subList(0, 4).forEach(each -> hold(roomy, each, SECOND));
        holdLetter(roomy, taken.get(4));

        // Then: more than a quarter of what may be held is not held whole, for a moment either
        assertThat(taken).extracting(InFlightRecord::isBrief).containsExactly(false, false, true, true, false);
    }

    @Test
    void a_brief_record_that_is_taken_back_or_revoked_holds_none_of_the_others() {
        // Given
        InFlightWindow roomy = window(new WindowLimits(2, 2, 1_000_000, 100_000, 1000, 1_000_000));
        roomy.assign(P0);
        roomy.assign(P1);
        for (int partition = 0; partition < 2; partition++) {
            for (int offset = 0; offset < 2; offset++) {
                roomy.open(source(partition, offset, partition + "-" + offset, new byte[100_000], List.of()));
                holdLetter(roomy, Records.take(roomy).get(0));
            }
        }
        roomy.releaseHeld();

        // When, Then
        assertThat(roomy.takeReady()).extracting(InFlightRecord::toString).containsExactly("order-created-0@0");
        roomy.giveBackTaken();
        assertThat(roomy.takeReady()).extracting(InFlightRecord::toString).containsExactly("order-created-0@0");
        roomy.revoke(List.of(P0));
        assertThat(roomy.takeReady()).extracting(InFlightRecord::toString).containsExactly("order-created-1@0");
    }

    @Test
    void a_held_record_comes_again_by_itself_or_when_it_is_released_and_is_no_probe_of_the_provider() {
        // Given
        List<InFlightRecord> taken = openAndTake(0, 1);
        hold(window, taken.get(0), SECOND);
        hold(window, taken.get(1), SECOND.multipliedBy(3));
        assertThat(window.untilNextDue()).contains(SECOND);

        // When, Then
        nanos.addAndGet(SECOND.toNanos());
        assertThat(offsets(Records.take(window))).containsExactly(0L);

        window.releaseHeld();
        assertThat(offsets(Records.take(window))).containsExactly(1L);
    }

    @Test
    void a_record_that_is_held_no_more_counts_to_the_others_again() {
        // Given
        InFlightRecord record = openAndTake(0).get(0);
        hold(window, record, Duration.ZERO);
        long bytes = window.status().bytes();

        // When
        later(Records.take(window).get(0), SECOND);

        // Then
        assertThat(window.status().held()).isZero();
        assertThat(window.status().bytes()).isEqualTo(bytes).isPositive();
        window.revoke(List.of(P0));
        assertThat(window.status().bytes()).isZero();
    }

    @Test
    void the_held_records_of_a_partition_that_goes_are_forgotten() {
        // Given
        openAndTake(0, 1, 2).forEach(record -> hold(window, record, SECOND));

        // When
        window.revoke(List.of(P0));

        // Then
        assertThat(window.status()).isEqualTo(new WindowStatus(0, 0, 0, 0, 0, false, 0, Optional.empty(), List.of()));
    }

    @Test
    void limits_are_at_least_one() {
        for (long[] limits : new long[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}) {
            assertThat(catchThrowable(
                () -> new WindowLimits((int) limits[0], (int) limits[1], limits[2], 1))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private InFlightWindow window(WindowLimits limits) {
        return new InFlightWindow(limits, Records::orderId, Clock.fixed(Records.FETCHED, ZoneOffset.UTC), nanos::get, Records.flowing());
    }

    private void open(int partition, long offset, String orderId) {
        window.open(source(partition, offset, orderId));
    }

    /** Opens records of partition 0 with an order id of its own each, and takes them. */
    private List<InFlightRecord> openAndTake(long... offsets) {
        for (long offset : offsets) {
            open(0, offset, "o-" + offset);
        }
        return Records.take(window);
    }

    private void finish(InFlightRecord inFlight) {
        inFlight.conclude(new Verdict.Finished());
        window.passEnded(inFlight, FALLBACK);
    }

    private void later(InFlightRecord inFlight, Duration delay) {
        inFlight.conclude(new Verdict.Later(delay));
        window.passEnded(inFlight, FALLBACK);
    }

    private static void hold(InFlightWindow window, InFlightRecord inFlight, Duration delay) {
        inFlight.conclude(new Verdict.Held(delay));
        window.passEnded(inFlight, FALLBACK);
    }

    private static void holdLetter(InFlightWindow window, InFlightRecord inFlight) {
        inFlight.decide(letter());
        inFlight.conclude(new Verdict.Held(SECOND, true));
        window.passEnded(inFlight, FALLBACK);
    }

    private static Decision.DeadLetter letter() {
        return new Decision.DeadLetter(DeadLetterReason.invalidEvent(List.of(new Violation("$", "is no JSON"))), Records.FETCHED);
    }

    private static Stream<Long> offsets(List<InFlightRecord> records) {
        return records.stream().map(record -> record.source().offset());
    }
}
