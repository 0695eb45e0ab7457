package org.trustpaybridge.route;

import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Lets through the headers it names and no other: a list of what may pass cannot forget what must not. */
public final class AllowedHeaders implements HeaderFilterStrategy {

    private final Set<String> inward;
    private final Set<String> outward;

    /** @param inward names, in lower case, that may come in with an answer; out goes none */
    public AllowedHeaders(Set<String> inward) {
        this(inward, Set.of());
    }

    /**
     * @param inward  names, in lower case, that may come in with an answer
     * @param outward names, in lower case, that may go out with a call
     */
    public AllowedHeaders(Set<String> inward, Set<String> outward) {
        this.inward = Set.copyOf(inward);
        this.outward = Set.copyOf(outward);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String headerName, Object headerValue, Exchange exchange) {
        return !outward.contains(headerName.toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String headerName, Object headerValue, Exchange exchange) {
        return !inward.contains(headerName.toLowerCase(java.util.Locale.ROOT));
    }
}
