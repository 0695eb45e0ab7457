package org.trustpaybridge.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.trustpaybridge.provider.Failure;

/**
 * The orders whose calls fail, at one moment.
 *
 * @param failing all of them
 * @param alone   those that fail while others succeed, or would, the first to fail first
 */
public record FailingOrders(int failing, List<Alone> alone) {

    /** So many are more than chance, and worth somebody's look. */
    public static final int MANY = 5;

    /**
     * An order that fails while others succeed.
     *
     * @param order     what it is, without anything of a customer's
     * @param since     when its first call failed
     * @param last      what its last call came to
     * @param byRefusal whether nobody else was there to succeed, and the provider was found to take orders otherwise
     */
    public record Alone(InFlightRecord order, Instant since, Failure last, boolean byRefusal) {
    }

    /** Copies the list. */
    public FailingOrders {
        alone = List.copyOf(alone);
    }

    static FailingOrders of(Collection<InFlightRecord> orders) {
        return new FailingOrders(orders.size(), orders.stream().filter(order -> order.failing.suspect)
            .map(order -> new Alone(order, order.failing.since, order.failing.last, order.failing.byRefusal)).toList());
    }

    /**
     * @param time a while
     * @param now  this moment
     * @return whether many orders have been failing alone for so long
     */
    public boolean manyFor(Duration time, Instant now) {
        return alone.size() >= MANY && !alone.get(MANY - 1).since().plus(time).isAfter(now);
    }

    /** @return what most of those that fail alone came to last */
    public Optional<Failure> mostCommon() {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Failure> examples = new HashMap<>();
        alone.forEach(order -> {
            String kind = order.last().reason() + order.last().httpStatus() + order.last().providerErrorCode();
            counts.merge(kind, 1, Integer::sum);
            examples.putIfAbsent(kind, order.last());
        });
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(most -> examples.get(most.getKey()));
    }
}
