package org.trustpaybridge.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The scenarios by name, with the goals that were set. */
final class Scenarios {
    /** The ones that say most in the shortest time. */
    static final List<String> SHORT = List.of("one-partition", "one-millisecond", "start");
    static final String CUSTOM = "custom";

    private static final Goal IDEAL = Goal.atLeast("share of the ideal rate", 0.96, Summary::shareOfIdeal);
    private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

    static {
        add(Scenario.of("one-partition", "100 ms, 64 in flight, one partition")
            .goals(Goal.atLeast("rate, of the baseline's", 0.98, Summary::rateByBaseline), IDEAL));
        add(Scenario.of("three-partitions", "100 ms, 64 in flight, three partitions").partitions(3)
            .goals(Goal.atLeast("rate, of the baseline's", 0.98, Summary::rateByBaseline), IDEAL));
        add(Scenario.of("lognormal", "the provider takes now 30 ms, now 300 ms").time(new ProviderTime(100, 0.5)).partitions(3)
            .goals(Goal.atLeast("rate, of the baseline's", 0.97, Summary::rateByBaseline)));
        add(boundByProgram("one-millisecond", "the provider takes no time, so the program is the limit").orders(60_000, 30_000));
        add(boundByProgram("warm", "as one-millisecond, once Java has compiled nearly all").orders(300_000, 100_000));
        add(Scenario.of("paced", "100 orders a second: what the bridge adds to the provider's time").rate(100).orders(3_000, 2_000)
            .partitions(3)
            .goals(Goal.atMost("ms above the provider's time, median", 5, Summary::addedP50),
                Goal.atMost("ms above the provider's time, p99", 15, Summary::addedP99)));
        add(Scenario.of("wide", "1,024 calls of one second in flight").time(ProviderTime.fixed(1000)).concurrency(1024).partitions(3)
            .orders(4_096, 16_384).jvmOptions("-Xmx256m")
            .goals(Goal.atLeast("share of the ideal rate", 0.95, Summary::shareOfIdeal),
                Goal.atMost("MB resident at most", 400, Summary::peakMegabytes)));
        add(Scenario.of("backlog", "a backlog of 200,000 orders, provider at 20 ms").time(ProviderTime.fixed(20)).partitions(3)
            .orders(20_000, 180_000).jvmOptions("-Xmx256m")
            .goals(Goal.atLeast("slowest tenth's rate, of the median tenth's", 0.9, Summary::slowestSlice),
                Goal.atMost("memory after the last tenth, of that after the first", 1.1, Summary::memoryGrowth)));
        add(oneOrder("start", "from the start of the process to the first payment URL")
            .goals(Goal.atMost("s from start to the first payment URL", 4, Summary::startSeconds)));
        add(oneOrder("idle", "nothing to do: a minute that begins two and a half after the one order").idle(Duration.ofMinutes(1))
            .goals(Goal.atMost("share of a core when idle", 0.01, Summary::idleCores)));
        for (int instances = 1; instances <= 3; instances++) {
            add(Scenario.of("instances-" + instances, "six partitions, shared by " + instances
                + (instances == 1 ? " instance" : " instances"))
                .time(ProviderTime.fixed(500)).partitions(6).instances(instances).orders(600 * instances, 2_000 * instances)
                .goals(Goal.atLeast("share of the ideal rate", 0.95, Summary::shareOfIdeal)));
        }
    }

    private Scenarios() {
    }

    private static Scenario oneOrder(String name, String title) {
        return Scenario.of(name, title).time(ProviderTime.fixed(1)).orders(0, 1);
    }

    private static Scenario boundByProgram(String name, String title) {
        return Scenario.of(name, title).time(ProviderTime.fixed(1)).partitions(3)
            .goals(Stream.of(beside(Contender.BASELINE, "baseline's", 0.75, 1.35),
                beside(Contender.UNTUNED, "untuned baseline's", 0.75, 1.35),
                beside(Contender.PEER, "peer's", 1, 1)).flatMap(Function.identity()).toArray(Goal[]::new));
    }

    private static Stream<Goal> beside(Contender other, String whose, double rate, double cpu) {
        return Stream.of(
            Goal.atLeast("rate, of the " + whose, rate, summary -> summary.ratio(other, Measurement::ordersPerSecond)),
            Goal.atMost("CPU for an order, of the " + whose, cpu, summary -> summary.ratio(other, Measurement::cpuPerThousand)));
    }

    private static void add(Scenario scenario) {
        ALL.put(scenario.name(), scenario);
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** @throws IllegalArgumentException with the names that there are */
    static Scenario named(String name) {
        if (name.equals(CUSTOM)) {
            return Scenario.of(CUSTOM, "as asked for");
        }
        Scenario scenario = ALL.get(name);
        if (scenario == null) {
            throw new IllegalArgumentException("-Dbench.scenarios: found '" + name + "', expected all, " + CUSTOM + " or some of "
                + String.join(", ", ALL.keySet()));
        }
        return scenario;
    }
}
