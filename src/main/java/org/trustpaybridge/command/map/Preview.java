package org.trustpaybridge.command.map;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.ReadEvent;

/**
 * What becomes of one event.
 *
 * @param place   where the event was found
 * @param read    what a mapping made of it
 * @param mapping what it becomes; null where it is skipped
 * @param changes what other rules or another mapping would do differently; null where there are no others to compare with
 */
record Preview(String place, ReadEvent read, Mapping mapping, List<Change> changes) {

    boolean refused() {
        return mapping instanceof Mapping.Refused;
    }

    boolean skipped() {
        return mapping == null;
    }

    boolean changed() {
        return changes != null && !changes.isEmpty();
    }

    /** What the mapping made, before it was checked. */
    Optional<ObjectNode> intermediate() {
        return read instanceof ReadEvent.Mapped mapped ? Optional.of(mapped.order()) : Optional.empty();
    }

    Optional<OrderId> orderId() {
        if (mapping instanceof Mapping.Accepted accepted) {
            return Optional.of(accepted.orderId());
        }
        return mapping instanceof Mapping.Refused refused ? refused.orderId() : Optional.empty();
    }
}
