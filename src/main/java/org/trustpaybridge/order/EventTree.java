package org.trustpaybridge.order;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event of any shape as a tree, for whoever makes an order of it: the value, or the data of a structured CloudEvent. It is read as
 * strictly as an order is.
 *
 * @param data       what the event is about, JSON's null for a record without a value; null when it cannot be read
 * @param cloudEvent the attributes of the CloudEvent around it; empty when there is none, or none that stands in the value
 * @param violations why it cannot be read; empty when it can
 */
public record EventTree(JsonNode data, Optional<ObjectNode> cloudEvent, List<Violation> violations) {

    public EventTree {
        violations = List.copyOf(violations);
    }

    /** Reads an event. No input makes it throw. */
    public static EventTree read(IncomingEvent event) {
        Findings findings = new Findings();
        Envelope.Tree tree = Envelope.openTree(event, findings);
        return findings.clean() ? new EventTree(tree.data(), Optional.ofNullable(tree.attributes()), List.of())
                : new EventTree(null, Optional.empty(), findings.violations());
    }
}
