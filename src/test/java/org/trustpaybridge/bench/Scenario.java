package org.trustpaybridge.bench;

import java.time.Duration;
import java.util.List;

/**
 * One thing that is measured.
 *
 * @param name        for {@code bench.scenarios}
 * @param title       what it is about, in a few words
 * @param orders      orders that are measured
 * @param warmUp      orders before them, which are not
 * @param rate        orders a second, sent one by one once the warm-up is over; 0: all lie in the topic from the start
 * @param time        how long the provider takes
 * @param concurrency provider calls in flight at once, of each instance
 * @param partitions  of the inbound and the outbound topic
 * @param instances   processes of a program
 * @param jvmOptions  for the programs, besides those that the launcher and {@code bench.jvm.options} give
 * @param idle        how long a program is watched doing nothing after its orders; zero: not at all
 * @param goals       what is to be reached
 */
record Scenario(String name, String title, int orders, int warmUp, int rate, ProviderTime time, int concurrency, int partitions,
                int instances, List<String> jvmOptions, Duration idle, List<Goal> goals) {

    Scenario {
        if (orders < 1 || warmUp < 0 || rate < 0 || concurrency < 1 || partitions < 1 || instances < 1) {
            throw new IllegalArgumentException("orders, concurrency, partitions and instances are at least 1, rate and warm-up at least 0");
        }
        jvmOptions = List.copyOf(jvmOptions);
        goals = List.copyOf(goals);
    }

    static Scenario of(String name, String title) {
        return new Scenario(name, title, 8_000, 4_000, 0, ProviderTime.fixed(100), 64, 1, 1, List.of(), Duration.ZERO, List.of());
    }

    Scenario orders(int warmUpOrders, int measured) {
        return new Scenario(name, title, measured, warmUpOrders, rate, time, concurrency, partitions, instances, jvmOptions, idle, goals);
    }

    Scenario rate(int perSecond) {
        return new Scenario(name, title, orders, warmUp, perSecond, time, concurrency, partitions, instances, jvmOptions, idle, goals);
    }

    Scenario time(ProviderTime newTime) {
        return new Scenario(name, title, orders, warmUp, rate, newTime, concurrency, partitions, instances, jvmOptions, idle, goals);
    }

    Scenario concurrency(int calls) {
        return new Scenario(name, title, orders, warmUp, rate, time, calls, partitions, instances, jvmOptions, idle, goals);
    }

    Scenario partitions(int number) {
        return new Scenario(name, title, orders, warmUp, rate, time, concurrency, number, instances, jvmOptions, idle, goals);
    }

    Scenario instances(int number) {
        return new Scenario(name, title, orders, warmUp, rate, time, concurrency, partitions, number, jvmOptions, idle, goals);
    }

    Scenario jvmOptions(String... options) {
        return new Scenario(name, title, orders, warmUp, rate, time, concurrency, partitions, instances, List.of(options), idle, goals);
    }

    Scenario idle(Duration watched) {
        return new Scenario(name, title, orders, warmUp, rate, time, concurrency, partitions, instances, jvmOptions, watched, goals);
    }

    Scenario goals(Goal... reached) {
        return new Scenario(name, title, orders, warmUp, rate, time, concurrency, partitions, instances, jvmOptions, idle,
            List.of(reached));
    }

    int allOrders() {
        return warmUp + orders;
    }

    /** Orders a second that all calls in flight allow, if nothing but the provider takes time. */
    double ideal() {
        return instances * concurrency / (time.meanMillis() / 1000);
    }

    /** Whether the provider's time is what bounds the rate, so that a share of the ideal says something. */
    boolean boundByProvider() {
        return rate == 0 && time.meanMillis() >= 20;
    }

    /** What is run, on one line. */
    String conditions() {
        return "provider " + time + ", " + concurrency + " in flight, " + partitions + (partitions == 1 ? " partition" : " partitions")
            + (instances == 1 ? "" : ", " + instances + " instances")
            + ", %,d %s%s%s".formatted(orders, orders == 1 ? "order" : "orders", rate == 0 ? "" : " at " + rate + "/s",
                warmUp == 0 ? "" : " after %,d of warm-up".formatted(warmUp))
            + (jvmOptions.isEmpty() ? "" : ", " + String.join(" ", jvmOptions));
    }
}
