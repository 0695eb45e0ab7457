package org.trustpaybridge.kafka;

import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Memory;
import org.trustpaybridge.supervision.Pulse;

/**
 * What those learn from the polling thread who watch over it. Outlives the consumer, which may have to be made anew.
 *
 * @param pulse  its signs of life
 * @param faults what keeps orders from being read
 * @param conflicts what keeps this instance out of its group
 * @param memory tells a record that is too large for the heap from a heap that is full
 * @param ending ends the process
 */
public record Polling(Pulse pulse, ReadingFaults faults, GroupConflicts conflicts, Memory memory, Ending ending) {
}
