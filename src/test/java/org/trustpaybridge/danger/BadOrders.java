package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** Good orders at a steady rate and bad ones before, among or behind them, with a bridge of their own that is looked at all the while. */
final class BadOrders implements AutoCloseable {
    /** Long enough for a machine that is busy with other things. */
    static final Duration CALL = Duration.ofSeconds(5);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessRig rig;
    private final String name;
    private final Topics topics;
    private final BridgeProcess bridge;
    private final List<String> good = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();
    private final Map<String, Long> sent = new HashMap<>();
    private final Queue<List<String>> looks = new ConcurrentLinkedQueue<>();
    private final Thread observer;
    private volatile boolean closed;

    BadOrders(ProcessRig rig, String name, int partitions, Duration giveUpAfter, Map<String, String> settings, String... jvmOptions) {
        this.rig = rig;
        this.name = name;
        topics = rig.topics(name, partitions);
        Map<String, String> all = new HashMap<>(Map.of("MULTISAFEPAY_RESPONSE_TIMEOUT", CALL.toSeconds() + "s",
            "RETRY_MAX_DELAY", LONGEST_WAIT.toSeconds() + "s", "RETRY_GIVE_UP_AFTER", giveUpAfter.toSeconds() + "s"));
        all.putAll(settings);
        bridge = rig.startBridge(topics, all, jvmOptions).awaitReady();
        observer = new Thread(this::observe, "observer");
        observer.setDaemon(true);
        observer.start();
    }

    String name() {
        return name;
    }

    Topics topics() {
        return topics;
    }

    BridgeProcess bridge() {
        return bridge;
    }

    void bad(String id) {
        publish(id, bad);
    }

    /** Orders that get the simulator's fault of this name. */
    void bad(String fault, int count) {
        for (int i = 0; i < count; i++) {
            publish("sim-" + fault + "-" + name + "-" + bad.size(), bad);
        }
    }

    void good(int count) {
        for (int i = 0; i < count; i++) {
            publish(name + "-" + good.size(), good);
        }
    }

    /** Good orders at a rate, with bad ones spread evenly among them. */
    void among(int goodCount, int perSecond, String fault, int badCount) {
        long from = System.nanoTime();
        int badSent = 0;
        for (int i = 0; i < goodCount; i++) {
            LockSupport.parkNanos(from + i * 1_000_000_000L / perSecond - System.nanoTime());
            good(1);
            int due = (badCount * (i + 1) + goodCount / 2) / goodCount;
            bad(fault, due - badSent);
            badSent = due;
        }
    }

    private void publish(String id, List<String> to) {
        to.add(id);
        sent.put(id, System.currentTimeMillis());
        rig.kafka().publishSoon(topics.in(), id.getBytes(StandardCharsets.UTF_8), OrderEvents.order(id.replace("\"", "\\\""), 1000));
    }

    /** Waits until all good orders are published. @return how long they took, the longest of all but one of a hundred */
    Duration awaitGood(Duration patience) {
        rig.kafka().flush();
        List<ReceivedRecord> published = rig.kafka().awaitRecords(topics.out(), good.size(), patience);
        assertThat(published).extracting(ReceivedRecord::key).containsExactlyInAnyOrderElementsOf(good);
        long[] millis = published.stream().mapToLong(each -> each.raw().timestamp() - sent.get(each.key())).sorted().toArray();
        return Duration.ofMillis(millis[(int) ((millis.length - 1) * 0.99)]);
    }

    /** Waits until all bad orders are given up, and nothing is left. */
    List<ReceivedRecord> awaitDead(Duration patience) {
        List<ReceivedRecord> letters = rig.kafka().awaitRecords(topics.dead(), bad.size(), patience);
        assertThat(letters).extracting(ReceivedRecord::key).containsExactlyInAnyOrderElementsOf(bad);
        Danger.waiting(Duration.ofSeconds(20)).until(() -> rig.kafka().lag(topics.group(), topics.in()) == 0);
        return letters;
    }

    /** The longest time from a bad order to its dead letter. */
    Duration latest(List<ReceivedRecord> letters) {
        return Duration.ofMillis(letters.stream().mapToLong(each -> each.raw().timestamp() - sent.get(each.key())).max().orElse(0));
    }

    List<ReceivedRecord> dead() {
        return rig.kafka().readAll(topics.dead());
    }

    /** All that the page said since the start; {@code NO_ANSWER} where it said nothing. */
    Set<String> conditionsSeen() {
        Set<String> seen = new TreeSet<>();
        looks.forEach(seen::addAll);
        return seen;
    }

    void awaitCondition(String condition, Duration patience) {
        Awaitility.await("condition " + condition).atMost(patience)
            .until(() -> looks.stream().reduce((a, b) -> b).filter(look -> look.contains(condition)).isPresent());
    }

    private JsonNode status() throws IOException, InterruptedException {
        return JSON.readTree(bridge.get("/status"));
    }

    private void observe() {
        while (!closed) {
            LockSupport.parkNanos(200_000_000);
            List<String> names = new ArrayList<>();
            try {
                status().path("conditions").forEach(each -> names.add(each.path("name").asText()));
            } catch (IOException | InterruptedException e) {
                names.add("NO_ANSWER");
            }
            looks.add(names);
        }
    }

    @Override
    public void close() {
        closed = true;
        rig.close(bridge);
    }
}
