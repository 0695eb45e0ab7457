package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Optional;

import org.trustpaybridge.provider.Failure;

/**
 * The failures since the last success, of orders that are not to blame themselves: what the provider is judged by. Guarded by the gate.
 */
final class FailureRow {

    private long number;
    private int orders;
    private int ordersRefused;
    private int calls;
    private Instant since;
    private long began;
    private Failure last;
    private boolean lastRefused;

    /**
     * @param failing what is known of the order whose call failed
     * @param refused whether the answer blames the account or the address
     */
    void add(Failing failing, Failure failure, boolean refused, Instant time, long now) {
        if (calls == 0) {
            since = time;
            began = now;
        }
        calls++;
        last = failure;
        lastRefused = refused;
        if (failing.row != number) {
            failing.row = number;
            orders++;
        }
        if (refused && failing.rowRefused != number) {
            failing.rowRefused = number;
            ordersRefused++;
        }
    }

    void clear() {
        number++;
        orders = 0;
        ordersRefused = 0;
        calls = 0;
        since = null;
        last = null;
        lastRefused = false;
    }

    /** @return different orders */
    int orders() {
        return orders;
    }

    /** @return different orders that were refused for the account or the address */
    int ordersRefused() {
        return ordersRefused;
    }

    int calls() {
        return calls;
    }

    /** @return when it truly began */
    Instant since() {
        return since;
    }

    long began() {
        return began;
    }

    Optional<Failure> last() {
        return Optional.ofNullable(last);
    }

    boolean lastRefused() {
        return lastRefused;
    }
}
