package org.trustpaybridge.deadletters;

import java.util.List;
import java.util.Map;

/**
 * What a replay is to do.
 *
 * @param selected how many dead letters were asked for
 * @param letters  those to replay: partition by partition, in the order of their offsets
 * @param reasons  how many of those have which reason, the most frequent first
 * @param leftOut  how many were left out for which cause; causes without any are missing
 * @param beyond   how many more there are to replay, beyond the cap
 */
public record ReplayPlan(int selected, List<Letter> letters, Map<String, Integer> reasons, Map<LeftOut, Integer> leftOut, int beyond) {

    /**
     * A dead letter to replay.
     *
     * @param place           where it stands
     * @param sourcePartition partition that its event came from, and goes back to: the order's other events are there
     */
    public record Letter(Place place, int sourcePartition) {
    }
}
