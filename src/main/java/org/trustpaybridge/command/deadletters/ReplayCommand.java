package org.trustpaybridge.command.deadletters;

import java.io.PrintWriter;

import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.deadletters.ReplayPlan;
import org.trustpaybridge.deadletters.ReplayPlanner;
import org.trustpaybridge.deadletters.replay.Planning;
import org.trustpaybridge.deadletters.replay.Replay;
import org.trustpaybridge.deadletters.replay.ReplayResult;
import org.trustpaybridge.deadletters.replay.ReplayTopics;
import org.trustpaybridge.deadletters.replay.StopRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dead-letters replay}: puts events back on the inbound topic. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Puts the events of dead letters back on the inbound topic, as they came. Without --execute it only tells what it would"
        + " do.",
        "Each dead letter is replayed at most once: what was replayed is left out, also after a kill, and so are orders that have a"
            + " payment URL by now. Run it again to go on where it stopped."},
    footer = {"", "Exit codes: 0 done, 1 failed or not all done, 2 wrong usage or configuration, 130 stopped by Ctrl-C."})
final class ReplayCommand implements OneShot {

    @Spec
    private CommandSpec spec;
    @Mixin
    private Filters filters;
    @Option(names = "--all", description = "Every dead letter; needed where no other option says which.")
    private boolean all;
    @Option(names = "--execute", description = "Does it.")
    private boolean execute;
    @Option(names = "--dry-run", description = "Only tells what would be done. The default.")
    private boolean dryRun;
    @Option(names = "--rate", paramLabel = "N", defaultValue = "10", description = "Events a second, from 0.01 to 10000. Default: 10.")
    private double rate;
    @Option(names = "--max", paramLabel = "N", defaultValue = "1000",
        description = "The most events to replay, the oldest first. Default: 1000.")
    private int max;
    @Option(names = "--unsure",
        description = "Also those of which it cannot be known whether they were replayed, since the inbound topic has forgotten that time.")
    private boolean unsure;
    @Mixin
    private JsonOption json;
    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        check();
        StopRequest stop = new StopRequest();
        return execute ? InterruptibleRun.with(stop, () -> run(stop)) : run(stop);
    }

    private int run(StopRequest stop) {
        return KafkaAccess.with(config, spec.commandLine().getErr(), stop, access -> execute ? replay(access, stop) : tell(access));
    }

    private void check() {
        if (execute && dryRun) {
            throw new ParameterException(spec.commandLine(), "--execute and --dry-run exclude each other");
        }
        if (filters.isEmpty() == !all) {
            throw new ParameterException(spec.commandLine(), all ? "--all and an option that says which exclude each other"
                : "Say which dead letters: --reason, --order-id, --offsets, --since, --until, --text, or --all");
        }
        if (!(rate >= 0.01 && rate <= 10_000)) {
            throw new ParameterException(spec.commandLine(), "--rate: found " + rate + ", expected a number from 0.01 to 10000");
        }
        if (max < 1 || max > 10_000_000) {
            throw new ParameterException(spec.commandLine(), "--max: found " + max + ", expected a number from 1 to 10000000");
        }
    }

    private int tell(KafkaAccess access) {
        ReplayPlanner planner = planner(access.topics());
        Planning.read(planner, access.topics(), access.scan());
        ReplayPlan plan = planner.plan(max);
        access.progress().clear();
        ReplayReport report = report(access);
        if (json.wanted()) {
            report.printJson(plan, null);
        } else {
            report.print(plan, rate, false);
        }
        return ExitCode.DONE;
    }

    private int replay(KafkaAccess access, StopRequest stop) {
        ReplayReport report = report(access);
        try (Replay replay = new Replay(access.clients(), access.topics(), access.progress(), access.session(), stop)) {
            ReplayPlan plan = replay.plan(planner(access.topics()), max);
            access.progress().clear();
            if (!json.wanted() && !stop.requested()) {
                report.print(plan, rate, true);
            }
            ReplayResult result = replay.run(plan, rate);
            access.progress().clear();
            if (json.wanted()) {
                report.printJson(plan, result);
            } else {
                report.print(plan, result);
            }
            return result.end() == ReplayResult.End.DONE && result.tooLarge().isEmpty()
                && result.notWhole().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private ReplayReport report(KafkaAccess access) {
        PrintWriter out = spec.commandLine().getOut();
        return new ReplayReport(out, spec.commandLine().getErr(), access.topics(), access.clients().brokers());
    }

    private ReplayPlanner planner(ReplayTopics topics) {
        return new ReplayPlanner(filters.selection(), topics.deadLetter(), topics.inbound(), unsure);
    }
}
