package org.trustpaybridge.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The benchmark: scenario by scenario, round by round, the bridge and what it is measured beside in turn. */
final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BenchSettings settings;
    private final Table table;

    Bench(BenchSettings settings, PrintStream out) {
        this.settings = settings;
        this.table = new Table(out);
    }

    public static void main(String[] arguments) {
        // Whoever started this, Maven as a rule, may be killed outright: then nobody is left to stop it.
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        try {
            boolean accountedFor = new Bench(BenchSettings.fromSystemProperties(), System.out).run().stream()
                .allMatch(Summary::accountedFor);
            System.exit(accountedFor ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("The benchmark cannot start. " + e.getMessage());
            System.exit(2);
        } catch (RuntimeException | AssertionError e) {
            System.err.println("The benchmark failed. " + e.getMessage());
            System.exit(1);
        }
    }

    /** Runs everything, prints the tables, and leaves the results in files. */
    List<Summary> run() {
        List<Summary> summaries = new ArrayList<>();
        try (Stage stage = Stage.set(settings)) {
            if (settings.warmMachine()) {
                warm(stage);
            }
            table.head("Java " + Runtime.version().feature() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("os.name") + "; JVM options: " + options(stage));
            for (Scenario scenario : settings.scenarios()) {
                summaries.add(run(stage, scenario));
            }
        }
        return summaries;
    }

    /** The launcher's options are learnt here, too. */
    private static void warm(Stage stage) {
        Scenario scenario = Scenario.of("warming", "").time(ProviderTime.fixed(1)).partitions(3).orders(0, 5_000);
        new Round(stage, scenario, Contender.BRIDGE, 0).measure();
    }

    private Summary run(Stage stage, Scenario scenario) {
        table.scenario(scenario);
        List<Measurement> measurements = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Contender contender : settings.contenders()) {
                Measurement measurement = new Round(stage, scenario, contender, round).measure();
                measurements.add(measurement);
                table.round(measurement);
            }
        }
        Summary summary = new Summary(scenario, measurements);
        List<Goal.Reached> goals = scenario.goals().stream().map(goal -> goal.measure(summary)).toList();
        table.summary(summary, settings.contenders(), goals);
        save(stage, summary, goals);
        return summary;
    }

    private void save(Stage stage, Summary summary, List<Goal.Reached> goals) {
        Scenario scenario = summary.scenario();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scenario", scenario.name());
        json.put("conditions", scenario.conditions());
        json.put("ended_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("java", Runtime.version().toString());
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("jvm_options", options(stage));
        json.put("accounted_for", summary.accountedFor());
        json.put("rate_ratio", summary.rateByBaseline());
        json.put("cpu_ratio", summary.cpuByBaseline());
        json.put("goals", goals);
        json.put("measurements", summary.measurements());
        Path file = settings.directory().resolve(scenario.name() + ".json");
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(Files.createDirectories(file.getParent()).resolve(file).toFile(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String options(Stage stage) {
        List<String> options = new ArrayList<>(stage.launcherOptions());
        options.addAll(settings.jvmOptions());
        return options.isEmpty() ? "none" : String.join(" ", options);
    }
}
