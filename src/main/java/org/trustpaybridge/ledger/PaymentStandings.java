package org.trustpaybridge.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.payment.PaymentStanding;
import org.trustpaybridge.payment.PaymentStatus;

/**
 * How the payment of each order stands, by all that the topic of status changes says: 40 bytes an order, and 8 to 16 for the table of their
 * {@link OrderIndex}. Nothing is forgotten while the process lives; how far back it goes after a start is a matter of the topic. Of more
 * orders than a part of the heap can hold nothing is known: they must not take the memory of orders that want to be paid.
 *
 * <p>Safe for use by several threads.
 */
public final class PaymentStandings {

    private static final int BYTES_AN_ORDER = 24;
    /** With the table of the index, while it is made anew. */
    private static final int BYTES_AN_ORDER_AT_MOST = 80;
    /** Part of the heap. */
    private static final int SHARE = 4;
    private static final int STATUS_BITS = 6;
    private static final int STATUS_MASK = (1 << STATUS_BITS) - 1;
    private static final PaymentStatus[] STATUSES = PaymentStatus.values();

    private final OrderIndex index = new OrderIndex();
    private final List<Block> blocks = new ArrayList<>();
    private final long most;
    private volatile boolean full;

    /** For a quarter of the heap. */
    public PaymentStandings() {
        this(Runtime.getRuntime().maxMemory() / SHARE / BYTES_AN_ORDER_AT_MOST);
    }

    /** @param most orders */
    PaymentStandings(long most) {
        this.most = most;
    }

    /** @return whether there are orders of which it is not known here what was published */
    public boolean full() {
        return full;
    }

    /** @return orders that it can hold */
    public long most() {
        return most;
    }

    /**
     * @param orderId  order of which a change was published
     * @param reported what was published
     * @param at       when it was told
     */
    public void note(OrderId orderId, PaymentStanding.Reported reported, Instant at) {
        OrderHash hash = OrderHash.of(orderId);
        synchronized (this) {
            int number = index.size() < most ? index.findOrAdd(hash) : index.find(hash);
            if (number == 0) {
                full = true;
                return;
            }
            if (OrderIndex.block(number) == blocks.size()) {
                blocks.add(new Block());
            }
            Block block = blocks.get(OrderIndex.block(number));
            block.set(OrderIndex.inBlock(number), block.get(OrderIndex.inBlock(number)).after(reported, at));
        }
    }

    /**
     * @param orderId an order id
     * @return how its payment stands; {@link PaymentStanding#NONE} where nothing was published
     */
    public PaymentStanding of(OrderId orderId) {
        OrderHash hash = OrderHash.of(orderId);
        synchronized (this) {
            int number = index.find(hash);
            return number == 0 ? PaymentStanding.NONE : blocks.get(OrderIndex.block(number)).get(OrderIndex.inBlock(number));
        }
    }

    /** @return orders remembered */
    public synchronized long size() {
        return index.size();
    }

    /** @return bytes of memory that they take */
    public synchronized long bytes() {
        return index.bytes() + (long) blocks.size() * OrderIndex.BLOCK * BYTES_AN_ORDER;
    }

    private static final class Block {

        /** Seconds, and behind them the two statuses counted from 1; 0: none. */
        private final long[] state = new long[OrderIndex.BLOCK];
        private final long[] refunded = new long[OrderIndex.BLOCK];
        private final long[] others = new long[OrderIndex.BLOCK];

        private void set(int at, PaymentStanding standing) {
            state[at] = standing.changedAt().getEpochSecond() << 2 * STATUS_BITS | (long) number(standing.status()) << STATUS_BITS
                | number(standing.financial());
            refunded[at] = standing.refunded();
            others[at] = standing.others();
        }

        private PaymentStanding get(int at) {
            return new PaymentStanding(status((int) (state[at] >> STATUS_BITS) & STATUS_MASK), status((int) state[at] & STATUS_MASK),
                refunded[at], others[at], Instant.ofEpochSecond(state[at] >> 2 * STATUS_BITS));
        }

        private static int number(Optional<PaymentStatus> status) {
            return status.map(known -> known.ordinal() + 1).orElse(0);
        }

        private static Optional<PaymentStatus> status(int number) {
            return number == 0 ? Optional.empty() : Optional.of(STATUSES[number - 1]);
        }
    }
}
