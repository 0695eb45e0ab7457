package org.trustpaybridge.delivery;

import java.time.Duration;

import org.trustpaybridge.provider.Failure;

/**
 * Whether an order is to blame for its failures rather than the provider: it is, once it has failed before and after others succeeded. One
 * such time is enough as long as failing orders do not get better of themselves. Where they do, failures come by chance, and it takes
 * several.
 *
 * <p>When an outage begins, calls are under way that still succeed: they began earlier than those that fail, or end earlier. So a call has
 * failed before others succeeded only if one of them began after it, and one ended after it.
 *
 * <p>A call that gets no answer fails long after it began, when perhaps nobody is left to succeed. It has failed in truth when it had been
 * waiting for much longer than answers take: if one that began after it succeeded after that, the provider was up while it hung. Guarded by
 * the gate.
 */
final class Blame {

    /** A provider that fails every third call fails five in a row of one order once in 250. */
    private static final int BY_CHANCE = 5;
    /** So many times as long as answers take is too long to be chance. */
    private static final int TOO_LONG = 4;

    private final long lately;
    private final long slow;
    /** How long calls take that succeed, as a moving average. */
    private long usual;
    private boolean succeeded;
    private long lastBegan;
    private long lastEnded;
    private boolean anyCured;
    private long lastCured;
    private int suspects;

    /**
     * @param lately how long it counts that a failing order got better of itself
     * @param slow   how long a call takes at least that is said to hang
     */
    Blame(Duration lately, Duration slow) {
        this.lately = lately.toNanos();
        this.slow = slow.toNanos();
    }

    /** @param began when its call was handed out */
    void success(long began, long now) {
        if (!succeeded || began - lastBegan > 0) {
            lastBegan = began;
        }
        lastEnded = now;
        usual = succeeded ? usual + (now - began - usual) / 8 : now - began;
        succeeded = true;
    }

    /** An order that failed before has succeeded. What an outage explains says nothing of chance. */
    void cured(Failing order, int holds, long now) {
        if (order.whileUp && order.holds == holds) {
            anyCured = true;
            lastCured = now;
        }
        gone(order);
    }

    /** @param began when its call was handed out */
    void failed(Failing order, Failure failure, long began, long now) {
        boolean between = order.calls > 0 && succeeded && lastBegan - order.markBegan > 0 && lastEnded - order.markEnded > 0;
        if (between || overtaken(began, now)) {
            order.alone++;
        }
        // A success may take longer than this order waits between two calls: it is looked for behind the same call until it comes.
        if (between || order.calls == 0) {
            order.markBegan = began;
            order.markEnded = now;
        }
        order.calls++;
        order.last = failure;
        boolean chance = anyCured && lastCured - order.sinceNanos > -lately;
        set(order, order.byRefusal || order.alone >= (chance ? BY_CHANCE : 1));
    }

    /** The provider takes orders, so this one is to blame although no other succeeded. */
    void refusalSays(Failing order) {
        order.byRefusal = !order.suspect;
        set(order, true);
    }

    /** That is no longer known. */
    void refusalSaysNothing(Failing order) {
        if (order.byRefusal) {
            order.byRefusal = false;
            set(order, false);
        }
    }

    /** Whether another one that began later succeeded when this call had hung for too long already. */
    private boolean overtaken(long began, long now) {
        long hung = began + Math.max(slow, TOO_LONG * usual);
        return succeeded && now - hung >= 0 && lastBegan - began > 0 && lastEnded - hung > 0;
    }

    void gone(Failing order) {
        set(order, false);
    }

    /** @return how many orders are to blame now */
    int suspects() {
        return suspects;
    }

    private void set(Failing order, boolean suspect) {
        if (order.suspect != suspect) {
            order.suspect = suspect;
            suspects += suspect ? 1 : -1;
        }
    }
}
