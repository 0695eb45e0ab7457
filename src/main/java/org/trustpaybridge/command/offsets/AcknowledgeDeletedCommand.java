package org.trustpaybridge.command.offsets;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.kafka.Acknowledgements;
import org.trustpaybridge.kafka.StartPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code offsets acknowledge-deleted}: somebody knows of the orders that were deleted unread, so the bridge need not tell any more. */
@Command(name = "acknowledge-deleted", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Says that it is known which orders Kafka deleted before they were read. Every bridge of the group ceases to tell of"
        + " them within seconds, whether it runs now or starts later. Writes offsets of the group <kafka.group-id>.acknowledged only."},
    footer = {"", "Exit codes: 0 done, or there was nothing to acknowledge; 1 Kafka does not",
        "answer or refuses; 2 wrong usage or configuration."})
final class AcknowledgeDeletedCommand implements OneShot {

    @Mixin
    private ConfigOption config;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return OffsetsAccess.with(config, access -> {
            List<StartPreview.Partition> losses = OffsetsCommand.withLosses(access);
            if (losses.isEmpty()) {
                out.println("No order of " + access.topic() + " was deleted before it was read, as far as is noted.");
                out.flush();
                return ExitCode.DONE;
            }
            Map<TopicPartition, Long> upTo = new HashMap<>();
            losses.forEach(each -> upTo.put(new TopicPartition(access.topic(), each.facts().id().partition()),
                OffsetsCommand.deleted(each).orElseThrow().to()));
            Acknowledgements.write(access.admin(), access.group(), losses.get(0).facts().topicId(), upTo);
            losses.forEach(each -> out.println("Acknowledged: at most " + OffsetsCommand.deleted(each).orElseThrow().atMost()
                + " orders of partition " + each.facts().id().partition() + " were deleted before they were read."));
            out.flush();
            return ExitCode.DONE;
        });
    }
}
