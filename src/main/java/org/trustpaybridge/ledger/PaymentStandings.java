package org.trustpaybridge.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.payment.PaymentStatus;
import org.trustpaybridge.payment.Standing;

/**
 * How the payment of each order stands, by all that the topic of status changes says: 36 bytes an order, and 8 to 16 for the table of their
 * {@link OrderIndex}. Nothing is forgotten while the process lives; how far back it goes after a start is a matter of the topic.
 *
 * <p>Safe for use by several threads.
 */
public final class PaymentStandings {

    private static final int BYTES_AN_ORDER = 20;
    private static final int STATUS_BITS = 6;
    private static final int STATUS_MASK = (1 << STATUS_BITS) - 1;
    private static final PaymentStatus[] STATUSES = PaymentStatus.values();

    private final OrderIndex index = new OrderIndex();
    private final List<Block> blocks = new ArrayList<>();

    /**
     * @param orderId  order of which a change was published
     * @param reported what was published
     * @param at       when it was told
     */
    public void note(OrderId orderId, Standing.Reported reported, Instant at) {
        OrderHash hash = OrderHash.of(orderId);
        synchronized (this) {
            int number = index.findOrAdd(hash);
            if (OrderIndex.block(number) == blocks.size()) {
                blocks.add(new Block());
            }
            Block block = blocks.get(OrderIndex.block(number));
            block.set(OrderIndex.inBlock(number), block.get(OrderIndex.inBlock(number)).after(reported, at));
        }
    }

    /**
     * @param orderId an order id
     * @return how its payment stands; {@link Standing#NONE} where nothing was published
     */
    public Standing of(OrderId orderId) {
        OrderHash hash = OrderHash.of(orderId);
        synchronized (this) {
            int number = index.find(hash);
            return number == 0 ? Standing.NONE : blocks.get(OrderIndex.block(number)).get(OrderIndex.inBlock(number));
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
        private final int[] other = new int[OrderIndex.BLOCK];

        private void set(int at, Standing standing) {
            state[at] = standing.changedAt().getEpochSecond() << 2 * STATUS_BITS | (long) number(standing.status()) << STATUS_BITS
                | number(standing.financial());
            refunded[at] = standing.refunded();
            other[at] = standing.other();
        }

        private Standing get(int at) {
            return new Standing(status((int) (state[at] >> STATUS_BITS) & STATUS_MASK), status((int) state[at] & STATUS_MASK), refunded[at],
                other[at], Instant.ofEpochSecond(state[at] >> 2 * STATUS_BITS));
        }

        private static int number(Optional<PaymentStatus> status) {
            return status.map(known -> known.ordinal() + 1).orElse(0);
        }

        private static Optional<PaymentStatus> status(int number) {
            return number == 0 ? Optional.empty() : Optional.of(STATUSES[number - 1]);
        }
    }
}
