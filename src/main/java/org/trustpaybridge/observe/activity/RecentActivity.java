package org.trustpaybridge.observe.activity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.order.OrderId;

/**
 * Counts what becomes of orders: since the start, and in short slices of the last quarter of an hour, so that a status page that is opened
 * now shows how it went before.
 *
 * <p>Safe for use by several threads. Counting takes no lock and makes no garbage, except for a dead letter, and once for each slice.
 */
public final class RecentActivity {

    /** Length of a slice. */
    public static final Duration SLICE = Duration.ofSeconds(10);
    /** Slices that are kept, with the present one. */
    public static final int SLICES = 90;
    /** Dead letters that are kept. */
    public static final int DEAD_LETTERS = 20;

    private static final int PUBLISHED = 0;
    private static final int DEAD = 1;
    private static final int REPEATS = 2;
    private static final int TRIED_AGAIN = 3;
    private static final int LATENCIES = 4;

    private final Clock clock;
    private final Instant startedAt;
    private final Cells[] ring = new Cells[SLICES];
    private final LongAdder published = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final Map<DeadLetterReason.Code, LongAdder> deadLetters = new EnumMap<>(DeadLetterReason.Code.class);
    private final Map<String, LongAdder> triedAgain = new ConcurrentHashMap<>();
    private final Deque<RecentDeadLetter> last = new ArrayDeque<>();

    /** @param clock wall clock */
    public RecentActivity(Clock clock) {
        this.clock = clock;
        this.startedAt = clock.instant();
        for (DeadLetterReason.Code code : DeadLetterReason.Code.values()) {
            deadLetters.put(code, new LongAdder());
        }
        for (int i = 0; i < SLICES; i++) {
            ring[i] = new Cells();
        }
    }

    /**
     * Counts a record that is done with.
     *
     * @param orderId  its order id, as far as it can be read
     * @param record   says where it is when it is asked for its text
     * @param decision what was published for it
     * @param took     milliseconds from fetching it to the acknowledgement
     */
    public void finished(Optional<OrderId> orderId, Object record, Decision decision, long took) {
        AtomicLongArray now = present();
        if (decision instanceof Decision.PaymentUrl) {
            published.increment();
            now.incrementAndGet(PUBLISHED);
            now.incrementAndGet(LATENCIES + Latencies.bucketOf(took));
        } else if (decision instanceof Decision.Repeat) {
            repeats.increment();
            now.incrementAndGet(REPEATS);
        } else if (decision instanceof Decision.Skipped) {
            skipped.increment();
        } else if (decision instanceof Decision.DeadLetter deadLetter) {
            deadLetters.get(deadLetter.reason().code()).increment();
            now.incrementAndGet(DEAD);
            keep(new RecentDeadLetter(clock.instant(), orderId.map(OrderId::text), deadLetter.reason().code(),
                deadLetter.reason().message(), record.toString()));
        }
    }

    /**
     * Counts a pass after which the record has to wait for another one.
     *
     * @param reason why, one of a closed set
     */
    public void triedAgain(String reason) {
        triedAgain.computeIfAbsent(reason, first -> new LongAdder()).increment();
        present().incrementAndGet(TRIED_AGAIN);
    }

    /** @return when counting began */
    public Instant startedAt() {
        return startedAt;
    }

    /** @return payment URLs published since the start */
    public long published() {
        return published.sum();
    }

    /** @return repeats skipped since the start */
    public long repeats() {
        return repeats.sum();
    }

    /** @return events since the start of which the mapping says that they are not for TrustPay */
    public long skipped() {
        return skipped.sum();
    }

    /** @return dead letters since the start, for every code */
    public Map<DeadLetterReason.Code, Long> deadLetters() {
        Map<DeadLetterReason.Code, Long> sums = new EnumMap<>(DeadLetterReason.Code.class);
        deadLetters.forEach((code, adder) -> sums.put(code, adder.sum()));
        return sums;
    }

    /** @return passes since the start after which a record had to wait for another one, by reason; only reasons that were met */
    public Map<String, Long> triedAgain() {
        Map<String, Long> sums = new TreeMap<>();
        triedAgain.forEach((reason, adder) -> sums.put(reason, adder.sum()));
        return sums;
    }

    /** @return the last dead letters, the newest first */
    public List<RecentDeadLetter> lastDeadLetters() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /** @return the slices since the start, at most {@link #SLICES}, the oldest first; the last one is not over yet */
    public List<Slice> slices() {
        long now = number(clock.instant());
        long first = Math.max(now - SLICES + 1, number(startedAt));
        List<Slice> slices = new ArrayList<>();
        for (long number = first; number <= now; number++) {
            slices.add(ring[index(number)].read(number));
        }
        return slices;
    }

    private void keep(RecentDeadLetter deadLetter) {
        synchronized (last) {
            last.addFirst(deadLetter);
            if (last.size() > DEAD_LETTERS) {
                last.removeLast();
            }
        }
    }

    private AtomicLongArray present() {
        long number = Math.floorDiv(clock.millis(), SLICE.toMillis());
        return ring[index(number)].of(number);
    }

    private static long number(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), SLICE.toMillis());
    }

    private static int index(long number) {
        return (int) Math.floorMod(number, (long) SLICES);
    }

    /** A place of the ring: the counts of one slice, until the ring has come round and another slice begins here. */
    private static final class Cells {

        private volatile Counts counts = new Counts(Long.MIN_VALUE);

        AtomicLongArray of(long number) {
            Counts present = counts;
            return present.number == number ? present.cells : begin(number).cells;
        }

        private synchronized Counts begin(long number) {
            // A slice that is over never takes the place of a newer one; a clock that was set back goes on with what is there.
            if (counts.number < number) {
                counts = new Counts(number);
            }
            return counts;
        }

        Slice read(long number) {
            Counts present = counts;
            AtomicLongArray cells = present.number == number ? present.cells : new Counts(number).cells;
            return new Slice(Instant.ofEpochMilli(number * SLICE.toMillis()), cells.get(PUBLISHED), cells.get(DEAD), cells.get(REPEATS),
                cells.get(TRIED_AGAIN), Latencies.quantile(cells, LATENCIES, 0.5), Latencies.quantile(cells, LATENCIES, 0.95));
        }
    }

    private static final class Counts {

        private final long number;
        private final AtomicLongArray cells = new AtomicLongArray(LATENCIES + Latencies.BUCKETS);

        Counts(long number) {
            this.number = number;
        }
    }
}
