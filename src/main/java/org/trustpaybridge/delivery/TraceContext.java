package org.trustpaybridge.delivery;

import java.util.Objects;
import java.util.Optional;

/**
 * Place in a trace, in the words of the W3C.
 *
 * @param traceparent value of the header of that name
 * @param tracestate  value of the header of that name, if there is one
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {

    /** Checks that nothing is null. */
    public TraceContext {
        Objects.requireNonNull(traceparent, "traceparent");
        Objects.requireNonNull(tracestate, "tracestate");
    }
}
