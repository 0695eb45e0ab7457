package org.trustpaybridge.command.topics;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.trustpaybridge.command.check.CheckTopics;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.command.console.Table;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.KafkaFailure;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics}: the topics with the settings that the promises need. */
@Command(name = "topics", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Shows which topics are missing, and which of their settings break a promise. Changes nothing without --apply."},
    footer = {"", "Examples:", "  topics           what is missing or differs",
        "  topics --apply   creates what is missing, alters what differs",
        "  topics --acls    commands that grant the bridge its rights", "",
        "Exit codes: 0 all is as needed, or was made so; 1 something is missing or",
        "differs, or Kafka refuses; 2 wrong usage or configuration."})
public final class TopicsCommand implements OneShot {

    private static final int USUAL_REPLICAS = 3;
    private static final int LOOKS = 100;
    private static final long LOOK_MILLIS = 100;

    @Option(names = "--apply",
        description = "Creates topics that are missing, and alters settings that differ. Deletes nothing.")
    private boolean apply;

    @Option(names = "--replicas", paramLabel = "N",
        description = "Of topics that are created. Default: 3, or as many as there are brokers.")
    private Integer replicas;

    @Option(names = "--acls", description = "Prints the commands that grant the bridge the rights it needs, and asks Kafka nothing.")
    private boolean acls;

    @Option(names = "--principal", paramLabel = "NAME", defaultValue = "User:trustpay-bridge",
        description = "With --acls: whom to grant them. Default: ${DEFAULT-VALUE}")
    private String principal;

    @Mixin
    private JsonOption json;
    @Mixin
    private ConfigOption config;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (acls && (apply || replicas != null || json.wanted())) {
            throw new ParameterException(spec.commandLine(), "--acls prints commands and nothing else; of the other options only"
                + " --principal and --config have a place beside it");
        }
        if (replicas != null && (replicas < 1 || replicas > Short.MAX_VALUE)) {
            throw new ParameterException(spec.commandLine(), "--replicas: found " + replicas + ", expected 1 or more");
        }
        Settings settings = config.loadWithoutApiKey();
        String brokers = settings.text(Setting.KAFKA_BROKERS);
        CheckTopics topics = CheckTopics.of(settings);
        PrintWriter out = spec.commandLine().getOut();
        if (acls) {
            Acls.commands(brokers, topics, settings.text(Setting.KAFKA_GROUP_ID), principal).forEach(out::println);
            out.flush();
            return ExitCode.DONE;
        }
        try (KafkaClients clients = new KafkaClients(settings.properties()); Admin admin = clients.admin()) {
            return look(settings, topics, new TopicAccess(admin), out);
        } catch (KafkaException | ExecutionException e) {
            throw new CommandFailedException(KafkaFailure.inWords(e, brokers));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted");
        }
    }

    private int look(Settings settings, CheckTopics topics, TopicAccess access, PrintWriter out)
            throws ExecutionException, InterruptedException {
        Map<String, TopicState> found = access.read(topics.all().stream().map(CheckTopics.Role::name).toList());
        TopicNeeds needs = new TopicNeeds(topics, settings.budget(), settings.delivery().ledgerRetention().toMillis(), found);
        int copies = replicas != null ? replicas : Math.min(USUAL_REPLICAS, access.brokers());
        boolean limitKnown = access.knowsTimeLimit();
        List<Missing> missing = topics.all().stream().filter(role -> !found.containsKey(role.name()))
            .map(role -> new Missing(role.name(), role.partitions(), copies, needs.toCreate(role, copies, limitKnown))).toList();
        List<Difference> differences = needs.differences();
        boolean good = missing.isEmpty() && differences.isEmpty();
        if (apply) {
            for (Missing each : missing) {
                access.create(each.topic(), each.partitions(), each.replicas(), each.settings());
            }
            access.alter(differences);
            awaitVisible(settings, topics, access);
        }
        if (json.wanted()) {
            printJson(out, missing, differences);
        } else if (good) {
            out.println("All topics are there, with the settings that are needed.");
        } else {
            print(out, missing, differences);
            String brokers = settings.text(Setting.KAFKA_BROKERS);
            out.println(apply ? "Created and altered as the table says." : "topics --apply does that, or:");
            if (!apply) {
                missing.forEach(each -> out.println("  " + each.command(brokers)));
                differences.forEach(each -> out.println("  kafka-configs.sh --bootstrap-server " + brokers + " --alter --entity-type topics"
                    + " --entity-name " + each.topic() + " --add-config " + each.setting() + "=" + each.value()));
            }
        }
        out.flush();
        return good || apply ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Brokers know of a change some time after the controller has taken it; a bridge that starts then would miss topics. */
    private static void awaitVisible(Settings settings, CheckTopics topics, TopicAccess access)
            throws ExecutionException, InterruptedException {
        long ledgerRetention = settings.delivery().ledgerRetention().toMillis();
        List<String> names = topics.all().stream().map(CheckTopics.Role::name).toList();
        for (int look = 0; look < LOOKS; look++) {
            Map<String, TopicState> found = access.read(names);
            boolean all = found.keySet().containsAll(names);
            if (all && new TopicNeeds(topics, settings.budget(), ledgerRetention, found).differences().isEmpty()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new CommandFailedException("Kafka has taken the changes, but does not show all of them yet. Run topics again.");
    }

    private void print(PrintWriter out, List<Missing> missing, List<Difference> differences) {
        Table table = new Table(spec.commandLine().getColorScheme(), "TOPIC", "WHAT IS NEEDED");
        missing.forEach(each -> table.row(each.topic(), "does not exist: " + each.partitions() + " partitions, " + each.replicas()
            + (each.replicas() == 1 ? " replica, " : " replicas, ") + each.text(" ")));
        differences.forEach(each -> table.row(each.topic(), each.setting() + "=" + each.value() + " and not " + each.is() + ": "
            + each.why()));
        table.print(out);
        out.println();
    }

    private void printJson(PrintWriter out, List<Missing> missing, List<Difference> differences) {
        ObjectNode document = JsonOption.object().put("applied", apply);
        ArrayNode absent = document.putArray("missing");
        missing.forEach(each -> {
            ObjectNode settings = absent.addObject().put("topic", each.topic()).put("partitions", each.partitions())
                .put("replicas", each.replicas()).putObject("settings");
            each.settings().forEach(settings::put);
        });
        ArrayNode different = document.putArray("differences");
        differences.forEach(each -> different.addObject().put("topic", each.topic()).put("setting", each.setting()).put("is", each.is())
            .put("needed", each.value()).put("why", each.why()));
        JsonOption.print(out, document);
    }

    /** A topic that does not exist, and with what to create it. */
    private record Missing(String topic, int partitions, int replicas, Map<String, String> settings) {

        String text(String gap) {
            return settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining(gap));
        }

        String command(String brokers) {
            return "kafka-topics.sh --bootstrap-server " + brokers + " --create --topic " + topic + " --partitions " + partitions
                + " --replication-factor " + replicas + " --config " + text(" --config ");
        }
    }
}
