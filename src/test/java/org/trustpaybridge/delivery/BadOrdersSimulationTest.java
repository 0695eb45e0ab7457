package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.delivery.Simulation.Answer;
import org.trustpaybridge.delivery.Simulation.Shopping;

/**
 * Bad orders among good ones, in virtual time: the good ones go through as if the bad ones were not there, or one time-out later, and each
 * bad one is given up on time. The rows of docs/reliability.md.
 */
class BadOrdersSimulationTest {

    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);
    private static final Duration STREAM = Duration.ofMinutes(6);
    private static final int A_SECOND = 10;

    /** Where the bad ones are. */
    private enum Where { BEFORE, AMONG, BEHIND }

    private static Stream<Arguments> table() {
        return Stream.of(Answer.HTTP_500, Answer.HTTP_403, Answer.CODE_1032, Answer.TIME_OUT).flatMap(bad -> Stream.of(Where.values())
            .flatMap(where -> Stream.of(1, 10, 130, 1000).flatMap(k -> Stream.of(1, 12).filter(partitions -> partitions == 1 || k == 130)
                .map(partitions -> Arguments.of(k, bad, where, partitions)))));
    }

    @ParameterizedTest
    @MethodSource("table")
    void bad_orders_hold_only_themselves(int k, Answer bad, Where where, int partitions) {
        // Given
        boolean more = bad == Answer.TIME_OUT && k > 130 && where == Where.AMONG;
        Simulation simulation = new Simulation(64, partitions, GIVE_UP_AFTER, 1, (order, now) -> order.nature);
        List<Shopping> orders = orders(k, bad, where, partitions, new Random(k));

        // When
        simulation.publish(orders);
        simulation.run(STREAM);

        // Then
        assertThat(orders).filteredOn(Shopping::good).as("no good order is lost").noneMatch(order -> order.deadLetter().isPresent());
        Duration bound = Duration.ofMillis(2 * 155).plus(bad == Answer.TIME_OUT && k > 10 ? Simulation.LONGEST_CALL
            : Duration.ofMillis(500));
        if (!more) {
            assertThat(p99(orders)).as("twice what it is undisturbed, plus a time-out where bad ones time out").isLessThanOrEqualTo(bound);
        }
        if (!more) {
            assertThat(simulation.states).doesNotContain("OUTAGE", "ACCOUNT_FAULT");
        }
        if (bad != Answer.TIME_OUT || k <= 10) {
            assertThat(orders).filteredOn(order -> !order.good()).as("given up on time").allSatisfy(order -> {
                assertThat(order.deadLetter()).get().extracting(DeadLetterReason::code).isEqualTo(DeadLetterReason.Code.GAVE_UP);
                assertThat(order.finished.minus(order.firstTried)).isLessThanOrEqualTo(GIVE_UP_AFTER.plusSeconds(3)
                    .plus(bad == Answer.TIME_OUT ? Simulation.LONGEST_CALL.multipliedBy(2) : Duration.ZERO));
            });
        }
    }

    /** Before the last good one, so that somebody has succeeded after each of them. */
    @Property(tries = 100)
    void all_of_a_burst_are_given_up_although_nobody_comes_after_it(@ForAll long seed, @ForAll @IntRange(min = 1, max = 150) int k,
                                                                    @ForAll @IntRange(min = 1, max = 12) int partitions) {
        Simulation simulation = new Simulation(64, partitions, GIVE_UP_AFTER, seed, (order, now) -> order.nature);
        Random random = new Random(seed);
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < k + 100; i++) {
            orders.add(new Shopping(Duration.ofMillis(i / 10), random.nextInt(partitions), i < k ? Answer.HTTP_500 : Answer.GOOD));
        }

        simulation.publish(orders);
        simulation.run(Duration.ofSeconds(10));
        assertThat(orders).filteredOn(Shopping::good).allMatch(Shopping::published);
        simulation.run(Duration.ofSeconds(75));

        assertThat(orders).filteredOn(order -> !order.good()).allMatch(order -> order.deadLetter().isPresent());
        assertThat(simulation.states).doesNotContain("OUTAGE");
    }

    /** Their calls end when nobody is there any more: what happened while they hung tells. */
    @Property(tries = 30)
    void time_outs_among_good_orders_are_given_up_although_nobody_comes_after_them(@ForAll long seed,
                                                                                  @ForAll @IntRange(min = 1, max = 30) int k) {
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, seed, (order, now) -> order.nature);
        Random random = new Random(seed);
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            orders.add(new Shopping(Duration.ofMillis(100L * i), random.nextInt(3), Answer.GOOD));
        }
        for (int i = 0; i < k; i++) {
            orders.add(new Shopping(Duration.ofMillis(1000 + random.nextInt(56_000)), random.nextInt(3), Answer.TIME_OUT));
        }
        orders.sort(Comparator.comparing(order -> order.arrival));

        simulation.publish(orders);
        simulation.run(Duration.ofMinutes(5));

        assertThat(orders).allMatch(order -> order.good() ? order.published() : order.deadLetter().isPresent());
        assertThat(simulation.states).doesNotContain("OUTAGE");
    }

    @Property(tries = 30)
    void with_nobody_else_and_no_refusal_it_is_an_outage_and_the_first_good_order_goes_through_at_once(
        @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int k) {
        Simulation simulation = new Simulation(16, 3, GIVE_UP_AFTER, seed, Behind.refusing(false));
        List<Shopping> bad = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            bad.add(new Shopping(Duration.ofMillis(i), i % 3, Answer.HTTP_500));
        }
        Shopping good = new Shopping(Duration.ofHours(1), 0, Answer.GOOD);
        simulation.publish(bad);
        simulation.publish(List.of(good));

        simulation.run(Duration.ofHours(1));
        assertThat(simulation.gate.state().name()).isEqualTo("OUTAGE");
        assertThat(simulation.gate.state().since()).isBeforeOrEqualTo(Records.FETCHED.plusSeconds(1));
        assertThat(bad).noneMatch(order -> order.deadLetter().isPresent());
        simulation.run(Duration.ofHours(1).plusSeconds(1));
        assertThat(good.published()).isTrue();
        simulation.run(Duration.ofHours(1).plus(GIVE_UP_AFTER).plusSeconds(15));

        assertThat(bad).filteredOn(order -> order.firstTried.compareTo(Duration.ofHours(1)) < 0 && order.posts > 1)
            .as("those that failed on both sides of it").allMatch(order -> order.deadLetter().isPresent());
    }

    @Test
    void one_bad_order_that_waits_for_a_quarter_of_an_hour_stops_no_partition_at_100_a_second() {
        Simulation simulation = new Simulation(64, 1, Duration.ofMinutes(15), 1, (order, now) -> order.nature);
        List<Shopping> orders = new ArrayList<>(List.of(new Shopping(Duration.ZERO, 0, Answer.HTTP_500)));
        for (int i = 0; i < 90_000; i++) {
            orders.add(new Shopping(Duration.ofMillis(10L * i), 0, Answer.GOOD));
        }

        simulation.publish(orders);
        simulation.run(Duration.ofMinutes(16));

        assertThat(orders).allMatch(order -> order.decision != null);
        assertThat(p99(orders)).isLessThan(Duration.ofMillis(200));
        assertThat(simulation.window.stretched()).isEmpty();
    }

    @Test
    void orders_whose_answers_are_unclear_are_no_outage() {
        Simulation simulation = new Simulation(16, 1, GIVE_UP_AFTER, 1, (order, now) -> order.nature);
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            orders.add(new Shopping(Duration.ofMillis(i), 0, Answer.UNCLEAR));
        }

        simulation.publish(orders);
        simulation.run(Duration.ofMinutes(2));

        assertThat(orders).allMatch(order -> order.deadLetter().isPresent());
        assertThat(simulation.states).isEmpty();
    }

    /** Nothing has succeeded yet, and those that fail come again soon and often. */
    @ParameterizedTest
    @CsvSource({"HTTP_500,1", "HTTP_500,12", "HTTP_403,1", "HTTP_403,12", "CODE_1032,1"})
    void a_thousand_bad_orders_in_front_of_the_very_first_good_one_hold_nobody_for_long(Answer bad, int partitions) {
        Duration longestCall = Duration.ofSeconds(5);
        Duration giveUp = Duration.ofSeconds(8);
        Simulation simulation = new Simulation(new GateRules(Duration.ofSeconds(2), longestCall, 64), partitions, giveUp, 1,
            (order, now) -> order.nature);
        List<Shopping> orders = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            orders.add(new Shopping(Duration.ofMillis(i / 10), random.nextInt(partitions), bad));
        }
        for (int i = 1; i <= 180; i++) {
            orders.add(new Shopping(Duration.ofMillis(100 + 100L * i), random.nextInt(partitions), Answer.GOOD));
        }

        simulation.publish(orders);
        simulation.run(Duration.ofMinutes(2));

        assertThat(orders).filteredOn(Shopping::good).allMatch(Shopping::published);
        assertThat(p99(orders)).isLessThan(longestCall);
        assertThat(orders).filteredOn(order -> !order.good()).allMatch(order -> order.deadLetter().isPresent());
        assertThat(simulation.states).doesNotContain("ACCOUNT_FAULT");
    }

    /** The last of the bad ones fail for the first time when the last good one has gone through. */
    @Property(tries = 30)
    void what_is_left_of_bad_orders_behind_the_last_good_one_is_no_fault_of_the_account(@ForAll long seed, @ForAll Sort sort) {
        Duration giveUp = Duration.ofSeconds(8);
        Simulation simulation = new Simulation(new GateRules(Duration.ofSeconds(2), Duration.ofSeconds(5), 64), 12, giveUp, seed,
            (order, now) -> order.nature);
        Random random = new Random(seed);
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < 180; i++) {
            orders.add(new Shopping(Duration.ofMillis(100L * i), random.nextInt(12), Answer.GOOD));
        }
        for (int i = 0; i < 1000; i++) {
            orders.add(new Shopping(Duration.ofMillis(random.nextInt(18_000)), random.nextInt(12), sort.answer));
        }
        orders.sort(Comparator.comparing(order -> order.arrival));

        simulation.publish(orders);
        simulation.run(Duration.ofMinutes(3));

        assertThat(orders).allMatch(order -> order.good() ? order.published() : order.deadLetter().isPresent());
        assertThat(simulation.states).doesNotContain("OUTAGE", "ACCOUNT_FAULT");
    }

    /** How those fail that are bad. */
    private enum Sort {
        FAILS(Answer.HTTP_500), BLAMES_THE_ACCOUNT(Answer.HTTP_403);

        private final Answer answer;

        Sort(Answer answer) {
            this.answer = answer;
        }
    }

    private static List<Shopping> orders(int k, Answer bad, Where where, int partitions, Random random) {
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < STREAM.toSeconds() * A_SECOND; i++) {
            orders.add(new Shopping(Duration.ofMillis(1000L * i / A_SECOND), random.nextInt(partitions), Answer.GOOD));
        }
        for (int i = 0; i < k; i++) {
            Duration arrival = switch (where) {
                case BEFORE -> Duration.ofMillis(2001);
                case AMONG -> Duration.ofMillis(2000 + random.nextInt(240_000));
                case BEHIND -> Duration.ofMillis(60_001);
            };
            orders.add(new Shopping(arrival, random.nextInt(partitions), bad));
        }
        orders.sort(Comparator.comparing(order -> order.arrival));
        return orders;
    }

    static Duration p99(List<Shopping> orders) {
        List<Duration> latencies = orders.stream().filter(Shopping::published).map(Shopping::latency).sorted().toList();
        return latencies.get((int) Math.ceil(latencies.size() * 0.99) - 1);
    }
}
