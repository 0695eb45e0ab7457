package org.trustpaybridge.deadletters.replay;

import java.util.List;
import java.util.Optional;

import org.trustpaybridge.deadletters.Place;

/**
 * What a replay came to.
 *
 * @param replayed   how many events are on the inbound topic again
 * @param last       the last of their dead letters
 * @param gone       how many dead letters were deleted from their topic meanwhile
 * @param tooLarge   dead letters whose events the inbound topic does not take, by their size
 * @param notWhole   dead letters that were trimmed, and whose events are no longer where they were read, or are others there
 * @param notHeld    dead letters that are, or whose events are, larger than this process can hold
 * @param end        how it ended
 * @param failure    what went wrong, when it ended by a failure
 */
public record ReplayResult(int replayed, Optional<Place> last, int gone, List<Place> tooLarge, List<Place> notWhole, List<Place> notHeld,
                           End end, Optional<Throwable> failure) {

    /** How a replay ends. */
    public enum End {
        /** Everything was tried. */
        DONE,
        /** Somebody stopped it. */
        STOPPED,
        /** Another replay took over. */
        LOCK_LOST,
        /** Kafka failed; whether the next event is on the topic is not known. */
        FAILED
    }
}
