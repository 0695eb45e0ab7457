package org.trustpaybridge.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.Verdict;

/**
 * Stops a record that was handed to the workers before it turned out that the provider fails: there are twice as many of them as calls at
 * once, and none is to be posted for nothing. It gets its place in the row back.
 */
public final class HoldBack implements Processor {

    private final InFlightWindow window;

    /** @param window knows whose calls are let through meanwhile */
    public HoldBack(InFlightWindow window) {
        this.window = window;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        if (window.heldBack(inFlight)) {
            inFlight.conclude(new Verdict.NotNow());
            exchange.setRouteStop(true);
        }
    }
}
