package org.trustpaybridge.kafka;

import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Pulse;

/**
 * What those learn from the polling thread who watch over it. Outlives the consumer, which may have to be made anew.
 *
 * @param faults    what keeps orders from being read
 * @param conflicts what keeps this instance out of its group
 * @param membership whether its group keeps it
 * @param reading   what reading does about records that are too large
 * @param lifeline  of the polling thread
 */
public record Polling(ReadingFaults faults, GroupConflicts conflicts, Membership membership, ScreenConditions reading, Lifeline lifeline) {

    /** @return signs of life of the polling thread */
    public Pulse pulse() {
        return lifeline.pulse();
    }
}
