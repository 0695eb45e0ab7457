package org.trustpaybridge.preview;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.trustpaybridge.command.CommandFailedException;
import org.trustpaybridge.command.ConfigOption;
import org.trustpaybridge.command.ExitCode;
import org.trustpaybridge.command.JsonOption;
import org.trustpaybridge.command.OneShot;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.KafkaFailure;
import org.trustpaybridge.kafka.TopicTail;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code map}: what events would become, without anything being sent. */
@Command(name = "map", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Shows the TrustPay order that an event would become, or everything that is wrong with it. Nothing is sent."},
    footer = {"", "Examples:",
        "  map order.json                     one event, over several lines or on one",
        "  map - < orders.jsonl               many, one a line",
        "  map --from-topic 20                the newest 20 of the inbound topic",
        "  map --diff next.properties a.json  what other order.* settings would change",
        "", "Exit codes: 0 every event becomes an order (with --diff: nothing changes),",
        "1 an event is refused (with --diff: one changes), or input or Kafka cannot be",
        "read, 2 wrong usage or configuration."})
public final class MapCommand implements OneShot {

    private static final int MOST = 10_000;

    @Parameters(arity = "0..1", paramLabel = "FILE", defaultValue = "-",
        description = "File with events as JSON; - (the default) reads standard input.")
    private String file;

    @Option(names = "--from-topic", paramLabel = "N",
        description = "Reads the newest N records of the inbound topic instead, with their headers. Joins no group, commits nothing."
            + " Texts that may be personal are hidden.")
    private Integer fromTopic;

    @Option(names = "--reveal", description = "With --from-topic: shows everything.")
    private boolean reveal;

    @Option(names = "--header", paramLabel = "NAME=VALUE",
        description = "Record header of the events in FILE, such as content-type=application/cloudevents+json. May be repeated.")
    private Map<String, String> headers = Map.of();

    @Option(names = "--diff", paramLabel = "FILE",
        description = "Another settings file: shows only what its order.* settings would do differently.")
    private Path other;

    @Option(names = "--only-refused", description = "Shows events that are refused, and leaves the others out.")
    private boolean onlyRefused;

    @Mixin
    private JsonOption json;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkUsage();
        Settings settings = config.loadWithoutApiKey();
        OrderMapper now = new OrderMapper(settings.rules());
        OrderMapper then = other == null ? null : new OrderMapper(otherRules(settings.rules()));
        List<FoundEvent> events = fromTopic == null ? fromFile() : fromTopic(settings);
        boolean showAll = fromTopic == null || reveal;
        PrintWriter out = spec.commandLine().getOut();
        Report report = json.wanted() ? new JsonReport(out, showAll)
            : new TextReport(out, spec.commandLine().getColorScheme(), showAll, then != null);
        boolean good = true;
        for (FoundEvent event : events) {
            Mapping mapping = now.map(event.event());
            Preview preview = new Preview(event.place(), mapping,
                then == null ? null : Change.between(mapping, then.map(event.event()), showAll));
            good &= then == null ? !preview.refused() : !preview.changed();
            report.add(preview, preview.refused() || !onlyRefused);
        }
        report.end();
        return good ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void checkUsage() {
        if (fromTopic != null && (fromTopic < 1 || fromTopic > MOST)) {
            throw new ParameterException(spec.commandLine(), "--from-topic: found " + fromTopic + ", expected 1 to " + MOST);
        }
        if (fromTopic != null && (!file.equals("-") || !headers.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--from-topic reads the topic, so FILE and --header have no place beside it");
        }
        if (other != null && onlyRefused) {
            throw new ParameterException(spec.commandLine(), "--diff shows what changes; --only-refused has no place beside it");
        }
    }

    private MappingRules otherRules(MappingRules now) {
        MappingRules rules = ConfigOption.loadWithoutApiKey(other).rules();
        PrintWriter err = spec.commandLine().getErr();
        if (rules.equals(now)) {
            err.println("The order.* settings in force are the same with " + other + " (the environment wins over both files).");
        }
        err.flush();
        return rules;
    }

    private List<FoundEvent> fromFile() {
        List<FoundEvent> events = new EventFile(content(), headers).events();
        if (events.isEmpty()) {
            throw new CommandFailedException("There is no event in " + (file.equals("-") ? "standard input" : file) + ".");
        }
        return events;
    }

    private byte[] content() {
        if (!file.equals("-")) {
            try {
                return Files.readAllBytes(Path.of(file));
            } catch (IOException | java.nio.file.InvalidPathException e) {
                throw new CommandFailedException("The file " + file + " cannot be read. Check that it is there and readable.");
            }
        }
        try (InputStream in = System.in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailedException("Standard input cannot be read: " + e.getMessage());
        }
    }

    private List<FoundEvent> fromTopic(Settings settings) {
        String topic = settings.text(Setting.TOPIC_ORDER_CREATED);
        try (KafkaClients clients = new KafkaClients(settings.properties()); Consumer<byte[], byte[]> consumer = clients.reader()) {
            List<FoundEvent> events = new TopicTail(consumer).newest(topic, fromTopic).stream()
                .map(record -> new FoundEvent(record.toString(), record.event())).toList();
            if (events.isEmpty()) {
                spec.commandLine().getErr().println("The topic " + topic + " is empty.");
            }
            return events;
        } catch (KafkaException e) {
            throw new CommandFailedException(KafkaFailure.inWords(e, settings.text(Setting.KAFKA_BROKERS)));
        }
    }
}
