package org.trustpaybridge.delivery;

/**
 * Where orders begin to be good again behind bad ones, as far as calls out of turn have shown. It is looked for by halves, so that the
 * oldest good order does not have to wait for all newer ones. Guarded by the window.
 */
final class GoodEdge {

    private InFlightRecord edge;
    private InFlightRecord bad;

    /** @return the oldest order out of turn that succeeded; null while none did */
    InFlightRecord edge() {
        return edge;
    }

    /** @return an order to find out whether the edge is further ahead; null when there is none between */
    InFlightRecord takeScout(FreshOrders fresh) {
        return edge == null ? null : fresh.takeMiddle(bad, edge);
    }

    void forget() {
        edge = null;
        bad = null;
    }

    /** @param order one whose first call was made out of turn */
    void ended(InFlightRecord order) {
        if (order.decision().filter(Decision.PaymentUrl.class::isInstance).isPresent()) {
            if (edge == null || FreshOrders.byTime(order, edge) < 0) {
                edge = order;
            }
        } else if (order.called() && order.decision().isEmpty() && (bad == null || FreshOrders.byTime(order, bad) > 0)
            && edge != null && FreshOrders.byTime(order, edge) < 0) {
            bad = order;
        }
    }
}
