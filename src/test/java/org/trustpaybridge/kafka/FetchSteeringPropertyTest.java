package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.delivery.WindowLimits;

/** Fetching never stands still for good: whatever happened, it goes on when nobody paused it and what was in flight is finished. */
class FetchSteeringPropertyTest {

    @Property(tries = 300)
    void fetching_goes_on_whatever_happened_before(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int concurrency,
        @ForAll @IntRange(min = 1, max = 4) int orderIds) {
        Run run = new Run(new Random(seed), concurrency, orderIds);
        for (int step = 0; step < 200; step++) {
            run.step();
            run.assertSomethingCanHappen();
        }
        run.assertFetchesAgain();
    }

    private static final class Run {

        private final Random random;
        private final int orderIds;
        private long nanos;
        private final ProviderGate gate = new ProviderGate(new GateRules(Duration.ofSeconds(30), Duration.ofSeconds(30), 8),
            Clock.fixed(Records.FETCHED, ZoneOffset.UTC), () -> nanos);
        private final InFlightWindow window;
        private final ConsumptionSwitch consumption = new ConsumptionSwitch();
        private final Set<TopicPartition> paused = new HashSet<>();
        private final FetchSteering steering;
        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private final List<InFlightRecord> running = new ArrayList<>();
        private CompletableFuture<Void> knowledge = CompletableFuture.completedFuture(null);

        Run(Random random, int concurrency, int orderIds) {
            this.random = random;
            this.orderIds = orderIds;
            window = new InFlightWindow(new WindowLimits(2 * concurrency, 6, 60, 20), Records::orderId,
                Clock.fixed(Records.FETCHED, ZoneOffset.UTC), () -> nanos, gate);
            steering = new FetchSteering(window, consumption, paused::addAll, paused::removeAll, () -> { });
            for (int partition = 0; partition < 2; partition++) {
                assign(new TopicPartition("order-created", partition));
            }
        }

        void step() {
            TopicPartition partition = new TopicPartition("order-created", random.nextInt(2));
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3 -> poll();
                case 4, 5, 6 -> end();
                case 7 -> nanos += Duration.ofSeconds(random.nextInt(40)).toNanos();
                case 8 -> reassign(partition);
                case 9 -> knowledge.complete(null);
                case 10 -> {
                    if (random.nextBoolean()) {
                        consumption.pause();
                    } else {
                        consumption.resume();
                    }
                }
                case 11 -> {
                    if (random.nextBoolean()) {
                        steering.camelPauses(positions.keySet());
                    } else {
                        steering.camelResumes(positions.keySet());
                    }
                }
                case 12 -> window.retryNow();
                default -> window.giveBackTaken();
            }
        }

        /** As the consumer does: steer, fetch from what is not paused, hand out. */
        private void poll() {
            window.giveBackTaken();
            steering.steer(positions.keySet(), Set.copyOf(paused));
            for (TopicPartition partition : positions.keySet()) {
                if (!paused.contains(partition)) {
                    for (int i = random.nextInt(4); i > 0; i--) {
                        long offset = positions.merge(partition, 1L, Long::sum) - 1;
                        window.open(Records.source(partition.partition(), offset, "o-" + Math.floorMod(offset * 7, orderIds)));
                    }
                    window.advance(KafkaRecords.idOf(partition), positions.get(partition));
                }
            }
            if (!steering.pausedByCamel()) {
                running.addAll(Records.take(window));
            }
        }

        private void end() {
            if (running.isEmpty()) {
                return;
            }
            InFlightRecord inFlight = running.remove(random.nextInt(running.size()));
            switch (random.nextInt(4)) {
                case 0 -> {
                    inFlight.countPost();
                    Records.providerFails(gate, inFlight);
                    inFlight.conclude(new Verdict.Later(Duration.ofSeconds(random.nextInt(30))));
                }
                case 1 -> {
                    inFlight.countPost();
                    Records.providerWorks(gate, inFlight);
                    inFlight.conclude(new Verdict.Finished());
                }
                case 2 -> inFlight.conclude(new Verdict.Finished());
                default -> inFlight.conclude(new Verdict.Later(Duration.ofMillis(500)));
            }
            window.passEnded(inFlight, Duration.ofSeconds(1));
        }

        private void reassign(TopicPartition partition) {
            if (positions.containsKey(partition)) {
                window.revoke(List.of(KafkaRecords.idOf(partition)));
                steering.forget(List.of(partition));
                positions.remove(partition);
                paused.remove(partition);
            } else {
                assign(partition);
            }
        }

        private void assign(TopicPartition partition) {
            window.assign(KafkaRecords.idOf(partition));
            positions.put(partition, 0L);
            knowledge.complete(null);
            knowledge = new CompletableFuture<>();
            steering.holdUntil(knowledge, List.of(partition));
        }

        /** The window holds fetching only for records that are still to do something, and never without a time at which they may. */
        void assertSomethingCanHappen() {
            if (!window.hasRoomForFetch()) {
                assertThat(window.status().inFlight()).isPositive();
                assertThat(window.status().running() > 0 || window.untilNextDue().isPresent()).as("somebody's turn comes").isTrue();
            }
        }

        void assertFetchesAgain() {
            knowledge.complete(null);
            consumption.resume();
            steering.camelResumes(positions.keySet());
            for (int i = 0; i < 10_000 && window.status().inFlight() > 0; i++) {
                // Those that were fetched, and no more.
                window.giveBackTaken();
                running.addAll(Records.take(window));
                running.forEach(inFlight -> {
                    inFlight.countPost();
                    Records.providerWorks(gate, inFlight);
                    inFlight.conclude(new Verdict.Finished());
                    window.passEnded(inFlight, Duration.ofSeconds(1));
                });
                running.clear();
                nanos += Duration.ofSeconds(1).toNanos();
            }
            assertThat(window.status().inFlight()).isZero();
            assertThat(window.status().bytes()).isZero();
            steering.steer(positions.keySet(), Set.copyOf(paused));
            assertThat(new TreeSet<>(paused.stream().map(TopicPartition::partition).toList())).as("still paused").isEmpty();
        }
    }
}
