package org.trustpaybridge.command.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/** Judges whether the topics are kept long enough to say of every order whether it was done, should the group's offsets be lost. */
final class ProofCheck {

    private static final Duration SHORT_STAY = Duration.ofDays(1);
    private static final String RETENTION = "retention.ms";

    private final Settings settings;
    private final CheckTopics topics;
    private final Map<String, Config> configs;

    /** @param configs by topic; a topic whose settings could not be read is not in it */
    ProofCheck(Settings settings, CheckTopics topics, Map<String, Config> configs) {
        this.settings = settings;
        this.topics = topics;
        this.configs = configs;
    }

    /** @param offsetsMinutes for how long brokers keep the offsets of a group without members; empty if that may not be asked */
    List<Finding> findings(Supplier<Optional<String>> offsetsMinutes) {
        List<Finding> findings = new ArrayList<>();
        findings.add(proof(topics.out()));
        findings.add(proof(topics.dead()));
        findings.add(offsets(offsetsMinutes.get().filter(text -> text.matches("[0-9]{1,9}")).map(Long::valueOf).map(Duration::ofMinutes)));
        return findings;
    }

    private Finding proof(CheckTopics.Role role) {
        String check = "proof in " + role.name();
        Config config = configs.get(role.name());
        Config inbound = configs.get(topics.in().name());
        if (config == null || inbound == null) {
            return Finding.skipped(check, "a topic is missing, or DESCRIBE_CONFIGS is not granted");
        }
        if (!value(config, "cleanup.policy").orElse("delete").contains("delete")) {
            return Finding.ok(check, "compacted: the latest record of each key stays");
        }
        long kept = number(config, RETENTION).orElse(-1L);
        long orders = number(inbound, RETENTION).orElse(-1L);
        // Kafka deletes a segment as a whole, and that long it is written to.
        long oldest = orders < 0 ? Long.MAX_VALUE
            : orders + number(inbound, "segment.ms").orElse(0L) + settings.delivery().ledgerRetention().toMillis();
        if (kept < 0 || kept >= oldest) {
            return Finding.ok(check, words(kept) + ": says of every order whether it was done");
        }
        return Finding.warning(check, words(kept) + ", and orders may be older: were offsets lost, the bridge would hold them and ask",
            "Keep it for as long as orders are kept, for segment.ms and for ledger.retention longer:\n"
                + "  kafka-configs.sh --bootstrap-server " + settings.text(Setting.KAFKA_BROKERS)
                + " --alter --entity-type topics --entity-name "
                + role.name() + " --add-config " + RETENTION + "=" + (orders < 0 ? -1 : oldest));
    }

    private static Finding offsets(Optional<Duration> kept) {
        String check = "offsets of the group";
        if (kept.isEmpty()) {
            return Finding.skipped(check, "for how long brokers keep them may not be asked");
        }
        return kept.get().compareTo(SHORT_STAY) < 0
            ? Finding.warning(check, "forgotten " + words(kept.get().toMillis()) + " after the last bridge stopped",
                "Set offsets.retention.minutes of the brokers to some days: Kafka's default is 7.")
            : Finding.ok(check, "kept for " + words(kept.get().toMillis()) + " after the last bridge stopped");
    }

    private static Optional<String> value(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    }

    private static Optional<Long> number(Config config, String name) {
        return value(config, name).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::valueOf);
    }

    private static String words(long millis) {
        if (millis < 0) {
            return "for ever";
        }
        Duration duration = Duration.ofMillis(millis);
        return duration.toDays() >= 2 ? duration.toDays() + " days" : duration.toHours() >= 2 ? duration.toHours() + " h"
            : duration.toSeconds() + " s";
    }
}
