package org.trustpaybridge.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.Consequence;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.OutcomePolicy;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.observe.metrics.RetryReason;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Lookup;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.transport.ProviderCall;

/** The look-up of an order whose id the provider says was used before: what to ask for, and what the answer means. */
public final class LookUpOrder {

    private final OutcomePolicy policy;
    private final BridgeMetrics metrics;
    private final KnownSecrets secrets;

    /**
     * @param policy  knows the consequences
     * @param metrics told of each look-up
     * @param secrets hidden wherever the provider says one back
     */
    public LookUpOrder(OutcomePolicy policy, BridgeMetrics metrics, KnownSecrets secrets) {
        this.policy = policy;
        this.secrets = secrets;
        this.metrics = metrics;
    }

    /** @return makes the header with the path of the order; it is made from the mapped order, not taken from the record */
    public Processor prepare() {
        return exchange -> {
            // What it tells ends the order, so nobody else's answer may be taken for it.
            ProviderCall.prepare(exchange, "", true);
            exchange.getMessage().setBody(null);
            exchange.getMessage().setHeader(Exchange.HTTP_PATH,
                URLEncoder.encode(PrepareCall.orderOf(exchange).orderId().text(), StandardCharsets.UTF_8).replace("+", "%20"));
            metrics.begins(InFlight.of(exchange));
        };
    }

    /** @return judges the answer */
    public Processor judge() {
        return exchange -> {
            TrustPayOrder order = PrepareCall.orderOf(exchange);
            ProviderAnswer answer = AnswerReader.take(exchange);
            conclude(exchange, order, ProviderCall.of(exchange).doubtful() ? Lookup.failed(TransportFault.OUT_OF_STEP)
                : Lookup.judge(answer, order.orderId(), secrets));
        };
    }

    /** @return judges the exception that stands in the place of an answer */
    public Processor judgeMissing() {
        return exchange -> conclude(exchange, PrepareCall.orderOf(exchange), Lookup.failed(AnswerReader.fault(exchange)));
    }

    private void conclude(Exchange exchange, TrustPayOrder order, Lookup lookup) {
        InFlightRecord inFlight = InFlight.of(exchange);
        metrics.lookedUp(inFlight, lookup);
        Consequence consequence = policy.judge(inFlight, order, lookup);
        inFlight.follow(consequence);
        if (consequence instanceof Consequence.TryAgain) {
            metrics.retried(RetryReason.LOOK_UP_INCONCLUSIVE);
        }
        InFlight.showDecision(exchange);
    }
}
