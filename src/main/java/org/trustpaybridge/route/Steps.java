package org.trustpaybridge.route;

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Checks that belong together, as one step of a route: the second only if the first lets the record go on. */
public final class Steps implements Processor {

    private final List<Processor> inTurn;

    /** @param inTurn in the order in which they are taken */
    public Steps(Processor... inTurn) {
        this.inTurn = List.of(inTurn);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        for (Processor step : inTurn) {
            step.process(exchange);
            if (exchange.isRouteStop()) {
                return;
            }
        }
    }
}
