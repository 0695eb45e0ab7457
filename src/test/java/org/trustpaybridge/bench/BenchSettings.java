package org.trustpaybridge.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be set for the benchmark, all by system properties; nothing and an empty text are the same.
 *
 * @param scenarios  {@code bench.scenarios}, changed by {@code bench.orders}, {@code .warm-up}, {@code .rate}, {@code .latency},
 *                   {@code .concurrency}, {@code .partitions} and {@code .instances}
 * @param rounds     {@code bench.rounds}: how often each program is measured in a scenario
 * @param contenders {@code bench.programs}
 * @param jvmOptions {@code bench.jvm.options}: for all programs
 * @param archive    {@code bridge.archive}: the distribution that is measured
 * @param startupArchive {@code bench.startup-archive}: whether the distribution's {@code make-startup-archive} is run before
 * @param directory  {@code bench.directory}: for results and logs
 * @param warmMachine whether a round that is not counted comes first, so that no program meets a cold broker, provider or disk
 */
record BenchSettings(List<Scenario> scenarios, int rounds, List<Contender> contenders, List<String> jvmOptions, Path archive,
                     boolean startupArchive, Path directory, boolean warmMachine) {
    private static final List<String> CHANGES = List.of("orders", "warm-up", "rate", "latency", "concurrency", "partitions", "instances");

    /** @throws IllegalArgumentException with one readable sentence */
    static BenchSettings fromSystemProperties() {
        boolean changed = CHANGES.stream().anyMatch(name -> !text(name, "").isEmpty());
        String names = text("scenarios", changed ? Scenarios.CUSTOM : String.join(",", Scenarios.SHORT));
        List<Scenario> scenarios = (names.equals("all") ? Scenarios.names().stream() : list(names, ","))
            .map(Scenarios::named).map(BenchSettings::changed).toList();
        List<Contender> contenders = list(text("programs", "bridge,baseline"), ",").map(Contender::named).toList();
        return new BenchSettings(scenarios, number("rounds", 3), contenders, list(text("jvm.options", ""), "\\s+").toList(),
            Path.of(System.getProperty("bridge.archive", "target/trustpay-bridge-0.1.0.tar.gz")).toAbsolutePath(),
            Boolean.parseBoolean(text("startup-archive", "false")), Path.of(text("directory", "target/bench")).toAbsolutePath(), true);
    }

    BenchSettings {
        if (rounds < 1) {
            throw new IllegalArgumentException("-Dbench.rounds is at least 1.");
        }
        scenarios = List.copyOf(scenarios);
        contenders = List.copyOf(contenders);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** With other conditions the goals mean nothing, except with more or fewer orders. */
    private static Scenario changed(Scenario scenario) {
        Scenario changed = scenario.orders(number("warm-up", scenario.warmUp()), number("orders", scenario.orders()));
        Scenario other = changed.rate(number("rate", changed.rate())).concurrency(number("concurrency", changed.concurrency()))
            .partitions(number("partitions", changed.partitions())).instances(number("instances", changed.instances()))
            .time(time(changed.time()));
        return other.equals(changed) ? changed : other.goals(new Goal[0]);
    }

    private static ProviderTime time(ProviderTime otherwise) {
        String text = text("latency", "");
        try {
            return text.isEmpty() ? otherwise : ProviderTime.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("-Dbench.latency: " + e.getMessage() + ".", e);
        }
    }

    private static int number(String name, int otherwise) {
        String text = text(name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-Dbench." + name + ": found '" + text + "', expected a number.", e);
        }
    }

    private static String text(String name, String otherwise) {
        String text = System.getProperty("bench." + name, "").trim();
        return text.isEmpty() ? otherwise : text;
    }

    private static Stream<String> list(String text, String separator) {
        return Arrays.stream(text.split(separator)).map(String::trim).filter(each -> !each.isEmpty());
    }
}
