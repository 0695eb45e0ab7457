package org.trustpaybridge.testkit;

import java.util.Map;

/** The three topics and the consumer group of one bridge; of its own for each test that shares a broker. */
public record Topics(String in, String out, String dead, String group) {
    private static final Map<String, String> TIME_LIMIT = Map.of("message.timestamp.before.max.ms", "4000");

    /** Names that end alike. */
    public static Topics named(String suffix) {
        return new Topics("in-" + suffix, "out-" + suffix, "dead-" + suffix, "bridge-" + suffix);
    }

    /** Creates the topics, the outbound one and that of the dead letters with the time limit that docs/reliability.md recommends. */
    public Topics createOn(Broker broker, int partitions) {
        broker.createTopic(in, partitions);
        broker.createTopic(out, partitions, TIME_LIMIT);
        broker.createTopic(dead, partitions, TIME_LIMIT);
        return this;
    }

    /** The settings that make a bridge use them. */
    public Map<String, String> settings() {
        return Map.of("TOPIC_ORDER_CREATED", in, "TOPIC_PAYMENT_URL_CREATED", out, "TOPIC_DEAD_LETTER", dead, "KAFKA_GROUP_ID", group);
    }
}
