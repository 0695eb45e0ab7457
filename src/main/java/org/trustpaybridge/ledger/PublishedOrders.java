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
    /** Orders published since then are remembered longer than usual; no time: none are. */
    private volatile long reachBackTo = Long.MAX_VALUE;

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
                slices.computeIfAbsent(Math.floorDiv(publishedAt.toEpochMilli(), sliceMillis), slice -> new LedgerSlice()).put(hash, money);
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

    private Optional<Money> find(OrderHash hash) {
        return find(hash, Optional.empty(), Long.MIN_VALUE);
    }

    /**
     * @param orderId an order id
     * @param money   what the order is for
     * @param madeAt  time of its record; an old record may have been done long ago, and what was published since, or within the retention
     *                before it, counts for it
     * @return what was published for it: the same, if that ever was, or what was published last
     */
    public Optional<Money> find(OrderId orderId, Money money, Instant madeAt) {
        return find(OrderHash.of(orderId), Optional.of(money), Math.min(madeAt.toEpochMilli(), clock.millis()) - retentionMillis);
    }

    /**
     * @param orderId an order id
     * @param madeAt  time of its record
     * @return whether anything was published for it since, or within the retention before
     */
    public boolean knows(OrderId orderId, Instant madeAt) {
        return find(OrderHash.of(orderId), Optional.empty(), Math.min(madeAt.toEpochMilli(), clock.millis()) - retentionMillis).isPresent();
    }

    private synchronized Optional<Money> find(OrderHash hash, Optional<Money> same, long since) {
        forgetOld();
        Optional<Money> last = Optional.empty();
        for (LedgerSlice slice : slices.tailMap(Math.floorDiv(since, sliceMillis), true).descendingMap().values()) {
            Optional<Money> found = slice.get(hash);
            if (found.isPresent() && (same.isEmpty() || found.equals(same))) {
                return found;
            }
            last = last.or(() -> found);
        }
        return last;
    }

    /** @param time orders published since are remembered, once they are added, until {@link #reachBackNoFurther()} */
    public void reachBackTo(Instant time) {
        reachBackTo = Math.min(reachBackTo, time.toEpochMilli());
    }

    /** Orders are remembered as long as usual again. */
    public synchronized void reachBackNoFurther() {
        reachBackTo = Long.MAX_VALUE;
        oldest = Long.MIN_VALUE;
        forgetOld();
    }

    /** @return the time before which nothing need be known */
    public Instant earliest() {
        return Instant.ofEpochMilli(Math.min(reachBackTo, clock.millis() - retentionMillis));
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
        long first = Math.floorDiv(earliest().toEpochMilli(), sliceMillis);
        if (first != oldest) {
            slices.headMap(first).clear();
            oldest = first;
        }
    }
}
