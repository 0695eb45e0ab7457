package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread polls, several end passes, as it is in the program. */
class InFlightWindowStressTest {

    private static final int RECORDS = 20_000;
    private static final int ORDER_IDS = 500;
    private static final WindowLimits LIMITS = new WindowLimits(64, 64, 1 << 20, 1 << 20);

    private final InFlightWindow window = new InFlightWindow(LIMITS, Records::orderId, Clock.systemUTC(), System::nanoTime,
        Records.flowing());
    private final Map<String, Long> lastFinished = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final Random random = new Random(42);

    @Test
    @Timeout(30)
    void with_several_threads_every_record_is_finished_once_and_in_the_order_of_its_order_id() throws InterruptedException {
        // Given
        window.assign(Records.P0);
        ExecutorService workers = Executors.newFixedThreadPool(8);
        long next = 0;
        long committed = -1;

        // When
        while (finished.get() < RECORDS && faults.isEmpty()) {
            for (int i = 0; i < 32 && next < RECORDS && window.hasRoom(); i++) {
                window.open(Records.source(0, next++, "o-" + random.nextInt(ORDER_IDS)));
            }
            for (InFlightRecord taken : Records.take(window)) {
                workers.execute(() -> pass(taken));
            }
            Map<PartitionId, CommitPoint> points = window.commitPoints();
            long point = points.containsKey(Records.P0) ? points.get(Records.P0).offset() : committed;
            if (point < committed) {
                faults.add("the prefix went back");
            }
            committed = point;
            window.committed(points);
            window.awaitChange(Duration.ofMillis(1));
        }
        workers.shutdown();

        // Then
        assertThat(workers.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).isEmpty();
        assertThat(finished).hasValue(RECORDS);
        assertThat(window.status().inFlight()).isZero();
        assertThat(window.status().partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.finishedUpTo()).isEqualTo(RECORDS);
            assertThat(partition.open()).isZero();
        });
    }

    private void pass(InFlightRecord taken) {
        String orderId = taken.orderId().orElseThrow().text();
        if (!busy.add(orderId)) {
            faults.add(orderId + " is worked on twice at a time");
        }
        if (ThreadLocalRandom.current().nextInt(10) == 0) {
            busy.remove(orderId);
            taken.conclude(new Verdict.Later(Duration.ofNanos(ThreadLocalRandom.current().nextInt(200_000))));
        } else {
            Long before = lastFinished.put(orderId, taken.source().offset());
            if (before != null && before >= taken.source().offset()) {
                faults.add(taken + " was finished after " + before);
            }
            busy.remove(orderId);
            taken.conclude(new Verdict.Finished());
            finished.incrementAndGet();
        }
        window.passEnded(taken, Duration.ofMillis(1));
    }
}
