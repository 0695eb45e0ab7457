package org.trustpaybridge.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Orders whose last call failed, by the time at which they are due. Those that are not to blame come first when the provider is to be
 * probed: the others fail either way. Guarded by the window.
 */
final class OrdersToTryAgain {

    private final TreeSet<InFlightRecord> victims = new TreeSet<>(OrdersToTryAgain::byTime);
    private final TreeSet<InFlightRecord> suspects = new TreeSet<>(OrdersToTryAgain::byTime);

    /** @param suspect whether the order is to blame, by what is known now */
    void add(InFlightRecord order, boolean suspect) {
        (suspect ? suspects : victims).add(order);
    }

    void remove(InFlightRecord order) {
        if (!victims.remove(order)) {
            suspects.remove(order);
        }
    }

    /** @return the order to blame that is due first, if it is due now */
    Optional<InFlightRecord> takeDueSuspect(long now) {
        return takeDue(suspects, now);
    }

    /** @return the order not to blame that is due first, if it is due now */
    Optional<InFlightRecord> takeDueVictim(long now) {
        return takeDue(victims, now);
    }

    /** @return the order that tells most of the provider, due or not */
    Optional<InFlightRecord> takeForProbe() {
        return Optional.ofNullable(victims.isEmpty() ? suspects.pollFirst() : victims.pollFirst());
    }

    /** @return when the first one to blame is due */
    OptionalLong dueSuspect() {
        return due(suspects);
    }

    /** @return when the first one not to blame is due */
    OptionalLong dueVictim() {
        return due(victims);
    }

    /** Makes all of them due now. */
    void raiseAll(long now) {
        for (TreeSet<InFlightRecord> orders : List.of(victims, suspects)) {
            List<InFlightRecord> all = new ArrayList<>(orders);
            orders.clear();
            all.forEach(order -> order.dueNanos = now);
            orders.addAll(all);
        }
    }

    boolean isEmpty() {
        return victims.isEmpty() && suspects.isEmpty();
    }

    int size() {
        return victims.size() + suspects.size();
    }

    private static Optional<InFlightRecord> takeDue(TreeSet<InFlightRecord> orders, long now) {
        return orders.isEmpty() || orders.first().dueNanos - now > 0 ? Optional.empty() : Optional.of(orders.pollFirst());
    }

    private static OptionalLong due(TreeSet<InFlightRecord> orders) {
        return orders.isEmpty() ? OptionalLong.empty() : OptionalLong.of(orders.first().dueNanos);
    }

    private static int byTime(InFlightRecord a, InFlightRecord b) {
        // The difference: monotonic time may overflow.
        int byDue = Long.signum(a.dueNanos - b.dueNanos);
        return byDue != 0 ? byDue : Long.compare(a.place, b.place);
    }
}
