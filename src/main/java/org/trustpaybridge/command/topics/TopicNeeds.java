package org.trustpaybridge.command.topics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.trustpaybridge.command.check.CheckTopics;
import org.trustpaybridge.settings.PublishingBudget;

/**
 * Which settings the topics need, see docs/reliability.md. What is longer or larger than needed is left as it is: only what breaks a
 * promise is a difference.
 */
final class TopicNeeds {

    static final String RETENTION = "retention.ms";
    static final String POLICY = "cleanup.policy";
    static final String TIME_LIMIT = "message.timestamp.before.max.ms";
    static final String TIME_TYPE = "message.timestamp.type";
    static final String ROOM = "max.message.bytes";
    static final String IN_SYNC = "min.insync.replicas";

    /** Kafka's own. */
    private static final long USUAL_ROOM = 1_048_588;
    private static final long DAY = 86_400_000;
    private static final int SAFE_REPLICAS = 3;

    private final CheckTopics topics;
    private final PublishingBudget budget;
    private final long ledgerRetention;
    private final Map<String, TopicState> found;

    /**
     * @param ledgerRetention milliseconds
     * @param found           the topics that exist, by name
     */
    TopicNeeds(CheckTopics topics, PublishingBudget budget, long ledgerRetention, Map<String, TopicState> found) {
        this.topics = topics;
        this.budget = budget;
        this.ledgerRetention = ledgerRetention;
        this.found = Map.copyOf(found);
    }

    /** @return with what to create a topic, beside partitions and replicas; in an order for people */
    Map<String, String> toCreate(CheckTopics.Role role, int replicas, boolean limitKnown) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(RETENTION, Long.toString(role == topics.in() ? role.retentionMs() : wantedRetention(role)));
        if (role.limitMs() > 0 && limitKnown) {
            settings.put(TIME_LIMIT, Long.toString(role.limitMs()));
        }
        if (role == topics.dead()) {
            settings.put(ROOM, Long.toString(room(USUAL_ROOM)));
        }
        if (replicas >= SAFE_REPLICAS) {
            settings.put(IN_SYNC, "2");
        }
        return settings;
    }

    /** @return what is to be altered of the topics that exist */
    List<Difference> differences() {
        List<Difference> all = new ArrayList<>();
        for (CheckTopics.Role role : topics.all()) {
            TopicState state = found.get(role.name());
            if (state != null) {
                compare(role, state, all);
            }
        }
        return all;
    }

    private void compare(CheckTopics.Role role, TopicState state, List<Difference> all) {
        boolean in = role == topics.in();
        String policy = state.text(POLICY).orElse("delete");
        if (in && policy.contains("compact")) {
            all.add(new Difference(role.name(), POLICY, policy, "delete", "of two orders with one key the first may be gone unread"));
        }
        state.number(RETENTION).filter(kept -> kept >= 0 && policy.contains("delete")).ifPresent(kept -> {
            if (in && kept < DAY) {
                all.add(new Difference(role.name(), RETENTION, kept.toString(), Long.toString(role.retentionMs()),
                    "orders are deleted unread when the bridge is down for longer"));
            } else if (!in && kept < leastRetention()) {
                all.add(new Difference(role.name(), RETENTION, kept.toString(), Long.toString(wantedRetention(role)),
                    "must prove what was done with each order that is kept"));
            }
        });
        if (role.limitMs() > 0) {
            compareTimes(role, state, all);
        }
        long least = role == topics.dead() ? room(CheckTopics.LEAST_ROOM) : CheckTopics.LEAST_ROOM;
        state.number(ROOM).filter(room -> room < least).ifPresent(room -> all.add(new Difference(role.name(), ROOM, room.toString(),
            Long.toString(Math.max(least, role == topics.dead() ? 0 : USUAL_ROOM)),
            role == topics.dead() ? "the largest order and the reason have no room" : "what is published together has no room")));
        if (state.replicas() >= SAFE_REPLICAS) {
            state.number(IN_SYNC).filter(number -> number < 2).ifPresent(number -> all.add(new Difference(role.name(), IN_SYNC,
                number.toString(), "2", "a lost disk may lose what was acknowledged")));
        }
    }

    private void compareTimes(CheckTopics.Role role, TopicState state, List<Difference> all) {
        long longest = budget.longestTopicLimit().toMillis();
        state.number(TIME_LIMIT).filter(limit -> limit > longest || limit < role.limitMs()).ifPresent(limit ->
            all.add(new Difference(role.name(), TIME_LIMIT, limit == Long.MAX_VALUE ? "none" : limit.toString(),
                Long.toString(role.limitMs()), limit > longest ? "a bridge that stood still publishes what another has published"
                : "records are refused with slow brokers")));
        state.text(TIME_TYPE).filter("LogAppendTime"::equals).ifPresent(type ->
            all.add(new Difference(role.name(), TIME_TYPE, type, "CreateTime", "makes the time limit have no effect")));
    }

    /** As long as orders that can be read again, and as repeats are looked for; for ever is beyond all. */
    private long leastRetention() {
        long inbound = Optional.ofNullable(found.get(topics.in().name())).flatMap(state -> state.number(RETENTION))
            .orElse(topics.in().retentionMs());
        return inbound < 0 ? ledgerRetention : Math.max(ledgerRetention, inbound);
    }

    private long wantedRetention(CheckTopics.Role role) {
        return Math.max(role.retentionMs(), leastRetention());
    }

    private long room(long otherwise) {
        long inbound = Optional.ofNullable(found.get(topics.in().name())).flatMap(state -> state.number(ROOM)).orElse(USUAL_ROOM);
        return Math.max(otherwise, Math.min(inbound, CheckTopics.MOST_ROOM) + CheckTopics.DEAD_LETTER_HEADERS);
    }
}
