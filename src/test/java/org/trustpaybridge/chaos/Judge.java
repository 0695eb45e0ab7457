package org.trustpaybridge.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.trustpaybridge.chaos.InputEvent.Kind;
import org.trustpaybridge.chaos.Judgement.Row;
import org.trustpaybridge.delivery.Fingerprint;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** Reads the three topics from beginning to end, and holds them against the promises. */
final class Judge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessRig rig;
    private final Topics topics;
    private final ChaosSettings settings;
    private final Map<String, ReceivedRecord> orders = new LinkedHashMap<>();
    private final Published input;
    private final Map<String, List<Published.Record>> all;
    private final Map<String, List<ReceivedRecord>> published = new LinkedHashMap<>();
    private final Map<String, List<ReceivedRecord>> letters = new LinkedHashMap<>();
    private final Set<String> deadKeys = new HashSet<>();

    Judge(ProcessRig rig, Topics topics, ChaosSettings settings, Published input) {
        this.rig = rig;
        this.topics = topics;
        this.settings = settings;
        this.input = input;
        this.all = input.byPlace();
    }

    Judgement judge(List<String> problems, Judgement.Story story) {
        read();
        List<Row> rows = new ArrayList<>();
        rows.add(Row.fact("records in (orders, repeats, poison, bad)", input.all().size() + " (" + count(Kind.ORDER) + ", "
            + count(Kind.REPEAT) + ", " + count(Kind.POISON) + ", " + count(Kind.BAD) + ")"));
        rows.add(Row.fact("length; until all was finished after the end",
            story.length().toSeconds() + " s; " + story.drain().toSeconds() + " s"));
        rows.add(Row.fact("kill -9 of a bridge; restarts of the broker", story.killed() + "; " + story.brokerRestarts()));
        List<String> missing = orders.keySet().stream().filter(id -> !published.containsKey(id) && !isDead(id)).toList();
        Set<String> deleted = deletedUnread();
        rows.add(Row.fact("orders deleted before they were read", missing.stream().filter(deleted::contains).count()));
        rows.add(Row.promise("orders lost", missing.stream().filter(id -> !deleted.contains(id)).toList()));
        rows.add(Row.promise("orders in both topics", orders.keySet().stream().filter(id -> published.containsKey(id) && isDead(id))
            .toList()));
        rows.add(Row.promise("good orders dead-lettered", goodButDead()));
        rows.add(Row.promise("orders with two different URLs", severalUrls()));
        rows.add(Row.promise("published URLs that fit no order", misfits()));
        rows.add(Row.promise("poison lost", without(Kind.POISON, letter -> true)));
        rows.add(Row.promise("bad orders not given up", without(Kind.BAD, letter -> letter.header("bridge-error-code")
            .filter("GAVE_UP"::equals)
            .isPresent())));
        rows.add(Row.promise("dead letters with changed bytes", changedBytes()));
        rows.add(Row.promise("dead letters of no record", letters.keySet().stream().filter(at -> !all.containsKey(at)).toList()));
        rows.add(Row.promise("records left at the end", leftOver()));
        rows.add(Row.promise("processes that fell or did not exit with 0", problems));
        rows.add(Row.fact("orders published twice, with one URL", published.values().stream().filter(each -> each.size() > 1).count()));
        rows.add(Row.fact("poison dead-lettered twice", poisonTwice()));
        addProvider(rows);
        addTimes(rows);
        addGivenUp(rows);
        return new Judgement(settings, story, rows);
    }

    private void read() {
        input.all().stream().filter(each -> each.kind() == Kind.ORDER).forEach(each -> orders.put(each.received().key(), each.received()));
        rig.kafka().readAll(topics.out()).forEach(each -> published.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(each));
        rig.kafka().readAll(topics.dead()).forEach(each -> letters.computeIfAbsent(each.header("__connect.errors.partition").orElse("?")
            + "@" + each.header("__connect.errors.offset").orElse("?"), key -> new ArrayList<>()).add(each));
        letters.values().forEach(each -> deadKeys.add(each.get(0).key()));
    }

    private boolean isDead(String orderId) {
        return deadKeys.contains(orderId);
    }

    private long count(Kind kind) {
        return input.all().stream().filter(each -> each.kind() == kind).count();
    }

    /** Every record of these orders was deleted when perhaps nobody had read it. */
    private Set<String> deletedUnread() {
        Set<String> deleted = new HashSet<>(orders.keySet());
        input.all().stream().filter(each -> !input.mayBeUnread(each)).forEach(each -> deleted.remove(each.received().key()));
        return deleted;
    }

    /** Records of a kind without such a dead letter. */
    private List<String> without(Kind kind, Predicate<ReceivedRecord> such) {
        return input.all().stream().filter(each -> each.kind() == kind && !input.mayBeUnread(each))
            .filter(each -> letters.getOrDefault(each.place(), List.of()).stream()
                .noneMatch(letter -> isOf(each, letter) && such.test(letter)))
            .map(each -> each.place() + " " + each.received().key()).toList();
    }

    private long poisonTwice() {
        return input.all().stream().filter(each -> letters.getOrDefault(each.place(), List.of()).stream()
            .filter(letter -> isOf(each, letter)).count() > 1).count();
    }

    private static boolean isOf(Published.Record record, ReceivedRecord letter) {
        return hasValueOf(record.received().raw().value(), letter)
            && Arrays.equals(record.received().raw().key(), letter.raw().key())
            && letter.header(ChaosRun.KIND).equals(record.received().header(ChaosRun.KIND));
    }

    /** As it was, or trimmed, with the hash of the whole. */
    private static boolean hasValueOf(byte[] value, ReceivedRecord letter) {
        byte[] kept = letter.raw().value();
        return letter.header("bridge-trimmed").map(told -> value != null && kept.length < value.length
            && Arrays.equals(value, 0, kept.length, kept, 0, kept.length) && told.contains(Fingerprint.of(value).sha256()))
            .orElseGet(() -> Arrays.equals(value, kept));
    }

    private List<String> goodButDead() {
        List<String> bad = new ArrayList<>();
        letters.forEach((at, records) -> records.stream().filter(letter -> all.getOrDefault(at, List.of()).stream()
            .anyMatch(each -> each.kind() != Kind.POISON && each.kind() != Kind.BAD && isOf(each, letter)))
                .forEach(letter -> bad.add(at + " " + letter.key() + " "
                + letter.header("bridge-error-code").orElse("") + " " + letter.header("bridge-error-detail").orElse(""))));
        return bad;
    }

    private List<String> severalUrls() {
        return published.entrySet().stream().filter(each -> each.getValue().stream().map(Judge::url).distinct().count() > 1)
            .map(each -> each.getKey() + " " + each.getValue().stream().map(Judge::whereAndWhen).toList()).toList();
    }

    private List<String> misfits() {
        List<String> bad = new ArrayList<>();
        published.forEach((id, records) -> records.forEach(record -> {
            ReceivedRecord order = orders.get(id);
            JsonNode value = json(record);
            boolean fits = order != null && value.path("order_id").asText().equals(id) && url(record).startsWith("http")
                && value.path("amount").equals(json(order).path("amount"));
            if (!fits) {
                bad.add(whereAndWhen(record) + " " + id);
            }
        }));
        return bad;
    }

    private List<String> changedBytes() {
        return letters.entrySet().stream().filter(each -> all.containsKey(each.getKey()))
            .filter(each -> each.getValue().stream().anyMatch(letter -> all.get(each.getKey()).stream()
                .noneMatch(record -> isOf(record, letter))))
            .map(Map.Entry::getKey).toList();
    }

    private List<String> leftOver() {
        long lag = rig.kafka().lag(topics.group(), topics.in());
        return lag == 0 ? List.of() : Collections.nCopies((int) lag, "not committed");
    }

    private void addProvider(List<Row> rows) {
        JsonNode stats = rig.stats();
        Map<Integer, Long> posts = new TreeMap<>(rig.ordersByPosts());
        rows.add(Row.fact("calls of the provider, and answers 200", stats.path("requests").asText() + ", "
            + stats.path("answers").path("200").asText("0")));
        rows.add(Row.fact("orders with several sessions there", stats.path("orders_with_several_sessions").asText()));
        posts.forEach((times, count) -> rows.add(Row.fact("orders with " + times + (times == 1 ? " POST" : " POSTs"), count)));
    }

    private void addTimes(List<Row> rows) {
        long[] millis = published.values().stream().map(each -> each.get(0)).filter(each -> orders.containsKey(each.key()))
            .mapToLong(each -> each.raw().timestamp() - orders.get(each.key()).raw().timestamp()).sorted().toArray();
        if (millis.length > 0) {
            rows.add(Row.fact("ms from order to URL: median, 99%, longest", millis[millis.length / 2] + ", "
                + millis[(int) (millis.length * 0.99)] + ", " + millis[millis.length - 1]));
        }
    }

    private void addGivenUp(List<Row> rows) {
        long[] seconds = input.all().stream().filter(each -> each.kind() == Kind.BAD && letters.containsKey(each.place()))
            .mapToLong(each -> (letters.get(each.place()).get(0).raw().timestamp() - each.received().raw().timestamp()) / 1000).sorted()
                .toArray();
        if (seconds.length > 0) {
            rows.add(Row.fact("s until bad orders were given up: median, longest", seconds[seconds.length / 2] + ", "
                + seconds[seconds.length - 1]));
        }
    }

    private static String whereAndWhen(ReceivedRecord record) {
        return record.partition() + "@" + record.offset() + " from " + record.header("source-partition").orElse("?") + "@"
            + record.header("source-offset").orElse("?") + " at " + json(record).path("created_at").asText();
    }

    private static String url(ReceivedRecord record) {
        return json(record).path("payment_url").asText();
    }

    private static JsonNode json(ReceivedRecord record) {
        try {
            return JSON.readTree(record.raw().value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
