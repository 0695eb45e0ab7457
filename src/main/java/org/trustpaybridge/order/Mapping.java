package org.trustpaybridge.order;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What became of an event. */
public sealed interface Mapping {

    /**
     * The event is a good order.
     *
     * @param warnings what was changed or is doubtful; often empty
     * @param repairs  members that were repaired or left out, each once; often empty
     */
    record Accepted(OrderId orderId, TrustPayOrder order, List<Violation> warnings, List<Repair> repairs) implements Mapping {

        public Accepted {
            Objects.requireNonNull(orderId, "orderId");
            Objects.requireNonNull(order, "order");
            warnings = List.copyOf(warnings);
            repairs = List.copyOf(repairs);
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
