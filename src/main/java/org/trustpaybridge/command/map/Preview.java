package org.trustpaybridge.command.map;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.Repair;

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

    /** Members that the mapping made and that no order has: misspelt, it may be. Those that were left out for their value are repairs. */
    List<String> notSent() {
        if (!(mapping instanceof Mapping.Accepted accepted) || intermediate().isEmpty()) {
            return List.of();
        }
        Set<String> sent = OrderView.members(OrderView.whole(accepted.order())).keySet();
        Set<String> repaired = accepted.repairs().stream().map(Repair::field).collect(Collectors.toSet());
        return OrderView.members(intermediate().get()).entrySet().stream().filter(made -> !made.getValue().equals("null")
            && !sent.contains(made.getKey()) && repaired.stream().noneMatch(field -> made.getKey().equals(field)
                || made.getKey().startsWith(field + "."))).map(Map.Entry::getKey).toList();
    }

    Optional<OrderId> orderId() {
        if (mapping instanceof Mapping.Accepted accepted) {
            return Optional.of(accepted.orderId());
        }
        return mapping instanceof Mapping.Refused refused ? refused.orderId() : Optional.empty();
    }
}
