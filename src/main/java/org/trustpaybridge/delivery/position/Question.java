package org.trustpaybridge.delivery.position;

import java.time.Instant;

import org.trustpaybridge.delivery.PartitionId;

/**
 * Why it cannot be proven which records of a partition are new.
 *
 * @param id     partition
 * @param why    what is missing
 * @param oldest time of the oldest record that would be read
 */
public record Question(PartitionId id, Why why, Instant oldest) {

    /** What is missing. */
    public enum Why {
        /** A first start on a topic with a past. */
        NEVER_PUBLISHED("nothing is committed, nothing was ever published, and the topic holds old orders or has lost some"),
        /** Outbound records were deleted. */
        OUTBOUND_TOO_SHORT("it is not known how far orders were done, and the outbound topic does not reach back as far as the orders do"),
        /** Nothing was deleted, but the oldest order is not there. */
        OLDER_THAN_OUTBOUND("it is not known how far orders were done, and there are orders older than the outbound topic, of which it"
            + " knows nothing"),
        /** Dead letters were deleted. */
        DEAD_LETTERS_TOO_SHORT("it is not known how far orders were done, and the dead-letter topic does not reach back as far as the"
            + " orders do"),
        /** Dead letters may not be read. */
        DEAD_LETTERS_UNREADABLE("it is not known how far orders were done, and the dead-letter topic may not be read"),
        /** The memory is not large enough for what must be read. */
        TOO_MUCH("it is not known how far orders were done, and what was published since the oldest of them does not fit into memory");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        /** @return words for people, as a clause */
        public String words() {
            return words;
        }
    }
}
