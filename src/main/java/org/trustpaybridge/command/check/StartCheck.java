package org.trustpaybridge.command.check;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.trustpaybridge.delivery.position.Beginning.How;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.StartPreview;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/** Says where a bridge that starts now would begin, and whether it would ask. */
final class StartCheck {

    private static final String CHECK = "where to begin";

    private StartCheck() {
    }

    static List<Finding> findings(Settings settings, KafkaClients clients, Admin admin, CheckTopics topics) {
        StartFrom startFrom = StartFrom.parse(settings.text(Setting.KAFKA_START_FROM)).orElse(StartFrom.UNSAID);
        try (StartPreview preview = new StartPreview(admin, clients, startFrom, settings.delivery().ledgerRetention(), Clock.systemUTC())) {
            return List.of(judged(preview.partitions(settings.text(Setting.KAFKA_GROUP_ID), topics.in().name(), topics.out().name(),
                topics.dead().name()), startFrom));
        } catch (ExecutionException | KafkaException e) {
            return List.of(Finding.skipped(CHECK, "a topic is missing, or a right to read it or the group's offsets"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.skipped(CHECK, "interrupted"));
        }
    }

    private static Finding judged(List<StartPreview.Partition> partitions, StartFrom startFrom) {
        List<StartPreview.Partition> asking = partitions.stream().filter(StartPreview.Partition::asks).toList();
        if (!asking.isEmpty()) {
            return Finding.problem(CHECK, words(asking),
                "The bridge would read nothing of these partitions. Set kafka.start-from to earliest"
                + " (orders that are not known as done become payments), now (only those that come from now on) or an ISO time.");
        }
        List<StartPreview.Partition> waiting = partitions.stream().filter(each -> each.unknown().isPresent()).toList();
        if (!waiting.isEmpty()) {
            return Finding.warning(CHECK, words(waiting), "Orders behind such a record wait until it can be read, and those behind an open"
                + " transaction until it ends. The other partitions flow.");
        }
        List<StartPreview.Partition> strange = partitions.stream()
            .filter(each -> List.of(How.NEW_TOPIC, How.BEYOND_END, How.CUT_BACK, How.MOVED, How.TOLD).contains(each.beginning().how())
                || each.lost()).toList();
        if (!strange.isEmpty()) {
            return Finding.warning(CHECK, words(strange), (startFrom.said()
                ? "kafka.start-from decides where nothing is committed; take it away"
                + " once that is done. " : "") + "See the command offsets.");
        }
        return Finding.ok(CHECK, words(partitions));
    }

    /** Partitions with which the same would be done are counted; of their offsets only the command offsets tells. */
    private static String words(List<StartPreview.Partition> partitions) {
        return partitions.stream().collect(Collectors.groupingBy(each -> each.inWords().replaceAll("(goes on|begins) at \\d+", "$1")
            + lost(each),
                java.util.TreeMap::new, Collectors.counting()))
            .entrySet().stream().map(same -> same.getValue() + (same.getValue() == 1 ? " partition: " : " partitions: ") + same.getKey())
            .collect(Collectors.joining("; "));
    }

    private static String lost(StartPreview.Partition partition) {
        return partition.lost() ? ", at most " + partition.deletedUnread() + " orders deleted unread" : "";
    }
}
