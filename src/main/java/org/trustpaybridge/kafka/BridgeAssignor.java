package org.trustpaybridge.kafka;

import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/**
 * Shares partitions among bridges as Kafka's {@link CooperativeStickyAssignor} does, under a name that no other program knows. A group has
 * members with a way to share in common only: a console consumer, or another service that has this group by mistake, is refused by the
 * broker. Otherwise it would get partitions, and none of their orders would become a payment.
 */
public final class BridgeAssignor extends CooperativeStickyAssignor {

    private static final String NAME = "trustpay-bridge";
    private static final int SHOWN = 3;
    private static final int LONGEST = 60;

    /**
     * @param group as Kafka describes it
     * @return whether its members share partitions in another way than bridges do
     */
    public static boolean isForeign(ConsumerGroupDescription group) {
        return !group.members().isEmpty() && !group.partitionAssignor().isEmpty() && !group.partitionAssignor().equals(NAME);
    }

    /**
     * @param group as Kafka describes it
     * @return who is in it, each with its client id and host, without characters that might be misread; empty if nobody is
     */
    public static String members(ConsumerGroupDescription group) {
        return group.members().stream().map(member -> plain(member.clientId()) + " at " + plain(member.host())).sorted().limit(SHOWN)
            .collect(Collectors.joining(", ")) + (group.members().size() > SHOWN ? " and " + (group.members().size() - SHOWN) + " more"
                : "");
    }

    private static String plain(String words) {
        String plain = words.replaceAll("[^\\w.:-]", "");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }

    @Override
    public String name() {
        return NAME;
    }
}
