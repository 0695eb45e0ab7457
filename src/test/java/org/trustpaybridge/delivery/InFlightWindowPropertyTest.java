package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The window against a simple model of what it promises, under random sequences of what may happen to it. */
class InFlightWindowPropertyTest {

    private static final Duration STEP = Duration.ofMillis(10);

    @Property(tries = 400)
    void the_books_are_right_whatever_happens(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int partitions,
        @ForAll @IntRange(min = 1, max = 6) int orderIds) {
        Run run = new Run(new Random(seed), partitions, orderIds);
        for (int step = 0; step < 150; step++) {
            run.step();
            run.check();
        }
        run.finishAll();
    }

    private static final class Run {

        private final Random random;
        private final int orderIds;
        private final List<PartitionId> ids = new ArrayList<>();
        private final Map<PartitionId, Assignment> assigned = new LinkedHashMap<>();
        private final Map<PartitionId, Long> log = new HashMap<>();
        private final Set<InFlightRecord> running = new LinkedHashSet<>();
        private final Map<InFlightRecord, Assignment> assignmentOf = new HashMap<>();
        private long nanos;
        private final InFlightWindow window = new InFlightWindow(new WindowLimits(8, 8, 1000, 1000), Records::orderId,
            Clock.fixed(Records.FETCHED, ZoneOffset.UTC), () -> nanos, Records.flowing());

        Run(Random random, int partitions, int orderIds) {
            this.random = random;
            this.orderIds = orderIds;
            for (int i = 0; i < partitions; i++) {
                ids.add(new PartitionId("order-created", i));
            }
        }

        void step() {
            PartitionId id = ids.get(random.nextInt(ids.size()));
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> open(id);
                case 3, 4 -> take();
                case 5, 6, 7 -> end(random.nextInt(4));
                case 8 -> nanos += STEP.toNanos();
                case 9 -> skip(id);
                case 10 -> commitOrRetry();
                default -> reassign(id);
            }
        }

        private void open(PartitionId id) {
            Assignment assignment = assigned.get(id);
            if (assignment == null) {
                return;
            }
            long offset = assignment.position;
            // Sometimes the same record is fetched once more.
            String orderId = random.nextInt(8) == 0 ? null : "o-" + Math.floorMod(offset * 7 + id.partition(), orderIds);
            for (int times = random.nextInt(6) == 0 ? 2 : 1; times > 0; times--) {
                window.open(Records.source(id.partition(), offset, orderId));
            }
            assignment.open.add(offset);
            assignment.advance(offset + 1);
        }

        private void skip(PartitionId id) {
            Assignment assignment = assigned.get(id);
            if (assignment != null) {
                assignment.advance(assignment.position + random.nextInt(3));
                window.advance(id, assignment.position);
            }
        }

        private void take() {
            for (InFlightRecord taken : Records.take(window)) {
                Assignment assignment = assigned.get(idOf(taken));
                assertThat(assignment).as("nothing of a revoked partition is handed out").isNotNull();
                assertThat(assignment.open).as("only what is not finished is handed out").contains(taken.source().offset());
                assertThat(running).as("nobody is handed out twice at a time").doesNotContain(taken);
                taken.orderId().ifPresent(orderId -> {
                    assertThat(running).as("one record of an order id at a time")
                        .noneMatch(other -> other.orderId().equals(taken.orderId()));
                    String lane = idOf(taken) + "/" + orderId;
                    assertThat(taken.source().offset()).as("in the order of the partition")
                        .isGreaterThanOrEqualTo(assignment.lastOfLane.getOrDefault(lane, -1L));
                    assignment.lastOfLane.put(lane, taken.source().offset());
                });
                running.add(taken);
                assignmentOf.put(taken, assignment);
            }
        }

        private void end(int how) {
            if (running.isEmpty()) {
                return;
            }
            InFlightRecord ended = new ArrayList<>(running).get(random.nextInt(running.size()));
            running.remove(ended);
            if (how == 0) {
                ended.conclude(new Verdict.Later(STEP.multipliedBy(random.nextInt(4))));
            } else if (how == 1) {
                ended.conclude(new Verdict.Finished());
                assignmentOf.get(ended).open.remove(ended.source().offset());
            } else if (how == 2) {
                ended.conclude(new Verdict.Held(STEP.multipliedBy(random.nextInt(4))));
            }
            window.passEnded(ended, STEP);
            if (random.nextInt(4) == 0) {
                window.passEnded(ended, STEP);
            }
        }

        private void commitOrRetry() {
            if (random.nextInt(4) == 0) {
                window.releaseHeld();
            } else if (random.nextBoolean()) {
                window.retryNow();
            } else {
                window.committed(window.commitPoints());
            }
        }

        private void reassign(PartitionId id) {
            Assignment before = assigned.remove(id);
            if (before != null) {
                log.put(id, before.prefix());
                if (random.nextBoolean()) {
                    window.revoke(List.of(id));
                    return;
                }
            }
            window.assign(id);
            assigned.put(id, new Assignment(log.getOrDefault(id, 0L)));
        }

        void check() {
            Map<PartitionId, Long> committable = Records.committable(window);
            assertThat(assigned.keySet()).containsAll(committable.keySet());
            committable.forEach((id, offset) -> {
                Assignment assignment = assigned.get(id);
                assertThat(offset).as("exactly the finished prefix of " + id).isEqualTo(assignment.prefix());
                assertThat(offset).as("never back").isGreaterThanOrEqualTo(assignment.highestCommittable);
                assignment.highestCommittable = offset;
            });
            WindowStatus status = window.status();
            assertThat(status.running()).isEqualTo(running.size());
            long open = assigned.values().stream().mapToLong(assignment -> assignment.open.size()).sum();
            long late = running.stream().filter(record -> assigned.get(idOf(record)) != assignmentOf.get(record)).count();
            assertThat(status.inFlight()).as("nothing is lost, nothing is left over").isEqualTo((int) (open + late));
        }

        /** Whatever has happened: every open record is handed out, and finished, in a bounded number of rounds. */
        void finishAll() {
            int rounds = 3 * window.status().inFlight() + 3;
            for (int round = 0; round < rounds; round++) {
                nanos += STEP.multipliedBy(4).toNanos();
                take();
                while (!running.isEmpty()) {
                    end(1);
                }
            }
            check();
            assertThat(window.status()).extracting(WindowStatus::inFlight, WindowStatus::bytes, WindowStatus::parked)
                .containsExactly(0, 0L, 0);
            assertThat(assigned.values()).allMatch(assignment -> assignment.open.isEmpty());
        }

        private static PartitionId idOf(InFlightRecord inFlight) {
            return new PartitionId(inFlight.source().topic(), inFlight.source().partition());
        }
    }

    private static final class Assignment {

        private final TreeSet<Long> open = new TreeSet<>();
        private final Map<String, Long> lastOfLane = new HashMap<>();
        private long position;
        private long highestCommittable = -1;

        Assignment(long position) {
            this.position = position;
        }

        void advance(long to) {
            position = to;
        }

        long prefix() {
            return open.isEmpty() ? position : open.first();
        }
    }
}
