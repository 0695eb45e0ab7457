package org.trustpaybridge.command.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads topics, and creates and alters them. */
final class TopicAccess {

    private final Admin admin;
    private final Collection<Node> nodes;

    TopicAccess(Admin admin) throws ExecutionException, InterruptedException {
        this.admin = admin;
        this.nodes = admin.describeCluster().nodes().get();
    }

    int brokers() {
        return nodes.size();
    }

    /** @return those that exist, by name */
    Map<String, TopicState> read(List<String> names) throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(names).topicNameValues();
        Map<String, TopicDescription> there = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each : asked.entrySet()) {
            try {
                there.put(each.getKey(), each.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        // One broker may know of a topic that another one does not yet.
        List<ConfigResource> resources = there.keySet().stream().map(TopicAccess::resource).toList();
        Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
        Map<String, TopicState> states = new HashMap<>();
        there.forEach((name, topic) -> states.put(name, new TopicState(topic.partitions().size(),
            topic.partitions().get(0).replicas().size(), configs.get(resource(name)).entries().stream()
                .filter(entry -> entry.value() != null).collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)))));
        return states;
    }

    /** Whether a topic can have a limit for old records, which came with Kafka 3.6; where that cannot be read, most can. */
    boolean knowsTimeLimit() throws InterruptedException {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        try {
            return admin.describeConfigs(List.of(broker)).all().get().get(broker).get("log." + TopicNeeds.TIME_LIMIT) != null;
        } catch (ExecutionException e) {
            return true;
        }
    }

    void create(String name, int partitions, int replicas, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.of((short) replicas)).configs(settings);
        admin.createTopics(List.of(topic)).all().get();
    }

    void alter(List<Difference> differences) throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        differences.forEach(each -> changes.computeIfAbsent(resource(each.topic()), topic -> new ArrayList<>())
            .add(new AlterConfigOp(new ConfigEntry(each.setting(), each.value()), AlterConfigOp.OpType.SET)));
        admin.incrementalAlterConfigs(changes).all().get();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
