package org.trustpaybridge.status;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether orders flow, or one of the reasons why they do not.
 *
 * @param name     word for programs, closed set
 * @param headline what is so, for people
 * @param detail   why, and what is done about it; may be empty
 * @param since    since when, as far as that is known
 */
public record Condition(Name name, String headline, String detail, Optional<Instant> since) {

    /** The conditions, the one that matters most first. */
    public enum Name {
        /** Kafka or the inbound topic cannot be reached. */
        WAITING_FOR_KAFKA,
        /** What was published before is not known yet. */
        READING_LEDGER,
        /** The provider refuses the account. */
        ACCOUNT_FAULT,
        /** The provider answers nobody. */
        OUTAGE,
        /** Nobody polls Kafka, most often because an operator stopped the route. */
        NOT_FETCHING,
        /** An operator paused consumption. */
        PAUSED,
        /** The other instances have all partitions. */
        STANDING_BY,
        /** Orders flow. */
        FLOWING
    }
}
