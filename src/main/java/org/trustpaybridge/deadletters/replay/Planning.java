package org.trustpaybridge.deadletters.replay;

import org.trustpaybridge.deadletters.DeadLetter;
import org.trustpaybridge.deadletters.ReplayPlanner;

/** Reads the three topics, in the order that a planner wants to be told of them. */
public final class Planning {

    private Planning() {
    }

    /**
     * @param planner told everything
     * @param topics  the topics
     * @param scan    reads them
     */
    public static void read(ReplayPlanner planner, ReplayTopics topics, TopicScan scan) {
        scan.whole(topics.deadLetter(), stored -> planner.letter(DeadLetter.read(stored)));
        scan.from(topics.inbound(), planner.inboundFrom(), planner::inboundRange, planner::inbound);
        if (planner.asksForOrders()) {
            scan.whole(topics.outbound(), planner::outbound);
        }
    }
}
