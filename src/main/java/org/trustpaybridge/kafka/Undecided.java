package org.trustpaybridge.kafka;

import java.util.Optional;

/**
 * Why nothing is decided about a partition for now.
 *
 * @param record what is wrong with the first record that would be read; empty if nothing is
 * @param proof  why it cannot be found out what was done; empty if that is not the reason
 */
record Undecided(Optional<FirstRecords.Unknown> record, Optional<Throwable> proof) {

    static Undecided record(FirstRecords.Unknown record) {
        return new Undecided(Optional.of(record), Optional.empty());
    }

    static Undecided proof(Throwable cause) {
        return new Undecided(Optional.empty(), Optional.of(cause));
    }
}
