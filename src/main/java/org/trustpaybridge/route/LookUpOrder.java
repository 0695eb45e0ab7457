package org.trustpaybridge.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.OutcomePolicy;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Lookup;

/** The look-up of an order whose id the provider says was used before: what to ask for, and what the answer means. */
public final class LookUpOrder {

    private final OutcomePolicy policy;

    /** @param policy knows the consequences */
    public LookUpOrder(OutcomePolicy policy) {
        this.policy = policy;
    }

    /** @return leaves one header, the path of the order; it is made from the mapped order, not taken from the record */
    public Processor prepare() {
        return exchange -> {
            exchange.getMessage().setBody(null);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setHeader(Exchange.HTTP_PATH,
                URLEncoder.encode(PrepareCall.orderOf(exchange).orderId().text(), StandardCharsets.UTF_8).replace("+", "%20"));
        };
    }

    /** @return judges the answer */
    public Processor judge() {
        return exchange -> {
            TrustPayOrder order = PrepareCall.orderOf(exchange);
            conclude(exchange, order, Lookup.judge(Answers.take(exchange), order.orderId()));
        };
    }

    /** @return judges the exception that stands in the place of an answer */
    public Processor judgeMissing() {
        return exchange -> conclude(exchange, PrepareCall.orderOf(exchange), Lookup.failed(Answers.fault(exchange)));
    }

    private void conclude(Exchange exchange, TrustPayOrder order, Lookup lookup) {
        policy.apply(InFlight.of(exchange), order, lookup);
        InFlight.showDecision(exchange);
    }
}
