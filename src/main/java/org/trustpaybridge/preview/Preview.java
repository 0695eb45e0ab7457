package org.trustpaybridge.preview;

import java.util.List;
import java.util.Optional;

import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.OrderId;

/**
 * What becomes of one event.
 *
 * @param place   where the event was found
 * @param mapping what it becomes
 * @param changes what other rules would do differently; null where there are no others to compare with
 */
record Preview(String place, Mapping mapping, List<Change> changes) {

    boolean refused() {
        return mapping instanceof Mapping.Refused;
    }

    boolean changed() {
        return changes != null && !changes.isEmpty();
    }

    Optional<OrderId> orderId() {
        return mapping instanceof Mapping.Accepted accepted ? Optional.of(accepted.orderId()) : ((Mapping.Refused) mapping).orderId();
    }
}
