package org.trustpaybridge.command.offsets;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.command.console.Table;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.position.PartitionFacts;
import org.trustpaybridge.kafka.StartPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code offsets}: where the group stands in the inbound topic, and what a bridge that starts now would do. */
@Command(name = "offsets", mixinStandardHelpOptions = true, sortOptions = false, subcommands = AcknowledgeDeletedCommand.class,
    description = {"Shows where the group stands in each partition of the inbound topic, which orders were deleted before they were read,"
        + " and what a bridge that starts now would do. Asks and reads only."},
    footer = {"", "Examples:", "  offsets                      a table", "  offsets acknowledge-deleted  orders deleted unread are known",
        "", "Exit codes: 0 done, 1 Kafka does not answer or refuses, 2 wrong usage or",
        "configuration."})
public final class OffsetsCommand implements OneShot {

    @Mixin
    private ConfigOption config;
    @Mixin
    private JsonOption json;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return OffsetsAccess.with(config, access -> {
            if (json.wanted()) {
                JsonOption.print(out, document(access));
            } else {
                print(out, access);
            }
            return ExitCode.DONE;
        });
    }

    private void print(PrintWriter out, OffsetsAccess access) {
        out.println("Group " + access.group() + " on topic " + access.topic() + ", topic id "
            + access.partitions().stream().map(each -> each.facts().topicId()).filter(id -> !id.isEmpty()).findFirst().orElse("unknown"));
        out.println();
        Table table = new Table(spec.commandLine().getColorScheme(), "PARTITION", "COMMITTED", "START", "END", "LAG",
            "A BRIDGE THAT STARTS NOW");
        for (StartPreview.Partition each : access.partitions()) {
            PartitionFacts facts = each.facts();
            table.row(facts.id().partition(), facts.committed().map(committed -> Long.toString(committed.offset())).orElse("-"),
                facts.start(),
                facts.end(), lag(facts), each.inWords());
        }
        table.print(out);
        for (StartPreview.Partition each : access.partitions()) {
            deleted(each).ifPresent(gone -> out.println(System.lineSeparator() + "Partition " + each.facts().id().partition() + ": at most "
                + gone.atMost() + " orders (offsets " + gone.from() + " to " + (gone.to() - 1) + ") were deleted before they"
                + System.lineSeparator() + "were read, noticed " + gone.since().truncatedTo(ChronoUnit.SECONDS)
                + ". Nobody has acknowledged it: offsets acknowledge-deleted"));
        }
        out.flush();
    }

    private static ObjectNode document(OffsetsAccess access) {
        ObjectNode document = JsonOption.object();
        document.put("group", access.group()).put("topic", access.topic());
        ArrayNode partitions = document.putArray("partitions");
        for (StartPreview.Partition each : access.partitions()) {
            PartitionFacts facts = each.facts();
            ObjectNode node = partitions.addObject().put("partition", facts.id().partition()).put("topic_id", facts.topicId())
                .put("start", facts.start()).put("end", facts.end()).put("lag", lag(facts)).put("at_start", each.inWords())
                .put("held", each.asks());
            facts.committed().ifPresent(committed -> node.put("committed", committed.offset()));
            deleted(each).ifPresent(gone -> node.putObject("deleted_unread").put("at_most", gone.atMost()).put("from", gone.from())
                .put("to", gone.to() - 1).put("since", gone.since().toString()));
        }
        return document;
    }

    private static long lag(PartitionFacts facts) {
        return Math.max(0, facts.end() - facts.committed().map(PartitionFacts.Committed::offset).orElse(facts.start()));
    }

    /** What is committed as lost, or would be found lost now. */
    static Optional<DeletedUnread> deleted(StartPreview.Partition partition) {
        return partition.beginning().note().deleted();
    }

    static List<StartPreview.Partition> withLosses(OffsetsAccess access) {
        return access.partitions().stream().filter(each -> deleted(each).isPresent()).toList();
    }
}
