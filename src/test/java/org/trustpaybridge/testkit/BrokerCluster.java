package org.trustpaybridge.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.awaitility.Awaitility;

/**
 * Three brokers, each a process of its own, with every record on all of them. {@link #stop} and {@link #kill} concern one of them, another
 * one each time; the others go on.
 */
public final class BrokerCluster implements KillableBroker {
    public static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<BrokerProcess> nodes = BrokerSettings.cluster(NODES).stream().map(BrokerProcess::new).toList();
    private int turn;

    /** A running cluster on free ports, without topics. */
    public static BrokerCluster started() {
        return Broker.started(new BrokerCluster());
    }

    @Override
    public String bootstrapServers() {
        return nodes.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Starts those that do not run, all at once: none serves clients before there is a majority. Returns when every replica is in sync. */
    @Override
    public void start() {
        CompletableFuture.allOf(nodes.stream()
            .map(node -> CompletableFuture.runAsync(node::start, task -> new Thread(task, "broker-start").start()))
            .toArray(CompletableFuture[]::new)).join();
        Awaitility.await("all replicas in sync").atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).ignoreExceptions()
            .until(this::inSync);
    }

    @Override
    public void stop() {
        next().stop();
    }

    @Override
    public void kill() {
        next().kill();
    }

    @Override
    public void close() {
        nodes.forEach(BrokerProcess::close);
    }

    /** One of the brokers, for tests that need a certain one; numbers begin with 1. */
    public BrokerProcess node(int number) {
        return nodes.get(number - 1);
    }

    private BrokerProcess next() {
        return nodes.get(turn++ % NODES);
    }

    private boolean inSync() throws Exception {
        try (Admin admin = admin()) {
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true)).names()
                .get(10, TimeUnit.SECONDS);
            return admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).size() == NODES
                && admin.describeTopics(topics).allTopicNames().get(10, TimeUnit.SECONDS).values().stream()
                    .flatMap(topic -> topic.partitions().stream()).allMatch(partition -> partition.isr().size() == partition.replicas()
                        .size());
        }
    }
}
