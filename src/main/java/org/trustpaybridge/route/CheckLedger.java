package org.trustpaybridge.route;

import java.time.Clock;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.ExistingOrder;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.metrics.BridgeMetrics;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.TrustPayOrder;

/**
 * Decides for an order whose payment URL was published before: a plain repeat is skipped, one with another amount or currency becomes a
 * dead letter. An order that the ledger does not know goes on.
 */
public final class CheckLedger implements Processor {

    private final PublishedOrders published;
    private final Clock clock;
    private final BridgeMetrics metrics;

    /**
     * @param published what was published
     * @param clock     tells when that was seen
     * @param metrics   counts the orders that were published before
     */
    public CheckLedger(PublishedOrders published, Clock clock, BridgeMetrics metrics) {
        this.published = published;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void process(Exchange exchange) {
        check(exchange, exchange.getMessage().getBody(TrustPayOrder.class), false);
    }

    /**
     * @return a processor that looks once more, after the call: another instance may have published the order meanwhile, from a record
     *     without the order id as its key
     */
    public Processor again() {
        return exchange -> {
            if (InFlight.of(exchange).decision().filter(Decision.PaymentUrl.class::isInstance).isPresent()) {
                check(exchange, PrepareCall.orderOf(exchange), true);
            }
        };
    }

    private void check(Exchange exchange, TrustPayOrder order, boolean afterCall) {
        Optional<Money> before = published.find(order.orderId());
        if (before.isEmpty()) {
            return;
        }
        boolean same = before.get().equals(order.money());
        metrics.ledgerHit(!same, afterCall);
        InFlight.of(exchange).decide(same
            ? new Decision.Repeat(Decision.Repeat.Of.PAYMENT_URL, clock.instant())
            : new Decision.DeadLetter(DeadLetterReason.orderExists(
                "A payment URL was published for this order id with another amount or currency", Optional.empty(),
                new ExistingOrder(ExistingOrder.Source.LEDGER, before, Optional.empty())), clock.instant()));
        InFlight.showDecision(exchange);
    }
}
