package org.trustpaybridge.command.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.common.acl.AclOperation;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/**
 * The topics of a bridge.
 *
 * @param in  inbound
 * @param out outbound
 * @param dead dead letters
 * @param status changes of payments' statuses; empty: they are not published
 */
public record CheckTopics(Role in, Role out, Role dead, Optional<Role> status) {

    /**
     * A topic and what the bridge does with it.
     *
     * @param name       its name
     * @param setting    the setting that names it
     * @param rights     what the bridge needs on it
     * @param partitions how many to create it with
     * @param retentionMs what to create it with, milliseconds
     * @param limitMs    after what time records are to be refused that come late, milliseconds; 0: the bridge does not publish on it
     */
    public record Role(String name, Setting setting, Set<AclOperation> rights, int partitions, long retentionMs, long limitMs) {

        String label() {
            return "topic " + name;
        }

        /** What to create it with, as an option of kafka-topics.sh. */
        String configs() {
            return "--config retention.ms=" + retentionMs
                + (limitMs > 0 ? " --config message.timestamp.before.max.ms=" + limitMs : "");
        }
    }

    /** Bytes that the headers of a dead letter take at most, about. */
    public static final long DEAD_LETTER_HEADERS = 48 * 1024;
    /** Bytes. A topic that takes less has records refused by the batch, of which a client is told late and vaguely. */
    public static final long LEAST_ROOM = 32 * 1024;
    /** Bytes. More the bridge does not keep for sending. */
    public static final long MOST_ROOM = 32L << 20;

    private static final long DAY = 86_400_000;

    /** The topics as the settings name them. */
    public static CheckTopics of(Settings settings) {
        return new CheckTopics(
            role(settings, Setting.TOPIC_ORDER_CREATED, Set.of(AclOperation.READ), 12, 14 * DAY, false),
            role(settings, Setting.TOPIC_PAYMENT_URL_CREATED, Set.of(AclOperation.READ, AclOperation.WRITE), 12, 30 * DAY, true),
            role(settings, Setting.TOPIC_DEAD_LETTER, Set.of(AclOperation.READ, AclOperation.WRITE), 3, 30 * DAY, true),
            // Refunds and charge-backs come within a year or so.
            settings.notifications().map(on -> role(settings, Setting.TOPIC_PAYMENT_STATUS_CHANGED,
                Set.of(AclOperation.READ, AclOperation.WRITE), 12, 400 * DAY, true)));
    }

    private static Role role(Settings settings, Setting setting, Set<AclOperation> rights, int partitions, long retention,
                             boolean limited) {
        return new Role(settings.text(setting), setting, rights, partitions, retention,
            limited ? settings.budget().topicLimit().toMillis() : 0);
    }

    /** In the order in which an order passes through them. */
    public List<Role> all() {
        return Stream.concat(Stream.of(in, out, dead), status.stream()).toList();
    }
}
