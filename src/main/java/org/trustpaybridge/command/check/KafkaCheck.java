package org.trustpaybridge.command.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.trustpaybridge.kafka.BridgeAssignor;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.KafkaFailure;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/** Looks at brokers, topics, group and rights, by questions alone: what may be done is what Kafka says may be done. */
public final class KafkaCheck {

    private final Settings settings;
    private final String brokers;
    private final CheckTopics topics;

    /** @param settings checked settings; the API key is not needed */
    public KafkaCheck(Settings settings) {
        this.settings = settings;
        this.brokers = settings.text(Setting.KAFKA_BROKERS);
        this.topics = CheckTopics.of(settings);
    }

    /** @return what was found, one or more findings for each thing; never throws for what Kafka says or does not say */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try (KafkaClients clients = new KafkaClients(settings.properties()); Admin admin = clients.admin()) {
            Collection<Node> nodes = answer(admin.describeCluster().nodes());
            findings.add(Finding.ok("Kafka", nodes.size() + (nodes.size() == 1 ? " broker" : " brokers") + " at " + brokers));
            for (CheckTopics.Role role : topics.all()) {
                checkTopic(admin, role, nodes.size(), findings);
            }
            checkGroup(admin, findings);
            findings.add(session(admin, nodes));
            Map<String, Config> configs = configs(admin);
            findings.addAll(new TopicSettings(settings, topics, configs).findings());
            findings.addAll(new ProofCheck(settings, topics, configs).findings(() -> brokerSetting(admin, nodes,
                "offsets.retention.minutes")));
            findings.addAll(StartCheck.findings(settings, clients, admin, topics));
        } catch (InvalidConfigurationException refused) {
            findings.add(Finding.skipped("Kafka", "a setting is refused, as told under routes"));
        } catch (KafkaException | ExecutionException e) {
            findings.add(Finding.problem("Kafka", KafkaFailure.inWords(e, brokers), "Once it answers, run the check again: topics and"
                + " rights could not be looked at."));
        }
        return findings;
    }

    private void checkTopic(Admin admin, CheckTopics.Role role, int brokerCount, List<Finding> findings) {
        try {
            TopicDescription topic = answer(admin.describeTopics(List.of(role.name()),
                new DescribeTopicsOptions().includeAuthorizedOperations(true)).allTopicNames()).get(role.name());
            int replicas = topic.partitions().get(0).replicas().size();
            String detail = count(topic.partitions().size(), "partition") + ", " + count(replicas, "replica");
            boolean leaderless = topic.partitions().stream().anyMatch(partition -> partition.leader() == null);
            if (leaderless) {
                findings.add(Finding.problem(role.label(), detail + "; a partition has no leader", "Look at the brokers: orders of that"
                    + " partition wait until it has one."));
            } else if (replicas == 1 && brokerCount > 1) {
                findings.add(Finding.warning(role.label(), detail + " among " + brokerCount + " brokers",
                    "Give it three replicas and min.insync.replicas=2: one lost disk loses what is on it."));
            } else {
                findings.add(Finding.ok(role.label(), detail));
            }
            checkRights(role.label(), role.rights(), topic.authorizedOperations(), findings);
        } catch (ExecutionException e) {
            findings.add(unusable(role, KafkaFailure.cause(e)));
            if (KafkaFailure.cause(e) instanceof UnknownTopicOrPartitionException) {
                findings.add(Finding.skipped("rights on " + role.label(), "Kafka tells them once it exists"));
            }
        }
    }

    private Finding unusable(CheckTopics.Role role, Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return Finding.problem(role.label(), "does not exist", "Create it, or name another one with " + role.setting().key() + ":\n"
                + "  kafka-topics.sh --bootstrap-server " + brokers + " --create --topic " + role.name() + " --partitions "
                + role.partitions() + " " + role.configs());
        }
        if (cause instanceof AuthorizationException) {
            return Finding.problem(role.label(), "this account may not see it, or it does not exist",
                "Grant " + names(role.rights()) + " and DESCRIBE on it.");
        }
        return Finding.problem(role.label(), KafkaFailure.inWords(cause, brokers), "Run the check again.");
    }

    private static void checkRights(String label, Set<AclOperation> needed, Set<AclOperation> granted, List<Finding> findings) {
        if (granted == null || granted.isEmpty()) {
            findings.add(Finding.skipped("rights on " + label, "Kafka does not tell them"));
            return;
        }
        Set<AclOperation> missing = EnumSet.copyOf(needed);
        if (!granted.contains(AclOperation.ALL)) {
            missing.removeAll(granted);
        } else {
            missing.clear();
        }
        findings.add(missing.isEmpty() ? Finding.ok("rights on " + label, names(needed))
            : Finding.problem("rights on " + label, names(missing) + (missing.size() == 1 ? " is" : " are") + " missing", "Grant "
                + names(missing) + " on it."));
    }

    private void checkGroup(Admin admin, List<Finding> findings) {
        String group = settings.text(Setting.KAFKA_GROUP_ID);
        String label = "group " + group;
        try {
            ConsumerGroupDescription found = answer(admin.describeConsumerGroups(List.of(group),
                new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true)).describedGroups().get(group));
            int members = found.members().size();
            findings.add(BridgeAssignor.isForeign(found) ? Finding.problem(label, "another program is in it: "
                + BridgeAssignor.members(found),
                "End it, or give it another group: it reads orders, and none of them becomes a payment.")
                    : Finding.ok(label, members == 0 ? "no member at the moment" : count(members, "member") + ", "
                + found.state().toString().toLowerCase(Locale.ROOT)));
            checkRights(label, Set.of(AclOperation.READ), found.authorizedOperations(), findings);
        } catch (ExecutionException e) {
            Throwable cause = KafkaFailure.cause(e);
            if (cause instanceof GroupIdNotFoundException) {
                findings.add(Finding.ok(label, "does not exist yet; the first bridge makes it"));
                findings.add(Finding.skipped("rights on " + label, "Kafka tells them once it exists"));
            } else if (cause instanceof AuthorizationException) {
                findings.add(Finding.problem(label, "this account may not see it", "Grant READ and DESCRIBE on it: without them nothing"
                    + " is read, and nothing committed."));
            } else {
                findings.add(Finding.problem(label, KafkaFailure.inWords(cause, brokers), "Run the check again."));
            }
        }
    }

    /** Brokers take sessions within limits of theirs only. */
    private Finding session(Admin admin, Collection<Node> nodes) {
        String check = "session of the group";
        long session = settings.budget().session().toMillis();
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        try {
            Config config = answer(admin.describeConfigs(List.of(broker)).values().get(broker));
            long least = Long.parseLong(config.get("group.min.session.timeout.ms").value());
            long most = Long.parseLong(config.get("group.max.session.timeout.ms").value());
            return session >= least && session <= most ? Finding.ok(check, session + " ms")
                : Finding.problem(check, session + " ms, and the brokers take " + least + " to " + most + " ms",
                    "Set publish.timeout so that"
                    + " one and a half of it lies between (now " + settings.budget().timeout().toMillis() + " ms), or change the brokers'"
                    + " group.min.session.timeout.ms and group.max.session.timeout.ms.");
        } catch (ExecutionException | RuntimeException e) {
            return Finding.skipped(check, session + " ms; what the brokers take may not be read (DESCRIBE_CONFIGS on the cluster)");
        }
    }

    private static Optional<String> brokerSetting(Admin admin, Collection<Node> nodes, String name) {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        try {
            return Optional.ofNullable(answer(admin.describeConfigs(List.of(broker)).values().get(broker)).get(name))
                .map(ConfigEntry::value);
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /** A topic whose settings cannot be read is left out. */
    private Map<String, Config> configs(Admin admin) {
        Map<ConfigResource, KafkaFuture<Config>> asked = admin.describeConfigs(topics.all().stream()
            .map(role -> new ConfigResource(ConfigResource.Type.TOPIC, role.name())).toList()).values();
        Map<String, Config> read = new HashMap<>();
        asked.forEach((resource, future) -> {
            try {
                read.put(resource.name(), answer(future));
            } catch (ExecutionException e) {
                read.remove(resource.name());
            }
        });
        return read;
    }

    private static <T> T answer(KafkaFuture<T> future) throws ExecutionException {
        Duration most = KafkaClients.ANSWER.plusSeconds(2);
        try {
            return future.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e.getMessage());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    private static String names(Set<AclOperation> operations) {
        return new TreeSet<>(operations).stream().map(Enum::name).collect(Collectors.joining(" and "));
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
