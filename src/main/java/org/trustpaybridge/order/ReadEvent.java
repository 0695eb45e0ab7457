package org.trustpaybridge.order;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What reading an event came to, before its members are looked at. Without a mapping every event is {@link AsItCame}. */
public sealed interface ReadEvent {

    /** The order id as far as it can be read by now: events of one order id are handled one after the other. */
    Optional<OrderId> orderId();

    /** Bytes that it holds beside the record, about. */
    default int size() {
        return 0;
    }

    /** The value is the order itself, and is read when it is its turn. */
    record AsItCame(Optional<OrderId> orderId) implements ReadEvent {
    }

    /**
     * The value is the order itself in another format, of which JSON was made.
     *
     * @param event   the value as JSON, with its headers
     * @param orderId the order id as far as it can be read by now
     */
    record Decoded(IncomingEvent event, Optional<OrderId> orderId) implements ReadEvent {

        @Override
        public int size() {
            return event.value() == null ? 0 : event.value().length;
        }
    }

    /** It is not known yet how to read it. */
    record NotYet() implements ReadEvent {
        @Override
        public Optional<OrderId> orderId() {
            return Optional.empty();
        }
    }

    /**
     * A mapping made an order of it, of which nobody has checked a member yet.
     *
     * @param order   what it made; not to be changed
     * @param orderId the order's id as far as it is one
     * @param size    bytes that it holds, about
     * @param mapping name of the mapping, for whoever reads why the order is refused
     */
    record Mapped(ObjectNode order, Optional<OrderId> orderId, int size, String mapping) implements ReadEvent {

        /** Reads the order id, as the order's own value and not inside a CloudEvent. */
        public static Mapped of(ObjectNode order, int size, String mapping) {
            JsonNode id = order.path("order_id");
            JsonValue.Obj member = new JsonValue.Obj(Map.of("order_id", id.isObject() ? JsonValue.Other.ARRAY : JsonValue.of(id)));
            return new Mapped(order, Optional.ofNullable(new Section("", member, new Findings()).requiredOrderId("order_id")), size,
                mapping);
        }

        /** Names the mapping; what it made is about a person. */
        @Override
        public String toString() {
            return "Mapped[" + mapping + "]";
        }
    }

    /** The mapping says that the event is not for TrustPay. */
    record NotForTrustPay() implements ReadEvent {
        @Override
        public Optional<OrderId> orderId() {
            return Optional.empty();
        }
    }

    /**
     * The event cannot be read, or the mapping fails on it.
     *
     * @param violations why; at least one
     */
    record Unmappable(List<Violation> violations) implements ReadEvent {

        public Unmappable {
            violations = List.copyOf(violations);
            Objects.checkIndex(0, violations.size());
        }

        @Override
        public Optional<OrderId> orderId() {
            return Optional.empty();
        }
    }
}
