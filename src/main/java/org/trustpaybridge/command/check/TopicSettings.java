package org.trustpaybridge.command.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.trustpaybridge.settings.PublishingBudget;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/** Judges the settings of the topics by what docs/reliability.md asks of them. */
final class TopicSettings {

    private static final Duration SHORT_STAY = Duration.ofDays(1);

    private final String brokers;
    private final CheckTopics topics;
    private final Duration ledgerRetention;
    private final PublishingBudget budget;
    private final boolean oversizeHeld;
    private final Map<String, Config> configs;
    private final List<Finding> findings = new ArrayList<>();

    /** @param configs by topic; a topic whose settings could not be read is not in it */
    TopicSettings(Settings settings, CheckTopics topics, Map<String, Config> configs) {
        this.brokers = settings.text(Setting.KAFKA_BROKERS);
        this.topics = topics;
        this.ledgerRetention = settings.delivery().ledgerRetention();
        this.budget = settings.budget();
        this.oversizeHeld = settings.oversizeHeld();
        this.configs = configs;
    }

    List<Finding> findings() {
        judge(topics.in(), "retention of ", this::inbound);
        judge(topics.out(), "retention of ", this::ledger);
        judge(topics.out(), "time limit of ", this::timeLimit);
        judge(topics.dead(), "time limit of ", this::timeLimit);
        judge(topics.out(), "room in ", (check, topic, config) -> tooSmall(check, topic, config)
            .orElseGet(() -> Finding.ok(check, number(config, "max.message.bytes").map(bytes -> bytes + " bytes a record").orElse("any"))));
        judge(topics.dead(), "room in ", this::room);
        return findings;
    }

    private interface Judgement {
        Finding of(String check, String topic, Config config);
    }

    private void judge(CheckTopics.Role role, String check, Judgement judgement) {
        String label = check + role.name();
        Config config = configs.get(role.name());
        findings.add(config == null ? Finding.skipped(label, "the topic is missing, or DESCRIBE_CONFIGS is not granted")
            : judgement.of(label, role.name(), config));
    }

    private Finding inbound(String check, String topic, Config config) {
        if (policy(config).contains("compact")) {
            return Finding.warning(check, "is compacted: of two orders with one key the first may be gone before it is read",
                "Set cleanup.policy=delete, unless keys are never used twice:\n" + alter(topic, "cleanup.policy=delete"));
        }
        long retention = number(config, "retention.ms").orElse(-1L);
        if (retention >= 0 && retention < SHORT_STAY.toMillis()) {
            return Finding.warning(check, words(retention), "It must outlast the longest time that the bridge may be down; 14 days, for"
                + " instance:\n" + alter(topic, "retention.ms=1209600000"));
        }
        return Finding.ok(check, words(retention));
    }

    private Finding ledger(String check, String topic, Config config) {
        if (!policy(config).contains("delete")) {
            return Finding.ok(check, "compacted: the latest record of each order stays");
        }
        long retention = number(config, "retention.ms").orElse(-1L);
        if (retention >= 0 && retention < ledgerRetention.toMillis()) {
            return Finding.problem(check, words(retention) + ", less than ledger.retention (" + words(ledgerRetention.toMillis())
                + "): repeats that come later are posted again", "Keep it for 14 days, for instance:\n"
                + alter(topic, "retention.ms=1209600000"));
        }
        long bytes = number(config, "retention.bytes").orElse(-1L);
        if (bytes >= 0) {
            return Finding.warning(check, words(retention) + ", but at most " + bytes + " bytes a partition",
                "Make sure that a partition does not grow beyond that within ledger.retention, or take retention.bytes away.");
        }
        return Finding.ok(check, words(retention) + ", ledger.retention is " + words(ledgerRetention.toMillis()));
    }

