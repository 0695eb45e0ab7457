package org.trustpaybridge.command.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.command.map.EventFile;
import org.trustpaybridge.command.map.FoundEvent;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.KafkaFailure;
import org.trustpaybridge.kafka.TopicQuestions;
import org.trustpaybridge.kafka.TopicTail;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderIdPeek;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.mapping.MappingInput;
import org.trustpaybridge.settings.Durations;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send}: publishes one event on the inbound topic, and waits for what comes of it. */
@Command(name = "send", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Publishes one event on the inbound topic, a sample by default, under its order id as key. A running bridge has a"
        + " payment made of it, as of any other."},
    footer = {"", "Examples:",
        "  send --wait                        a sample, and its payment URL",
        "  send order.json --wait=2m          an event of yours",
        "  send --order-id sim-1001-a --wait  with the simulator: a dead letter",
        "", "Exit codes: 0 published, with --wait: and its payment URL came; 1 a dead letter,",
        "a repeat, nothing in time, or Kafka cannot be reached; 2 wrong usage or",
        "configuration."})
public final class SendCommand implements OneShot {

    @Parameters(arity = "0..1", paramLabel = "FILE",
        description = "File with one event as JSON; - reads standard input. Default: a sample with a fresh order id.")
    private String file;

    @Option(names = "--wait", arity = "0..1", fallbackValue = "60s", paramLabel = "TIME",
        description = "Waits for the payment URL or the dead letter; at most 60s, or what is given, such as --wait=5m.")
    private String wait;

    @Option(names = "--order-id", paramLabel = "ID", description = "Order id of the sample.")
    private String orderId;

    @Option(names = "--key", paramLabel = "KEY", description = "Key of the record. Default: the order id, if it can be read.")
    private String key;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "Header of the record. May be repeated.")
    private Map<String, String> headers = Map.of();

    @Mixin
    private JsonOption json;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Duration most = wait == null ? null : Durations.parse(wait).orElseThrow(() -> new ParameterException(spec.commandLine(),
            "--wait: found " + wait + ", expected a duration such as 30s or 5m"));
        if (file != null && orderId != null) {
            throw new ParameterException(spec.commandLine(), "--order-id is for the sample; the event of FILE has its own");
        }
        Settings settings = config.loadWithoutApiKey();
        if (settings.registry().isPresent()) {
            throw new CommandFailedException("schema-registry.url is set, so values on the topic name their schema, and send publishes"
                + " JSON as it is. Publish with a serializer of the registry, such as kafka-avro-console-producer.");
        }
        byte[] value = file == null ? sample(settings) : only(file.equals("-") ? standardInput() : content());
        SendReport report = new SendReport(spec.commandLine().getOut(), spec.commandLine().getColorScheme(), json.wanted());
        try (KafkaClients clients = new KafkaClients(settings.properties())) {
            return publish(clients, settings, value, most, report);
        } catch (KafkaException | ExecutionException e) {
            throw new CommandFailedException(KafkaFailure.inWords(e, settings.text(Setting.KAFKA_BROKERS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private int publish(KafkaClients clients, Settings settings, byte[] value, Duration most, SendReport report)
        throws ExecutionException, InterruptedException {
        String topic = settings.text(Setting.TOPIC_ORDER_CREATED);
        IncomingEvent event = new IncomingEvent(value, headers);
        Optional<ReadEvent> mapped = settings.mapping().map(mapping -> mapping.read(MappingInput.of(event, headers)));
        boolean skipped = mapped.filter(ReadEvent.NotForTrustPay.class::isInstance).isPresent();
        // A mapping that says something to the key, the place or the time is told nothing of them, since they are not known yet.
        Optional<String> id = (mapped.isPresent() ? mapped.get().orderId() : OrderIdPeek.peek(event)).map(OrderId::text);
        byte[] keyBytes = Optional.ofNullable(key).or(() -> id).map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, keyBytes, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (Admin admin = clients.admin(); TopicQuestions questions = clients.questions();
             Consumer<byte[], byte[]> consumer = clients.reader();
             Producer<byte[], byte[]> producer = clients.producer()) {
            // A producer would wait long for a topic that is not there, and might even have it created.
            new TopicTail(consumer).partitions(topic);
            EndingWatch watch = most == null ? null : new EndingWatch(consumer, settings.text(Setting.TOPIC_PAYMENT_URL_CREATED),
                settings.text(Setting.TOPIC_DEAD_LETTER), new GroupView(admin, settings.text(Setting.KAFKA_GROUP_ID)), questions);
            RecordMetadata sent = producer.send(record).get();
            report.sent(id.orElse(null), sent);
            SendOutcome ending = null;
            if (watch != null) {
                report.waiting("what comes of it, " + wait + " at most");
                ending = watch.await(sent, value, id.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null), most);
                ending = skipped && ending instanceof SendOutcome.Repeat ? new SendOutcome.Skipped() : ending;
                report.ended(ending);
            }
            if (skipped && watch == null) {
                spec.commandLine().getErr().println("order.mapping skips this event: nothing will come of it.");
                spec.commandLine().getErr().flush();
            }
            report.end();
            return ending == null || ending instanceof SendOutcome.PaymentUrl ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private byte[] sample(Settings settings) {
        if (settings.mapping().isPresent()) {
            throw new CommandFailedException("order.mapping is set, and the sample has not the shape that it takes."
                + " Give a file with an event of yours.");
        }
        if (settings.provider().baseUrl().getHost().equals("api.multisafepay.com")) {
            spec.commandLine().getErr().println("multisafepay.base-url is the live API: a bridge that runs with it makes a real payment"
                + " page for the sample. Nobody is charged.");
            spec.commandLine().getErr().flush();
        }
        String id = orderId == null ? SampleEvent.freshId(Clock.systemUTC(), new Random()) : orderId;
        return SampleEvent.of(id, settings.rules());
    }

    private byte[] only(byte[] content) {
        List<FoundEvent> events = new EventFile(content, Map.of()).events();
        if (events.size() != 1) {
            throw new CommandFailedException("send publishes one event, and there are " + events.size()
                + ". To publish many, one a line:  kcat -P -b BROKER -t TOPIC FILE");
        }
        return events.get(0).event().value();
    }

    private byte[] content() {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailedException("The file " + file + " cannot be read. Check that it is there and readable.");
        }
    }

    private static byte[] standardInput() {
        try {
            return System.in.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailedException("Standard input cannot be read: " + e.getMessage());
        }
    }
}
