package org.trustpaybridge.order;

import java.util.Objects;

/**
 * One thing that is wrong, or with a warning: doubtful, about an event.
 *
 * @param field   where: {@code customer.email}, {@code data.amount} in a structured CloudEvent, a header's name, or {@code $} for the value
 * @param problem what was found and what is expected; never the value of a personal field, a URL or a description
 */
public record Violation(String field, String problem) {

    public Violation {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(problem, "problem");
    }
}
