package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trustpaybridge.delivery.Simulation.Answer;
import org.trustpaybridge.delivery.Simulation.Shopping;
import org.trustpaybridge.provider.GatewayAnswer;

/** A provider that is down for everybody, in virtual time, with and without orders that are bad themselves. */
class OutageSimulationTest {

    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);
    private static final Duration BEGINS = Duration.ofMinutes(1);
    private static final Duration ENDS = Duration.ofMinutes(5);

    /** Down for a while in one way, and failing by chance besides. */
    private record Troubled(Answer how, Duration from, Duration to, double chance, boolean questionBlocked, Random random)
        implements Simulation.Provider {

        @Override
        public Answer answer(Shopping order, Duration now) {
            if (down(now)) {
                return how;
            }
            return random.nextDouble() < chance ? Answer.HTTP_500 : order.nature;
        }

        @Override
        public Optional<GatewayAnswer> account(Duration now) {
            if (questionBlocked) {
                return Optional.empty();
            }
            if (!down(now)) {
                return Simulation.Provider.super.account(now);
            }
            return switch (how) {
                case CODE_1032 -> Optional.of(new GatewayAnswer(GatewayAnswer.State.KEY_REFUSED, Simulation.failure(401, 1032)));
                case HTTP_403 -> Optional.of(new GatewayAnswer(GatewayAnswer.State.ACCOUNT_REFUSED, Simulation.failure(403, 0)));
                default -> Optional.of(new GatewayAnswer(GatewayAnswer.State.BUSY, Simulation.failure(500, 0)));
            };
        }

        @Override
        public boolean refuses(Duration now) {
            return !down(now);
        }

        private boolean down(Duration now) {
            return now.compareTo(from) >= 0 && now.compareTo(to) < 0;
        }
    }

    @ParameterizedTest
    @EnumSource(value = Answer.class, names = {"HTTP_500", "TIME_OUT", "CODE_1032", "HTTP_403"})
    void an_outage_costs_no_order_and_few_posts_and_all_go_on_within_the_longest_wait(Answer how) {
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, 1, new Troubled(how, BEGINS, ENDS, 0, false, new Random(1)));
        List<Shopping> orders = stream(20, Duration.ofMinutes(8), 0, new Random(1));
        simulation.publish(orders);

        simulation.run(BEGINS);
        int before = simulation.posts;
        simulation.run(ENDS);
        int during = simulation.posts - before;
        simulation.run(ENDS.plus(Simulation.LONGEST_WAIT));

        assertThat(during).as("what was under way, and a few").isLessThan(how == Answer.TIME_OUT ? 130 : 70);
        assertThat(orders).filteredOn(order -> order.arrival.compareTo(ENDS) < 0).as("all that waited").allMatch(Shopping::published);
        assertThat(simulation.states).containsExactly(how == Answer.CODE_1032 || how == Answer.HTTP_403 ? "ACCOUNT_FAULT" : "OUTAGE",
            "FLOWING");
    }

    /** With a bad key from the start, too: the first answer is asked about at once. */
    @ParameterizedTest
    @EnumSource(value = Answer.class, names = {"CODE_1032", "HTTP_403"})
    void a_bad_key_posts_next_to_nothing_and_is_told_once(Answer how) {
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, 1, new Troubled(how, Duration.ZERO, ENDS, 0, false, new Random(1)));
        simulation.publish(stream(20, ENDS, 0, new Random(1)));

        simulation.run(Duration.ofSeconds(1));
        assertThat(simulation.states).containsExactly("ACCOUNT_FAULT");
        simulation.run(ENDS);

        assertThat(simulation.posts).isLessThan(30);
        assertThat(simulation.states).containsExactly("ACCOUNT_FAULT");
    }

    @Property(tries = 60)
    void no_good_order_is_ever_given_up(@ForAll long seed, @ForAll("down") Answer how, @ForAll @IntRange(min = 1, max = 64) int concurrency,
                                        @ForAll @IntRange(min = 1, max = 300) int minuteRate, @ForAll @IntRange(min = 0, max = 60) int bad,
                                        @ForAll @DoubleRange(min = 0, max = 0.2) double chance, @ForAll boolean blocked) {
        Random random = new Random(seed);
        Simulation simulation = new Simulation(concurrency, 1 + random.nextInt(12), Duration.ofMinutes(3), seed,
            new Troubled(how, BEGINS, ENDS, chance, blocked, random));
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < minuteRate * 8; i++) {
            orders.add(new Shopping(Duration.ofMillis(60_000L * i / minuteRate), random.nextInt(simulation.partitions()), Answer.GOOD));
        }
        for (int i = 0; i < bad; i++) {
            orders.add(new Shopping(Duration.ofMillis(random.nextInt(480_000)), random.nextInt(simulation.partitions()), Answer.HTTP_500));
        }
        orders.sort(Comparator.comparing(order -> order.arrival));
        simulation.publish(orders);

        simulation.run(Duration.ofHours(3));

        assertThat(orders).filteredOn(Shopping::good).as("good orders").allMatch(order -> order.deadLetter().isEmpty())
            .allMatch(Shopping::published);
    }

    @Provide
    Arbitrary<Answer> down() {
        return Arbitraries.of(Answer.HTTP_500, Answer.TIME_OUT, Answer.CODE_1032, Answer.HTTP_403);
    }

    @ParameterizedTest
    @EnumSource(value = Answer.class, names = {"HTTP_500", "TIME_OUT"})
    void during_and_after_an_outage_bad_orders_hold_nobody_and_are_given_up_when_it_is_over(Answer bad) {
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, 1,
            new Troubled(Answer.HTTP_500, BEGINS, ENDS, 0, false, new Random(1)));
        Random random = new Random(5);
        List<Shopping> orders = stream(20, Duration.ofMinutes(12), 0, random);
        for (int i = 0; i < 60; i++) {
            orders.add(new Shopping(BEGINS.plusMillis(random.nextInt(300_000)), random.nextInt(3), bad));
        }
        orders.sort(Comparator.comparing(order -> order.arrival));
        simulation.publish(orders);

        simulation.run(ENDS);
        assertThat(orders).noneMatch(order -> order.deadLetter().isPresent() && order.arrival.compareTo(BEGINS) > 0);
        simulation.run(Duration.ofMinutes(12));

        assertThat(orders).filteredOn(Shopping::good).allMatch(order -> order.deadLetter().isEmpty());
        assertThat(orders).filteredOn(order -> order.good() && order.arrival.compareTo(ENDS) < 0).allMatch(order ->
            order.finished.compareTo(ENDS.plus(Simulation.LONGEST_WAIT).plus(Simulation.LONGEST_CALL).plusSeconds(5)) < 0);
        assertThat(orders).filteredOn(order -> !order.good()).allMatch(order -> order.deadLetter().isPresent());
        assertThat(simulation.states).containsOnlyOnce("OUTAGE");
    }

    private static List<Shopping> stream(int aSecond, Duration length, int from, Random random) {
        List<Shopping> orders = new ArrayList<>();
        for (int i = from; i < length.toSeconds() * aSecond; i++) {
            orders.add(new Shopping(Duration.ofMillis(1000L * i / aSecond), random.nextInt(3), Answer.GOOD));
        }
        return orders;
    }
}
