package org.trustpaybridge.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The orders and payment pages that the simulator remembers: the newest up to a maximum, so that it never grows without end. */
final class OrderBook {

    /** Real numbers of the provider have 16 digits and more. */
    private static final long FIRST_TRANSACTION_ID = 4_000_000_000_000_001L;

    private final int most;
    private final Random random;
    private final Clock clock;
    private final Map<String, SimulatedOrder> orders = new LinkedHashMap<>();
    private final Map<String, String> idsBySession = new LinkedHashMap<>();
    private long nextTransactionId = FIRST_TRANSACTION_ID;
    private long sessionsGiven;
    private long forgotten;
    private int withSeveralSessions;

    /**
     * What a caller gets for an order.
     *
     * @param order   the order
     * @param session the name of its newest payment page
     */
    record Placed(SimulatedOrder order, String session) {
    }

    /**
     * How full the book is.
     *
     * @param orders              orders remembered
     * @param forgotten           orders no longer remembered
     * @param sessionsGiven       payment pages handed out since the start
     * @param withSeveralSessions orders remembered that have more than one payment page
     */
    record Totals(int orders, long forgotten, long sessionsGiven, int withSeveralSessions) {
    }

    OrderBook(int most, Random random, Clock clock) {
        this.most = most;
        this.random = random;
        this.clock = clock;
    }

    /** Takes an order, new or again, and gives it one more payment page. Empty if an order of this id is paid already. */
    synchronized Optional<Placed> place(String id, byte[] request, String apiKey) {
        Instant now = clock.instant();
        SimulatedOrder known = orders.get(id);
        if (known != null && known.status().paid()) {
            return Optional.empty();
        }
        SimulatedOrder order = known != null ? known.posted(request, apiKey, now)
            : new SimulatedOrder(request, apiKey, nextTransactionId++, OrderStatus.INITIALIZED, 0, 1, now, now, null);
        orders.put(id, order);
        if (order.sessions() == 2) {
            withSeveralSessions++;
        }
        String session = newSession();
        idsBySession.put(session, id);
        forgetTheOldest();
        return Optional.of(new Placed(order, session));
    }

    synchronized Optional<SimulatedOrder> byId(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    synchronized Optional<SimulatedOrder> bySession(String session) {
        return Optional.ofNullable(idsBySession.get(session)).map(orders::get);
    }

    /** Ends an order that is still open; empty if it is unknown, paid or cancelled, and then nothing changes. */
    synchronized Optional<SimulatedOrder> settle(String id, OrderStatus outcome) {
        SimulatedOrder known = orders.get(id);
        if (known == null || known.status() != OrderStatus.INITIALIZED) {
            return Optional.empty();
        }
        SimulatedOrder settled = known.settled(outcome, clock.instant());
        orders.put(id, settled);
        return Optional.of(settled);
    }

    /** Puts an order into any status, as the provider's own people could; empty if it is unknown. */
    synchronized Optional<SimulatedOrder> change(String id, OrderStatus to, long refunded) {
        return Optional.ofNullable(orders.computeIfPresent(id, (same, order) -> order.changed(to, refunded, clock.instant())));
    }

    /** Remembers what became of the latest notification of an order that is still known. */
    synchronized void told(String id, String fate) {
        orders.computeIfPresent(id, (same, order) -> order.told(fate));
    }

    synchronized Totals totals() {
        return new Totals(orders.size(), forgotten, sessionsGiven, withSeveralSessions);
    }

    private String newSession() {
        sessionsGiven++;
        // The running number keeps two apart even under a seed.
        return Long.toUnsignedString(random.nextLong(), 36) + Long.toUnsignedString(random.nextLong(), 36)
            + Long.toString(sessionsGiven, 36);
    }

    private void forgetTheOldest() {
        if (orders.size() > most) {
            Iterator<SimulatedOrder> oldest = orders.values().iterator();
            if (oldest.next().sessions() > 1) {
                withSeveralSessions--;
            }
            oldest.remove();
            forgotten++;
        }
        if (idsBySession.size() > most) {
            Iterator<String> oldest = idsBySession.values().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
