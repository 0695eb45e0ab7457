package org.trustpaybridge.command.map;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.KafkaFailure;
import org.trustpaybridge.kafka.TopicTail;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.mapping.EventMapping;
import org.trustpaybridge.order.mapping.MappingProblemException;
import org.trustpaybridge.schema.RegistryAwayException;
import org.trustpaybridge.schema.SchemasAtOnce;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.RegistrySettings;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsProblem;
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
        "  map --mapping shop.jq order.json   what a mapping makes of an event",
        "  map --mapping shop.jq --from-topic 500",
        "                                     what changes with it for the newest 500",
        "  map --mapping shop.jq --expect DIR its tests",
        "", "Exit codes: 0 every event becomes an order or is skipped, as expected, or",
        "nothing changes; 1 an event is refused, one is not as expected, one changes, or",
        "input or Kafka cannot be read; 2 wrong usage, configuration or mapping."})
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

    @Option(names = "--mapping", paramLabel = "FILE",
        description = "A jq program in the place of order.mapping. With --from-topic: shows only what it would change.")
    private Path mappingFile;

    @Option(names = "--expect", paramLabel = "DIR",
        description = "Tests the mapping: NAME.event.json in DIR against NAME.order.json, NAME.violations.json or NAME.skipped.json."
            + " NAME.record.json gives key, headers and so on. DIR/application.properties, if it is there, are the settings.")
    private Path expected;

    @Option(names = "--junit", paramLabel = "FILE", description = "With --expect: writes the results as JUnit XML too.")
    private Path junit;

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
        if (expected != null) {
            return test();
        }
        Settings settings = config.loadWithoutApiKey();
        Optional<EventMapping> candidate = mapping();
        EventToOrder now = new EventToOrder(fromTopic == null ? candidate.or(settings::mapping) : settings.mapping(), settings.rules());
        EventToOrder then = other != null ? otherWay(settings, candidate)
            : fromTopic != null && candidate.isPresent() ? new EventToOrder(candidate, settings.rules()) : null;
        List<FoundEvent> events = fromTopic == null ? fromFile() : fromTopic(settings);
        boolean showAll = fromTopic == null || reveal;
        PrintWriter out = spec.commandLine().getOut();
        Report report = json.wanted() ? new JsonReport(out, showAll)
            : new TextReport(out, spec.commandLine().getColorScheme(), showAll, then != null);
        boolean good = true;
        for (FoundEvent event : events) {
            ReadEvent read = now.read(event);
            Mapping mapping = now.map(event, read);
            Preview preview = new Preview(event.place(), read, mapping,
                then == null ? null : Change.between(mapping, then.map(event), showAll));
            good &= then == null ? !preview.refused() : !preview.changed();
            report.add(preview, preview.refused() || !onlyRefused);
        }
        report.end();
        return good ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int test() {
        Path own = expected.resolve("application.properties");
        Settings settings = !config.given() && Files.exists(own) ? ConfigOption.loadWithoutApiKey(own) : config.loadWithoutApiKey();
        Optional<EventMapping> mapping = mapping().or(settings::mapping);
        List<TestCase> cases = new Expectations(expected, new EventToOrder(mapping, settings.rules())).run();
        TestReport report = new TestReport(mapping.map(EventMapping::name).orElse("no mapping"), cases);
        if (junit != null) {
            report.writeJUnit(junit);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            report.printJson(out);
        } else {
            report.print(out, spec.commandLine().getColorScheme());
        }
        return cases.stream().allMatch(TestCase::good) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Optional<EventMapping> mapping() {
        try {
            return mappingFile == null ? Optional.empty() : Optional.of(EventMapping.load(mappingFile));
        } catch (MappingProblemException e) {
            throw new InvalidSettingsException(List.of(new SettingsProblem("--mapping", e.getMessage(), "Correct the file.")));
        }
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
        boolean alone = file.equals("-") && fromTopic == null && other == null && headers.isEmpty() && !onlyRefused && !reveal;
        if (expected != null && (!alone || !Files.isDirectory(expected))) {
            throw new ParameterException(spec.commandLine(), !alone
                ? "--expect reads DIR and nothing else; only --mapping, --junit, --json and"
                + " --config have a place beside it" : "--expect: found no folder at " + expected);
        }
        if (junit != null && expected == null) {
            throw new ParameterException(spec.commandLine(), "--junit is for --expect");
        }
    }

    private EventToOrder otherWay(Settings now, Optional<EventMapping> candidate) {
        Settings then = ConfigOption.loadWithoutApiKey(other);
        boolean same = then.rules().equals(now.rules())
            && Objects.equals(then.text(Setting.ORDER_MAPPING), now.text(Setting.ORDER_MAPPING));
        if (same && candidate.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("The order.* settings in force are the same with " + other + " (the environment wins over both files).");
            err.flush();
        }
        return new EventToOrder(candidate.or(then::mapping), then.rules());
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
            List<SourceRecord> records = new TopicTail(consumer).newest(topic, fromTopic);
            records.stream().filter(record -> record.excerpt().isPresent()).forEach(record ->
                spec.commandLine().getErr().println(record + " is left out: it " + record.excerpt().get().inWords() + "."));
            List<FoundEvent> events = records.stream().filter(record -> record.excerpt().isEmpty()).map(FoundEvent::of).toList();
            events = settings.registry().isPresent() ? decoded(settings.registry().get(), events) : events;
            if (records.isEmpty()) {
                spec.commandLine().getErr().println("The topic " + topic + " is empty.");
            }
            return events;
        } catch (KafkaException e) {
            throw new CommandFailedException(KafkaFailure.inWords(e, settings.text(Setting.KAFKA_BROKERS)));
        }
    }

    private static List<FoundEvent> decoded(RegistrySettings registry, List<FoundEvent> events) {
        SchemasAtOnce schemas = new SchemasAtOnce(registry);
        List<FoundEvent> decoded = new ArrayList<>();
        try {
            for (FoundEvent event : events) {
                decoded.add(event.decoded(schemas.decode(event.event())));
            }
        } catch (RegistryAwayException e) {
            throw new CommandFailedException(e.inWords());
        }
        return decoded;
    }
}
