package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.delivery.Simulation.Answer;
import org.trustpaybridge.delivery.Simulation.Shopping;

/**
 * Bad orders behind the last good one, in virtual time: nobody succeeds any more by whom to tell them from an outage, as in a shop at
 * night.
 */
class BadOrdersBehindSimulationTest {

    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(3);
    private static final Duration LAST = Duration.ofSeconds(10);

    private static Stream<Arguments> table() {
        return Stream.of(Answer.HTTP_500, Answer.HTTP_403, Answer.CODE_1032, Answer.TIME_OUT).flatMap(bad ->
            Stream.of(1, 4, 10, 130, 1000).filter(k -> bad != Answer.TIME_OUT || k < 130).flatMap(k -> Stream.of(true, false).map(good ->
                Arguments.of(bad, k, good))));
    }

    @ParameterizedTest
    @MethodSource("table")
    void they_are_given_up_though_nobody_comes_after_them(Answer bad, int k, boolean goodBefore) {
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, k, Behind.refusing(true));
        List<Shopping> orders = new ArrayList<>(goodBefore ? some(20, Answer.GOOD, Duration.ZERO) : List.of());
        orders.addAll(some(k, bad, LAST));
        simulation.publish(orders);

        Duration calls = bad == Answer.TIME_OUT ? Duration.ofSeconds(100) : Duration.ofSeconds(45);
        simulation.run(LAST.plus(Simulation.LONGEST_WAIT.multipliedBy(2)).plus(calls).plus(toTryAll(k)));
        assertThat(simulation.gate.state()).isInstanceOfSatisfying(ProviderState.Flowing.class,
            flowing -> assertThat(flowing.because()).isEqualTo(ProviderState.Flowing.Because.ORDERS_ARE_BAD));
        assertThat(simulation.gate.failingOrders().alone()).hasSize(k);
        simulation.run(LAST.plus(GIVE_UP_AFTER).plus(Simulation.LONGEST_WAIT.multipliedBy(2))
            .plus(bad == Answer.TIME_OUT ? Simulation.LONGEST_CALL.multipliedBy(3) : Duration.ZERO).plus(toTryAll(k)));

