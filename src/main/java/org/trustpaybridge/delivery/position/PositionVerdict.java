package org.trustpaybridge.delivery.position;

import java.time.Instant;
import java.util.Optional;

/** What is done with a partition. */
public sealed interface PositionVerdict {

    /**
     * It is read.
     *
     * @param beginning  from where
     * @param readBackTo how far back what was published must be read first; empty: what is known anyway is enough
     */
    record Go(Beginning beginning, Optional<Instant> readBackTo) implements PositionVerdict {
    }

    /**
     * It must be known first whether the first record was done.
     *
     * @param readBackTo how far back what was published must be read for that
     */
    record Look(Instant readBackTo) implements PositionVerdict {
    }

    /**
     * It is not read until somebody says where to begin.
     *
     * @param question why
     */
    record Ask(Question question) implements PositionVerdict {
    }
}
