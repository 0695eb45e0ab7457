package org.trustpaybridge.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.transport.ProviderCall;

/** Counts the call that is about to be made, and keeps the order for the judgement. */
public final class PrepareCall implements Processor {

    private static final String ORDER = "bridge.order";

    private final BridgeMetrics metrics;

    /** @param metrics told that a call begins */
    public PrepareCall(BridgeMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void process(Exchange exchange) {
        TrustPayOrder order = exchange.getMessage().getBody(TrustPayOrder.class);
        exchange.setProperty(ORDER, order);
        InFlightRecord inFlight = InFlight.of(exchange);
        ProviderCall.prepare(exchange, order.orderId().text(), inFlight.wantsFreshConnection());
        inFlight.countPost();
        metrics.begins(inFlight);
    }

    static TrustPayOrder orderOf(Exchange exchange) {
        return exchange.getProperty(ORDER, TrustPayOrder.class);
    }
}
