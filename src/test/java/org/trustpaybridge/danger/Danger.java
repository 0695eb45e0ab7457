package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.ConsumerGroupState;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** One scene: topics of its own, bridges, and questions that are asked of them afterwards. */
final class Danger {
    static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessRig rig;
    private final Topics topics;
    private final Map<String, String> settings;
    private final long postedTwiceBefore;

    Danger(ProcessRig rig, String name, Map<String, String> settings) {
        this(rig, rig.topics(name, PARTITIONS), settings);
    }

    /** The same topics once more, with other settings. */
    Danger(ProcessRig rig, Topics topics, Map<String, String> settings) {
        this.rig = rig;
        this.topics = topics;
        this.settings = settings;
        this.postedTwiceBefore = postedTwiceEver();
    }

    Topics topics() {
        return topics;
    }

    BridgeProcess startBridge() {
        return rig.startBridge(topics, settings);
    }

    /** For things that take their time, such as the length of an outage. */
    static void forAWhile(Duration length) {
        waiting(length.plusSeconds(5)).pollDelay(length).until(() -> true);
    }

    static ConditionFactory waiting(Duration atMost) {
        return Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(250)).ignoreExceptions();
    }

    /** Waits until so many orders were published. */
    void awaitPublished(int count) {
        waiting(PATIENCE).until(() -> published().size() >= count);
    }

    /** Waits until nothing is left, then looks that each order was published, with one URL only, and none was dead-lettered. */
    void awaitFinished(List<String> orders) {
        awaitNothingLeft();
        Map<String, Set<String>> urls = published().stream().collect(
            Collectors.groupingBy(ReceivedRecord::key, Collectors.mapping(Danger::url, Collectors.toSet())));
        assertThat(urls.keySet()).as("orders published").containsExactlyInAnyOrderElementsOf(orders);
        assertThat(urls.entrySet().stream().filter(each -> each.getValue().size() > 1)).as("orders with two URLs").isEmpty();
        assertThat(rig.kafka().readAll(topics.dead())).as("dead letters").isEmpty();
    }

    /** Waits until every record is finished and committed. */
    void awaitNothingLeft() {
        waiting(PATIENCE).until(() -> rig.kafka().lag(topics.group(), topics.in()) == 0);
    }

    /** Orders that the provider got more than one POST of since this scene began. */
    long postedTwice() {
        return postedTwiceEver() - postedTwiceBefore;
    }

    /** By partition of the inbound topic, how long after that moment the next order was published. Waits for all partitions. */
    Map<Integer, Duration> flowingAgainAfter(Instant moment) {
        waiting(PATIENCE).until(() -> firstAfter(moment).size() == PARTITIONS);
        return firstAfter(moment);
    }

    /** By partition, the longest time in which nothing of it was published. */
    Map<Integer, Duration> longestSilence(Instant from) {
        Map<Integer, Duration> silence = new TreeMap<>();
        Map<Integer, Long> last = new TreeMap<>();
        inTime(published()).forEach(record -> {
            Long before = last.put(sourcePartition(record), record.raw().timestamp());
            if (before != null && record.raw().timestamp() > from.toEpochMilli()) {
                silence.merge(sourcePartition(record), Duration.ofMillis(record.raw().timestamp() - before),
                    (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        });
        return silence;
    }

    /** Who has which partitions: changes with every rebalance that changes anything. */
    String group() {
        ConsumerGroupDescription group = description();
        return group.state() + " " + group.members().stream().map(each -> each.consumerId() + partitions(each)).sorted().toList();
    }

    /** Waits until so many bridges share the partitions. */
    String awaitMembers(int count) {
        waiting(PATIENCE).until(() -> {
            ConsumerGroupDescription group = description();
            return group.state() == ConsumerGroupState.STABLE && group.members().size() == count
                && group.members().stream().mapToInt(each -> partitions(each).size()).sum() == PARTITIONS
                && group.members().stream().noneMatch(each -> partitions(each).isEmpty());
        });
        return group();
    }

    private ConsumerGroupDescription description() {
        try (Admin admin = rig.broker().admin()) {
            return admin.describeConsumerGroups(List.of(topics.group())).all().get(10, TimeUnit.SECONDS).get(topics.group());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> partitions(MemberDescription member) {
        return member.assignment().topicPartitions().stream().map(Object::toString).sorted().toList();
    }

    private Map<Integer, Duration> firstAfter(Instant moment) {
        Map<Integer, Duration> first = new TreeMap<>();
        inTime(published()).stream().filter(record -> record.raw().timestamp() > moment.toEpochMilli()).forEach(record ->
            first.putIfAbsent(sourcePartition(record), Duration.between(moment, Instant.ofEpochMilli(record.raw().timestamp()))));
        return first;
    }

    private long postedTwiceEver() {
        return rig.ordersByPosts().entrySet().stream().filter(each -> each.getKey() > 1).mapToLong(Map.Entry::getValue).sum();
    }

    private List<ReceivedRecord> published() {
        return rig.kafka().readAll(topics.out());
    }

    private static List<ReceivedRecord> inTime(Collection<ReceivedRecord> records) {
        return records.stream().sorted((a, b) -> Long.compare(a.raw().timestamp(), b.raw().timestamp())).toList();
    }

    private static int sourcePartition(ReceivedRecord record) {
        return Integer.parseInt(record.header("source-partition").orElseThrow());
    }

    private static String url(ReceivedRecord record) {
        try {
            return JSON.readTree(record.raw().value()).path("payment_url").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
