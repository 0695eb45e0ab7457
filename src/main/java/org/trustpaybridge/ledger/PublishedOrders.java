package org.trustpaybridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;

/**
 * The orders whose payment URL was published within the retention, in as little memory as can be: a 128-bit hash of the order id, the
 * amount and the currency, between 36 and 44 bytes an order where they are many. An order is taken for a published one only if all 128
 * bits are the same; with ten million orders the chance that two different ones are mixed up is below 10^-24.
 *
 * <p>Time is cut into slices, and a slice is forgotten as a whole. So an order is remembered for at least the retention and for at most a
 * twelfth longer.
 *
 * <p>Safe for use by several threads.
 */
public final class PublishedOrders {

    private static final int SLICES = 12;

    private final long retentionMillis;
    private final long sliceMillis;
    private final Clock clock;
    private final TreeMap<Long, LedgerSlice> slices = new TreeMap<>();
    /** First slice that is still within the retention, when old ones were last forgotten. */
    private long oldest = Long.MIN_VALUE;

    /**
     * @param retention how long an order is remembered at least
     * @param clock     wall clock
     */
    public PublishedOrders(Duration retention, Clock clock) {
        this.retentionMillis = retention.toMillis();
        this.sliceMillis = Math.max(1, retentionMillis / SLICES);
        this.clock = clock;
    }

    /**
     * @param orderId     order whose payment URL is on the outbound topic
     * @param money       what it is for
     * @param publishedAt when it was published
     */
    public void add(OrderId orderId, Money money, Instant publishedAt) {
        OrderHash hash = OrderHash.of(orderId);
        synchronized (this) {
            forgetOld();
            if (!publishedAt.isBefore(earliest())) {
                slices.computeIfAbsent(publishedAt.toEpochMilli() / sliceMillis, slice -> new LedgerSlice()).put(hash, money);
            }
        }
    }

    /**
     * @param orderId an order id
     * @return what was published for it last, if anything was within the retention
     */
    public Optional<Money> find(OrderId orderId) {
        return find(OrderHash.of(orderId));
    }

    private synchronized Optional<Money> find(OrderHash hash) {
        forgetOld();
        for (LedgerSlice slice : slices.descendingMap().values()) {
            Optional<Money> found = slice.get(hash);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** @return the time before which nothing need be known */
    public Instant earliest() {
        return clock.instant().minusMillis(retentionMillis);
    }

    /** @return orders remembered; one that was published in two slices counts twice */
    public synchronized long size() {
        return slices.values().stream().mapToLong(LedgerSlice::size).sum();
    }

    /** @return bytes of memory that the entries take */
    public synchronized long bytes() {
        return slices.values().stream().mapToLong(LedgerSlice::bytes).sum();
    }

    private void forgetOld() {
        long first = earliest().toEpochMilli() / sliceMillis;
        if (first != oldest) {
            slices.headMap(first).clear();
            oldest = first;
        }
    }
}
