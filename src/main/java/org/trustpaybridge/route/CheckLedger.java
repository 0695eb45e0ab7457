package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.ExistingOrder;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.TrustPayOrder;

/**
 * Decides for an order whose payment URL was published before: a plain repeat is skipped, one with another amount or currency becomes a
 * dead letter. An order that the ledger does not know goes on.
 */
public final class CheckLedger implements Processor {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

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

    /**
     * @return a processor that looks once more when Kafka left open whether it has the payment URL of an order. Until that can be known,
     *     the record waits; then it is a repeat, or published again
     */
    public Processor afterDoubt() {
        return exchange -> {
            InFlightRecord inFlight = InFlight.of(exchange);
            if (inFlight.certainty().isEmpty()) {
                return;
            }
            if (!inFlight.certainty().get().isDone()) {
                inFlight.conclude(new Verdict.Held(LOOK_AGAIN));
                exchange.setRouteStop(true);
            } else if (inFlight.decision().orElse(null) instanceof Decision.PaymentUrl payment) {
                before(exchange, payment.order()).ifPresent(before -> decide(exchange, payment.order(), before));
            }
        };
    }

    private void check(Exchange exchange, TrustPayOrder order, boolean afterCall) {
        before(exchange, order).ifPresent(before -> {
            metrics.ledgerHit(!before.equals(order.money()), afterCall);
            decide(exchange, order, before);
        });
    }

    private Optional<Money> before(Exchange exchange, TrustPayOrder order) {
        return published.find(order.orderId(), order.money(), InFlight.of(exchange).source().timestamp());
    }

    private void decide(Exchange exchange, TrustPayOrder order, Money before) {
        InFlight.of(exchange).decide(before.equals(order.money())
            ? new Decision.Repeat(Decision.Repeat.Of.PAYMENT_URL, clock.instant())
            : new Decision.DeadLetter(DeadLetterReason.orderExists(
                "A payment URL was published for this order id with another amount or currency", Optional.empty(),
                new ExistingOrder(ExistingOrder.Source.LEDGER, Optional.of(before), Optional.empty())), clock.instant()));
        InFlight.showDecision(exchange);
    }
}
