package org.trustpaybridge.order;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of an event. */
public sealed interface Mapping {

    /**
     * The event is a good order.
     *
     * @param changes  what was changed to be taken by the provider, such as a description; often empty
     * @param doubts   what is doubtful and was left as it is; often empty
     * @param repairs  members that were repaired or left out, each once; often empty
     */
    record Accepted(OrderId orderId, TrustPayOrder order, List<Violation> changes, List<Violation> doubts,
                    List<Repair> repairs) implements Mapping {

        public Accepted {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(order, "order");
            changes = List.copyOf(changes);
            doubts = List.copyOf(doubts);
            repairs = List.copyOf(repairs);
        }

        /** @return changes and doubts */
        public List<Violation> warnings() {
            return Stream.concat(changes.stream(), doubts.stream()).toList();
        }
    }

    /**
     * The event cannot become an order.
     *
     * @param orderId    the order id, when it could be read
     * @param violations all that is wrong, at least one
     */
    record Refused(Optional<OrderId> orderId, List<Violation> violations) implements Mapping {

        public Refused {
            Objects.requireNonNull(orderId, "orderId");
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("violations: a refusal needs a reason");
            }
        }
    }
}
