package org.trustpaybridge.observe.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.provider.Failure;

class RecentActivityTest {

    private static final Instant START = Instant.parse("2026-11-25T18:00:03Z");
    private static final Decision URL = new Decision.PaymentUrl(null, null, START);
    private static final Decision REPEAT = new Decision.Repeat(Decision.Repeat.Of.PAYMENT_URL, START);

    private final SetClock clock = new SetClock();
    private final RecentActivity activity = new RecentActivity(clock);

    @Test
    void what_happens_is_counted_in_its_slice_and_since_the_start() {
        // Given
        finished(URL, 40);
        finished(URL, 40);
        finished(REPEAT, 1);

        // When
        clock.pass(Duration.ofSeconds(10));
        finished(dead("a"), 5);
        activity.triedAgain("TIMED_OUT");

        // Then
        assertThat(activity.slices()).extracting(Slice::start, Slice::published, Slice::repeats, Slice::deadLetters, Slice::triedAgain)
            .containsExactly(tuple(Instant.parse("2026-11-25T18:00:00Z"), 2L, 1L, 0L, 0L),
                tuple(Instant.parse("2026-11-25T18:00:10Z"), 0L, 0L, 1L, 1L));
        assertThat(activity.published()).isEqualTo(2);
        assertThat(activity.repeats()).isEqualTo(1);
        assertThat(activity.deadLetters()).containsEntry(DeadLetterReason.Code.INVALID_EVENT, 1L)
            .containsEntry(DeadLetterReason.Code.GAVE_UP, 0L);
        assertThat(activity.triedAgain()).containsOnly(Map.entry("TIMED_OUT", 1L));
    }

    @Test
    void a_quarter_of_an_hour_is_kept_and_what_is_older_is_gone() {
        // Given
        finished(URL, 40);

        // When
        clock.pass(Duration.ofMinutes(15));
        finished(URL, 40);

        // Then
        assertThat(activity.slices()).hasSize(RecentActivity.SLICES);
        assertThat(activity.slices().stream().mapToLong(Slice::published).sum()).isEqualTo(1);
        assertThat(activity.slices().get(RecentActivity.SLICES - 1).published()).isEqualTo(1);
        assertThat(activity.published()).isEqualTo(2);
    }

    @Test
    void a_slice_without_orders_has_no_durations_instead_of_zero() {
        assertThat(activity.slices()).singleElement().satisfies(only -> assertThat(only.median()).isEmpty());
    }

    @Test
    void a_clock_that_is_set_back_spoils_nothing() {
        // Given
        clock.pass(Duration.ofMinutes(20));
        finished(URL, 40);

        // When
        clock.pass(Duration.ofMinutes(-15));
        finished(URL, -5);
        clock.pass(Duration.ofMinutes(15));

        // Then
        assertThat(activity.published()).isEqualTo(2);
        assertThat(activity.slices().stream().mapToLong(Slice::published).sum()).isEqualTo(2);
    }

    @Test
    void the_last_dead_letters_are_kept_the_newest_first() {
        // When
        IntStream.rangeClosed(1, RecentActivity.DEAD_LETTERS + 5).forEach(i -> finished(dead("field" + i), 5));

        // Then
        List<RecentDeadLetter> last = activity.lastDeadLetters();
        assertThat(last).hasSize(RecentActivity.DEAD_LETTERS);
        assertThat(last.get(0).reason()).endsWith("field25");
        assertThat(last.get(19).reason()).endsWith("field6");
    }

    @Test
    void a_dead_letter_carries_none_of_the_providers_words() {
        // When
        finished(new Decision.DeadLetter(DeadLetterReason.afterAnswer(DeadLetterReason.Code.PROVIDER_REJECTED,
            "The provider refused the order",
            new Failure(400, OptionalInt.of(1001), "words of the provider", "ERROR_CODE")), START), 5);

        // Then
        assertThat(activity.lastDeadLetters().toString()).contains("The provider refused the order")
            .doesNotContain("words of the provider");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 40, 95, 250, 1_000, 4_500, 30_000, 900_000})
    void a_quantile_is_right_to_a_third(long millis) {
        // Given
        AtomicLongArray cells = new AtomicLongArray(Latencies.BUCKETS);
        LongStream.rangeClosed(1, 100).forEach(i -> cells.incrementAndGet(Latencies.bucketOf(millis)));

        // Then
        for (double share : new double[] {0.05, 0.5, 0.95}) {
            assertThat((double) Latencies.quantile(cells, 0, share).orElseThrow()).isBetween(millis * 0.66 - 1, millis * 1.5 + 1);
        }
    }

    @Test
    void every_bucket_begins_where_the_one_before_it_ends() {
        for (int bucket = 1; bucket < Latencies.BUCKETS; bucket++) {
            long bound = Latencies.lowerBound(bucket);
            assertThat(Latencies.bucketOf(bound)).as("%s ms", bound).isEqualTo(bucket);
            assertThat(Latencies.bucketOf(bound - 1)).as("%s ms", bound - 1).isEqualTo(bucket - 1);
        }
        assertThat(Latencies.bucketOf(Long.MAX_VALUE)).isEqualTo(Latencies.BUCKETS - 1);
    }

    @Test
    void nothing_is_missed_when_many_threads_count_while_slices_change() throws Exception {
        // Given
        ExecutorService threads = Executors.newFixedThreadPool(4);

        // When
        for (int t = 0; t < 4; t++) {
            threads.execute(() -> {
                for (int i = 0; i < 20_000; i++) {
                    finished(URL, i % 100);
                    if (i % 500 == 0) {
                        clock.pass(Duration.ofSeconds(1));
                    }
                }
            });
        }
        threads.shutdown();

        // Then
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(activity.slices().stream().mapToLong(Slice::published).sum()).isEqualTo(80_000);
    }

    private void finished(Decision decision, long took) {
        activity.finished(Optional.empty(), "order-created-0@7", decision, took);
    }

    private static Decision dead(String field) {
        return new Decision.DeadLetter(DeadLetterReason.invalidEvent(List.of(new Violation(field, "missing"))), START);
    }

    private static final class SetClock extends Clock {

        private final AtomicReference<Instant> now = new AtomicReference<>(START);

        void pass(Duration time) {
            now.updateAndGet(before -> before.plus(time));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
