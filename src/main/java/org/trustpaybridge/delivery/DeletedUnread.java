package org.trustpaybridge.delivery;

import java.time.Instant;

/**
 * Records of a partition that Kafka deleted before they were read, until somebody acknowledges it.
 *
 * @param from   first offset that was deleted
 * @param to     offset after the last one
 * @param atMost how many records it were at most: offsets, of which some may have held no record
 * @param since  when that was noticed first
 */
public record DeletedUnread(long from, long to, long atMost, Instant since) {

    /**
     * @param more more of the same partition
     * @return both in one
     */
    public DeletedUnread and(DeletedUnread more) {
        return new DeletedUnread(Math.min(from, more.from), Math.max(to, more.to), atMost + more.atMost,
            since.isBefore(more.since) ? since : more.since);
    }
}
