package org.trustpaybridge.command.deadletters;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.function.Predicate;

import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.command.console.Table;
import org.trustpaybridge.deadletters.DeadLetter;
import org.trustpaybridge.deadletters.Place;
import org.trustpaybridge.deadletters.Printable;
import org.trustpaybridge.deadletters.ReasonInShort;
import org.trustpaybridge.deadletters.ReplayPlanner;
import org.trustpaybridge.deadletters.Selection;
import org.trustpaybridge.deadletters.Summary;
import org.trustpaybridge.deadletters.replay.Planning;
import org.trustpaybridge.deadletters.replay.StopRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dead-letters list}: the newest as a table, and how many there are of each reason. */
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Lists the newest dead letters, and counts all by reason. Reads the topic outside of any"
        + " consumer group; changes nothing.")
final class ListCommand implements OneShot {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final int WHY = 70;

    @Spec
    private CommandSpec spec;
    @Mixin
    private Filters filters;
    @Option(names = "--open",
        description = "Only those that were neither replayed nor got a payment URL since, of each order the newest. Reads the other two"
            + " topics too.")
    private boolean open;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "20",
        description = "How many of the newest to show; 0: counts only. Default: 20.")
    private int limit;
    @Mixin
    private JsonOption json;
    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        if (limit < 0 || limit > 100_000) {
            throw new ParameterException(spec.commandLine(), "--limit: found " + limit + ", expected a number from 0 to 100000");
        }
        return KafkaAccess.with(config, spec.commandLine().getErr(), new StopRequest(), this::list);
    }

    private int list(KafkaAccess access) {
        Predicate<DeadLetter> wanted = wanted(access);
        PrintWriter out = spec.commandLine().getOut();
        Summary summary = new Summary(json.wanted() ? 0 : limit);
        access.scan().whole(access.topics().deadLetter(), stored -> {
            DeadLetter letter = access.read(stored);
            if (wanted.test(letter)) {
                summary.add(letter);
                if (json.wanted()) {
                    JsonOption.printLine(out, LetterJson.of(letter));
                }
            }
        });
        access.progress().clear();
        if (!json.wanted()) {
            print(out, summary, access.topics().deadLetter());
        }
        return ExitCode.DONE;
    }

    private Predicate<DeadLetter> wanted(KafkaAccess access) {
        Selection selection = filters.selection();
        if (!open) {
            return selection::matches;
        }
        ReplayPlanner planner = ReplayPlanner.toFindOpen(selection, access.topics().deadLetter(), access.topics().inbound());
        Planning.read(planner, access.topics(), access.scan());
        Set<Place> places = planner.open();
        return letter -> places.contains(letter.place());
    }

    private void print(PrintWriter out, Summary summary, String topic) {
        String what = (open ? "open dead letter" : "dead letter") + (summary.total() == 1 ? "" : "s");
        if (summary.total() == 0) {
            out.println("No " + what + " on " + topic + (filters.isEmpty() ? "." : " that these options ask for."));
        } else {
            out.println(summary.total() + " " + what + " on " + topic);
            summary.counts().forEach((reason, count) -> out.println("%6d  %s".formatted(count, reason)));
            if (limit > 0) {
                out.println();
                table(summary).print(out);
            }
            if (limit > 0 && summary.total() > limit) {
                out.println("... and " + (summary.total() - limit) + " older ones (--limit, or --json for all)");
            }
        }
        out.flush();
    }

    private Table table(Summary summary) {
        Table table = new Table(spec.commandLine().getColorScheme(), "WHERE", "GIVEN UP (UTC)", "REASON", "ORDER: WHY");
        for (DeadLetter letter : summary.newest()) {
            table.row(letter.place(), time(letter.failedAt()), letter.reason(),
                Printable.line(letter.orderId().orElse("-") + ": " + Printable.line(ReasonInShort.of(letter), WHY)));
        }
        return table;
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
