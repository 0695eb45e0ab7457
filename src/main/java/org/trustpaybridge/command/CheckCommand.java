package org.trustpaybridge.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.trustpaybridge.command.check.CheckReport;
import org.trustpaybridge.command.check.CodecCheck;
import org.trustpaybridge.command.check.Finding;
import org.trustpaybridge.command.check.KafkaCheck;
import org.trustpaybridge.command.check.OrderIds;
import org.trustpaybridge.command.check.RegistryCheck;
import org.trustpaybridge.command.check.Result;
import org.trustpaybridge.command.check.SettingsShown;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.Home;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Misspelt;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: says before the first order whether everything is right. */
@Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Says before the first order whether everything is right: settings, routes, Kafka with its topics and rights,"
        + " MultiSafepay with key and TrustPay, clock, management port. Asks only: creates, writes and commits nothing."},
    footer = {"", "Examples:", "  check                      a table, and what to do",
        "  check --json | jq .result  ok, warning or problem",
        "  check --settings           what holds, and where it was given",
        "", "Exit codes: 0 no problem (warnings may be), 1 a problem, 2 problems of the",
        "configuration only, or wrong usage."})
final class CheckCommand implements OneShot {

    private static final String SETTINGS = "settings";

    @Mixin
    private ConfigOption config;

    @Option(names = "--routes", paramLabel = "DIR", description = "Routes (*.camel.yaml). Default: routes here, else beside the jar.")
    private Path routes;

    @Option(names = "--settings", description = "Shows the value of every setting and where it was given, secrets as ***. Asks nobody.")
    private boolean settingsOnly;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (settingsOnly) {
            return new SettingsShown(config, routes).on(spec.commandLine(), json.wanted());
        }
        List<Finding> configuration = new ArrayList<>();
        Settings settings = settings(configuration);
        List<Finding> all = new ArrayList<>();
        if (settings != null) {
            RoutesCheck built = RoutesCheck.of(settings, routes);
            configuration.addAll(built.routes());
            configuration.add(OrderIds.finding(settings));
            all.addAll(configuration);
            all.addAll(new KafkaCheck(settings).findings());
            all.add(CodecCheck.finding());
            settings.registry().map(RegistryCheck::finding).ifPresent(all::add);
            all.addAll(built.provider());
            all.add(managementPort(settings));
        } else {
            all.addAll(configuration);
            for (String rest : List.of("routes", "Kafka", "codecs", "provider", "management port")) {
                all.add(Finding.skipped(rest, "the settings come first"));
            }
        }
        CheckReport report = new CheckReport(all);
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            report.printJson(out);
        } else {
            report.print(out, spec.commandLine().getColorScheme());
        }
        return exitCode(report.count(Result.PROBLEM), new CheckReport(configuration).count(Result.PROBLEM));
    }

    private static int exitCode(long problems, long ofConfiguration) {
        if (problems == 0) {
            return ExitCode.DONE;
        }
        return problems == ofConfiguration ? ExitCode.WRONG_USAGE : ExitCode.FAILED;
    }

    /** Where only the API key is wrong, all that needs none can still be looked at. */
    private Settings settings(List<Finding> findings) {
        for (Misspelt misspelt : ConfigOption.misspelt()) {
            findings.add(Finding.problem(SETTINGS, misspelt.name() + ": there is no such setting", misspelt.advice()));
        }
        try {
            Settings settings = config.load();
            findings.add(Finding.ok(SETTINGS, config.file().map(file -> "from " + Home.shown(file)).orElse("no file")
                + " and the environment"));
            return settings;
        } catch (InvalidSettingsException e) {
            for (SettingsProblem problem : e.problems()) {
                findings.add(Finding.problem(SETTINGS, problem.key() + ": " + problem.problem(), problem.fix()));
            }
            return withoutKey();
        }
    }

    private Settings withoutKey() {
        try {
            return config.loadWithoutApiKey();
        } catch (InvalidSettingsException e) {
            return null;
        }
    }

    /** A bridge that runs has the port itself, so that is no problem. */
    private static Finding managementPort(Settings settings) {
        String host = settings.text(Setting.MANAGEMENT_HOST);
        int port = Integer.parseInt(settings.text(Setting.MANAGEMENT_PORT));
        try {
            ManagementPort.check(host, port);
            if (settings.managementToken().isEmpty() && !ManagementPort.isLoopback(host)) {
                return Finding.warning("management port", host + ":" + port + " is free, and open to whoever reaches it",
                    "Set management.token, or listen on 127.0.0.1.");
            }
            return Finding.ok("management port", host + ":" + port + " is free");
        } catch (CommandFailedException e) {
            return Finding.warning("management port", host + ":" + port + " cannot be listened on",
                "All is well if a bridge runs here with these settings. Otherwise stop what listens there, or set management.port.");
        }
    }
}