    private Finding timeLimit(String check, String topic, Config config) {
        Optional<Long> limit = number(config, "message.timestamp.before.max.ms");
        if (limit.isEmpty()) {
            return Finding.skipped(check, "these brokers know no message.timestamp.before.max.ms; it came with Kafka 3.6");
        }
        long wanted = budget.topicLimit().toMillis();
        long longest = budget.longestTopicLimit().toMillis();
        String command = alter(topic, "message.timestamp.before.max.ms=" + wanted);
        if (limit.get() > longest) {
            return Finding.warning(check, (limit.get() == Long.MAX_VALUE ? "none" : limit.get() + " ms, longer than publish.timeout ("
                + wanted + " ms) allows")
                + ": a bridge that stood still could publish what another one has published",
                "Recommended; clocks of bridge and brokers must agree to about a second:\n" + command);
        }
        if (limit.get() < 1000) {
            return Finding.problem(check, limit.get() + " ms: hardly any record would be taken",
                "Set what publish.timeout says:\n" + command);
        }
        if (limit.get() < wanted) {
            return Finding.warning(check, limit.get() + " ms, shorter than publish.timeout (" + wanted + " ms): with slow brokers"
                + " records are refused, and published again", "Set the same:\n" + command);
        }
        if ("LogAppendTime".equals(Optional.ofNullable(config.get("message.timestamp.type")).map(ConfigEntry::value).orElse(""))) {
            return Finding.warning(check, "without effect, since the topic takes the time of the broker (LogAppendTime)",
                "Let records keep their own time:\n" + alter(topic, "message.timestamp.type=CreateTime"));
        }
        return Finding.ok(check, limit.get() + " ms");
    }

    private Finding room(String check, String topic, Config config) {
        long dead = number(config, "max.message.bytes").orElse(Long.MAX_VALUE);
        Config inbound = configs.get(topics.in().name());
        if (inbound == null) {
            return Finding.skipped(check, "the size of inbound records is not known");
        }
        long in = number(inbound, "max.message.bytes").orElse(0L);
        Optional<Finding> small = tooSmall(check, topic, config);
        if (small.isPresent()) {
            return small.get();
        }
        long letter = in + CheckTopics.DEAD_LETTER_HEADERS;
        String needs = "takes " + dead + " bytes; a letter needs up to " + letter + ", the largest event and its headers";
        String meanwhile = oversizeHeld ? "a larger one is held (dead-letter.oversize)" : "a larger one is trimmed";
        boolean roomy = dead >= letter && in <= CheckTopics.MOST_ROOM;
        if (roomy || !oversizeHeld && dead >= in) {
            return Finding.ok(check, dead + " bytes a record" + (roomy ? "" : "; " + meanwhile));
        }
        return Finding.warning(check, needs + ": " + meanwhile + ", unless it can be compressed", in > CheckTopics.MOST_ROOM
            ? "More than 32 MiB the bridge does not keep for sending. Have the inbound topic take less." : "Take as much here:\n"
            + alter(topic, "max.message.bytes=" + letter));
    }

    private Optional<Finding> tooSmall(String check, String topic, Config config) {
        return number(config, "max.message.bytes").filter(bytes -> bytes < CheckTopics.LEAST_ROOM).map(bytes -> Finding.problem(check, bytes
            + " bytes: what the bridge publishes together may be larger", "Take Kafka's usual size:\n"
            + alter(topic, "max.message.bytes=1048588")));
    }

    private String alter(String topic, String setting) {
        return "  kafka-configs.sh --bootstrap-server " + brokers + " --alter --entity-type topics --entity-name " + topic
            + " --add-config " + setting;
    }

    private static String policy(Config config) {
        return Optional.ofNullable(config.get("cleanup.policy")).map(ConfigEntry::value).orElse("delete");
    }

    private static Optional<Long> number(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value).filter(text -> text.matches("-?[0-9]{1,19}"))
            .map(Long::valueOf);
    }

    private static String words(long millis) {
        if (millis < 0) {
            return "for ever";
        }
        Duration duration = Duration.ofMillis(millis);
        if (millis >= Duration.ofDays(2).toMillis()) {
            return duration.toDays() + " days";
        }
        return millis % 3_600_000 == 0 && millis > 0 ? duration.toHours() + " h" : duration.toSeconds() + " s";
    }
}
