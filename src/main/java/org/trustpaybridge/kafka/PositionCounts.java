package org.trustpaybridge.kafka;

import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

import org.trustpaybridge.delivery.PartitionId;

/**
 * Counts what was decided.
 *
 * @param decided       told of each decision about a partition, by its word
 * @param deletedUnread told of records that were deleted unread
 * @param passedOver    told of records that another program passed over
 */
public record PositionCounts(Consumer<String> decided, ObjLongConsumer<PartitionId> deletedUnread,
                             ObjLongConsumer<PartitionId> passedOver) {

    /** The word of a partition that is held. */
    static final String HELD = "held";
    /** The word of a partition of which records were deleted unread. */
    static final String DELETED_UNREAD = "deleted-unread";

    /** Counts nothing. */
    public static PositionCounts none() {
        return new PositionCounts(word -> { }, (id, count) -> { }, (id, count) -> { });
    }
}