        assertThat(orders).filteredOn(Shopping::good).allMatch(Shopping::published);
        assertThat(orders).filteredOn(order -> !order.good()).allSatisfy(order -> {
            assertThat(order.deadLetter()).get().extracting(DeadLetterReason::code).isEqualTo(DeadLetterReason.Code.GAVE_UP);
            assertThat(order.deadLetter().orElseThrow().message()).contains("refused as it should");
            assertThat(order.finished.minus(order.firstTried)).isGreaterThanOrEqualTo(GIVE_UP_AFTER);
        });
        assertThat(simulation.gate.state().name()).isEqualTo("FLOWING");
        assertThat(simulation.idle()).isTrue();
        assertSeldom(simulation);
    }

    /** Key and gateway are good by the provider's word, and each POST fails, that which has to be refused as well. */
    @ParameterizedTest
    @EnumSource(value = Answer.class, names = {"HTTP_500", "TIME_OUT", "HTTP_403"})
    void an_outage_of_posts_alone_ends_no_order_and_all_go_on_after_it(Answer how) {
        Duration ends = Duration.ofHours(2);
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, 1, new Behind(how, LAST, ends, false));
        List<Shopping> orders = some(20, Answer.GOOD, Duration.ZERO);
        orders.addAll(some(10, Answer.GOOD, LAST));
        simulation.publish(orders);

        simulation.run(ends);
        assertThat(orders).noneMatch(order -> order.deadLetter().isPresent());
        assertThat(simulation.gate.state().name()).isIn("OUTAGE", "ACCOUNT_FAULT");
        simulation.run(ends.plus(Simulation.LONGEST_WAIT).plus(Simulation.LONGEST_CALL).plusSeconds(2));

        assertThat(orders).allMatch(Shopping::published);
        assertSeldom(simulation);
    }

    /** The provider looks at orders and refuses wrong ones, and takes none: as long as others come, none is given up. */
    @Property(tries = 60)
    void an_outage_behind_validation_ends_no_order_while_others_come(@ForAll long seed, @ForAll("fails") Answer how,
                                                                     @ForAll @IntRange(min = 1, max = 64) int concurrency,
                                                                     @ForAll @IntRange(min = 1, max = 120) int every) {
        Duration ends = Duration.ofHours(1);
        Random random = new Random(seed);
        Simulation simulation = new Simulation(concurrency, 1 + random.nextInt(12), GIVE_UP_AFTER, seed, new Behind(how, LAST, ends, true));
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < 3700 / every; i++) {
            orders.add(new Shopping(Duration.ofSeconds(i * every), random.nextInt(simulation.partitions()), Answer.GOOD));
        }
        simulation.publish(orders);

        simulation.run(Duration.ofHours(3));

        assertThat(orders).allMatch(Shopping::published);
        assertSeldom(simulation);
    }

    /** What it cannot tell: with two orders an hour, each is alone for longer than orders are waited for. */
    @Test
    void an_outage_behind_validation_with_two_orders_an_hour_gives_up_each_after_its_time() {
        Simulation simulation = new Simulation(64, 1, GIVE_UP_AFTER, 1, new Behind(Answer.HTTP_500, LAST, Duration.ofHours(3), true));
        List<Shopping> orders = some(20, Answer.GOOD, Duration.ZERO);
        for (int i = 1; i <= 6; i++) {
            orders.add(new Shopping(Duration.ofMinutes(30L * i - 5), 0, Answer.GOOD));
        }
        simulation.publish(orders);

        simulation.run(Duration.ofHours(3));

        assertThat(orders).filteredOn(order -> order.deadLetter().isPresent()).hasSize(6)
            .allMatch(order -> order.finished.minus(order.arrival).compareTo(GIVE_UP_AFTER) > 0);
    }

    @Test
    void one_more_order_that_fails_at_its_first_call_begins_the_time_of_all_anew() {
        Simulation simulation = new Simulation(64, 1, GIVE_UP_AFTER, 1, Behind.refusing(true));
        List<Shopping> orders = some(10, Answer.HTTP_500, LAST);
        Shopping late = new Shopping(LAST.plus(GIVE_UP_AFTER).minusSeconds(20), 0, Answer.HTTP_500);
        orders.add(late);
        simulation.publish(orders);

        simulation.run(late.arrival.plus(GIVE_UP_AFTER));
        assertThat(orders).noneMatch(order -> order.deadLetter().isPresent());
        simulation.run(late.arrival.plus(GIVE_UP_AFTER).plus(Simulation.LONGEST_WAIT.multipliedBy(2)));

        assertThat(orders).allMatch(order -> order.deadLetter().isPresent());
    }

    @Test
    void an_outage_that_comes_when_orders_were_found_bad_stops_their_time() {
        Duration begins = Duration.ofMinutes(2);
        Duration ends = Duration.ofHours(1);
        Simulation.Provider provider = new Simulation.Provider() {
            @Override
            public Answer answer(Shopping order, Duration now) {
                return order.nature;
            }

            @Override
            public boolean refuses(Duration now) {
                return now.compareTo(begins) < 0 || now.compareTo(ends) > 0;
            }
        };
        Simulation simulation = new Simulation(64, 1, GIVE_UP_AFTER, 1, provider);
        List<Shopping> orders = some(10, Answer.HTTP_500, LAST);
        simulation.publish(orders);

        simulation.run(ends);
        assertThat(orders).noneMatch(order -> order.deadLetter().isPresent());
        assertThat(simulation.states).containsExactly("OUTAGE", "FLOWING", "MANY_ALONE", "OUTAGE");
        simulation.run(ends.plus(GIVE_UP_AFTER).plus(Simulation.LONGEST_WAIT.multipliedBy(2)));

        assertThat(orders).allMatch(order -> order.deadLetter().isPresent());
    }

    /** When orders come again, the bad ones are what they are among good ones, and their time goes on. */
    @Property(tries = 30)
    void good_orders_that_come_again_find_nothing_in_their_way(@ForAll long seed, @ForAll("fails") Answer bad,
                                                               @ForAll @IntRange(min = 1, max = 60) int k,
                                                               @ForAll @IntRange(min = 5, max = 170) int later) {
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, seed, Behind.refusing(true));
        List<Shopping> orders = some(k, bad, LAST);
        Duration again = LAST.plusSeconds(later);
        for (int i = 0; i < 4000; i++) {
            orders.add(new Shopping(again.plusMillis(100L * i), i % 3, Answer.GOOD));
        }
        simulation.publish(orders);

        simulation.run(Duration.ofMinutes(20));

        assertThat(orders).filteredOn(Shopping::good).allMatch(Shopping::published);
        assertThat(BadOrdersSimulationTest.p99(orders)).isLessThan(Duration.ofSeconds(1));
        assertThat(orders).filteredOn(order -> !order.good()).allMatch(order -> order.deadLetter().isPresent());
        Duration calls = bad == Answer.TIME_OUT ? Simulation.LONGEST_CALL.multipliedBy(3) : Duration.ZERO;
        Duration bound = again.plus(GIVE_UP_AFTER).plusSeconds(15).plus(calls);
        assertThat(orders).filteredOn(order -> !order.good()).allMatch(order -> order.finished.compareTo(bound) < 0);
    }

    @Test
    void while_orders_flow_nothing_is_asked() {
        Simulation simulation = new Simulation(64, 3, GIVE_UP_AFTER, 1, Behind.refusing(true));
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            orders.add(new Shopping(Duration.ofMillis(100L * i), i % 3, i % 20 == 0 && i < 2000 ? Answer.HTTP_500 : Answer.GOOD));
        }
        simulation.publish(orders);

        simulation.run(Duration.ofMinutes(10));

        assertThat(orders).allMatch(order -> order.good() ? order.published() : order.deadLetter().isPresent());
        assertThat(simulation.postChecks).isEmpty();
    }

    @Provide
    Arbitrary<Answer> fails() {
        return Arbitraries.of(Answer.HTTP_500, Answer.TIME_OUT, Answer.HTTP_403, Answer.CODE_1032);
    }

    private static List<Shopping> some(int count, Answer nature, Duration from) {
        List<Shopping> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            orders.add(new Shopping(from.plusMillis(i / 10), 0, nature));
        }
        orders.sort(Comparator.comparing(order -> order.arrival));
        return orders;
    }

    /** One after the other. */
    private static Duration toTryAll(int k) {
        return Duration.ofMillis(150L * k);
    }

    private static void assertSeldom(Simulation simulation) {
        List<Duration> asked = simulation.postChecks;
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i).minus(asked.get(i - 1))).isGreaterThanOrEqualTo(Simulation.LONGEST_WAIT);
        }
    }
}
