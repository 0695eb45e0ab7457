package org.trustpaybridge.observe.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.condition.Conditions;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.PartitionLag;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.kafka.LagWatch;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.observe.activity.RecentActivity;
import org.trustpaybridge.observe.activity.RecentDeadLetter;
import org.trustpaybridge.observe.activity.Slice;

/**
 * The numbers of the status page, as JSON. Order ids are in it; nothing else of a customer's, no URL, no secret, no words of the provider.
 */
public final class StatusReport {

    /** More would make the page slow on a phone; the ones with most to do come first. */
    private static final int PARTITIONS = 100;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Instance instance;
    private final Conditions conditions;
    private final InFlightWindow window;
    private final PublishedOrders published;
    private final LagWatch lagWatch;
    private final RecentActivity activity;
    private final Clock clock;

    /**
     * @param instance   who this is
     * @param conditions what is so
     * @param window     books of the records in flight
     * @param published  the ledger
     * @param lagWatch   knows where partitions end
     * @param activity   counted what became of orders
     * @param clock      wall clock
     */
    public StatusReport(Instance instance, Conditions conditions, InFlightWindow window, PublishedOrders published, LagWatch lagWatch,
                        RecentActivity activity, Clock clock) {
        this.instance = instance;
        this.conditions = conditions;
        this.window = window;
        this.published = published;
        this.lagWatch = lagWatch;
        this.activity = activity;
        this.clock = clock;
    }

    /** @return all of it at this moment */
    public ObjectNode now() {
        Instant now = clock.instant();
        WindowStatus status = window.status();
        Map<PartitionId, Long> ends = ends();
        ObjectNode report = JSON.objectNode();
        report.put("version", instance.version()).put("group", instance.group()).put("instance", instance.name())
            .put("started", activity.startedAt().toString()).put("now", now.toString());
        ArrayNode all = report.putArray("conditions");
        conditions.now().forEach(condition -> {
            ObjectNode one = all.addObject().put("name", condition.name().name()).put("headline", condition.headline())
                .put("detail", condition.detail()).put("effect", condition.name().effect().name());
            condition.since().ifPresent(since -> one.put("since", since.toString()));
        });
        report.set("orders", orders(status, ends, now));
        report.set("totals", totals());
        report.set("slices", slices());
        report.set("partitions", partitions(status, ends));
        report.set("dead_letters", deadLetters());
        return report;
    }

    private Map<PartitionId, Long> ends() {
        Map<PartitionId, Long> ends = new HashMap<>();
        for (Map.Entry<PartitionId, PartitionLag> lag : lagWatch.lags().entrySet()) {
            ends.put(lag.getKey(), lag.getValue().end());
        }
        return ends;
    }

    private ObjectNode orders(WindowStatus status, Map<PartitionId, Long> ends, Instant now) {
        ObjectNode orders = JSON.objectNode().put("running", status.running()).put("ready", status.ready())
            .put("waiting", status.waiting()).put("parked", status.parked()).put("bytes", status.bytes())
            .put("oldest_ms", status.oldestFetched().map(fetched -> Duration.between(fetched, now).toMillis()).orElse(0L))
            .put("remembered", published.size());
        // Left out while it is not known, which is not nothing.
        if (!status.partitions().isEmpty() && status.partitions().stream().allMatch(partition -> ends.containsKey(partition.id()))) {
            orders.put("in_kafka", status.partitions().stream().mapToLong(partition -> behind(partition.position(),
                ends.get(partition.id())))
                .sum());
        }
        return orders;
    }

    private ObjectNode totals() {
        ObjectNode totals = JSON.objectNode().put("published", activity.published()).put("repeats", activity.repeats())
            .put("skipped", activity.skipped());
        ObjectNode deadLetters = totals.putObject("dead_letters");
        activity.deadLetters().forEach((code, count) -> deadLetters.put(code.name(), count));
        ObjectNode triedAgain = totals.putObject("tried_again");
        activity.triedAgain().forEach(triedAgain::put);
        return totals;
    }

    /** Column by column, which is a third of the bytes of one object per slice. */
    private ObjectNode slices() {
        List<Slice> all = activity.slices();
        ObjectNode slices = JSON.objectNode().put("seconds", RecentActivity.SLICE.toSeconds())
            .put("most", RecentActivity.SLICES).put("first", all.get(0).start().toString());
        ArrayNode published = slices.putArray("published");
        ArrayNode deadLetters = slices.putArray("dead_letters");
        ArrayNode repeats = slices.putArray("repeats");
        ArrayNode triedAgain = slices.putArray("tried_again");
        ArrayNode median = slices.putArray("median_ms");
        ArrayNode slow = slices.putArray("slow_ms");
        for (Slice slice : all) {
            published.add(slice.published());
            deadLetters.add(slice.deadLetters());
            repeats.add(slice.repeats());
            triedAgain.add(slice.triedAgain());
            add(median, slice.median());
            add(slow, slice.slow());
        }
        return slices;
    }

    private static ObjectNode partitions(WindowStatus status, Map<PartitionId, Long> ends) {
        ObjectNode partitions = JSON.objectNode().put("count", status.partitions().size());
        ArrayNode shown = partitions.putArray("shown");
        Comparator<WindowStatus.Partition> mostBehindFirst = Comparator.comparingLong(partition ->
            -behind(partition.finishedUpTo(), ends.getOrDefault(partition.id(), -1L)));
        boolean all = status.partitions().size() <= PARTITIONS;
        status.partitions().stream().sorted(all ? Comparator.comparing((WindowStatus.Partition partition) -> partition.id().topic())
            .thenComparing(partition -> partition.id().partition()) : mostBehindFirst).limit(PARTITIONS).forEach(partition -> {
                ObjectNode row = shown.addObject().put("partition", partition.id().toString()).put("open", partition.open());
                put(row, "committed", partition.committed());
                put(row, "finished", partition.finishedUpTo());
                put(row, "fetched", partition.position());
                Long end = ends.get(partition.id());
                if (end != null) {
                    row.put("end", end);
                    put(row, "lag", partition.finishedUpTo() < 0 ? -1 : behind(partition.finishedUpTo(), end));
                }
            });
        return partitions;
    }

    private ArrayNode deadLetters() {
        ArrayNode deadLetters = JSON.arrayNode();
        for (RecentDeadLetter each : activity.lastDeadLetters()) {
            ObjectNode row = deadLetters.addObject().put("at", each.at().toString()).put("code", each.code().name())
                .put("reason", each.reason()).put("record", each.record());
            each.orderId().ifPresent(orderId -> row.put("order_id", orderId));
        }
        return deadLetters;
    }

    private static long behind(long offset, long end) {
        return offset < 0 ? 0 : Math.max(0, end - offset);
    }

    private static void put(ObjectNode row, String name, long offset) {
        if (offset >= 0) {
            row.put(name, offset);
        }
    }

    private static void add(ArrayNode column, OptionalLong value) {
        if (value.isPresent()) {
            column.add(value.getAsLong());
        } else {
            column.addNull();
        }
    }
}
