package org.trustpaybridge.delivery;

import java.time.Duration;

import org.trustpaybridge.delivery.Simulation.Answer;
import org.trustpaybridge.delivery.Simulation.Shopping;

/**
 * A provider that says of key and gateway that they are good.
 *
 * @param how     what all orders get from then on; null for each what its nature is
 * @param from    when that begins
 * @param to      when it ends
 * @param refuses whether it refuses what it has to refuse, all the while
 */
record Behind(Answer how, Duration from, Duration to, boolean refuses) implements Simulation.Provider {

    static Behind refusing(boolean refuses) {
        return new Behind(null, Duration.ZERO, Duration.ZERO, refuses);
    }

    @Override
    public Answer answer(Shopping order, Duration now) {
        return down(now) ? how : order.nature;
    }

    @Override
    public boolean refuses(Duration now) {
        return refuses;
    }

    private boolean down(Duration now) {
        return how != null && now.compareTo(from) >= 0 && now.compareTo(to) < 0;
    }
}
