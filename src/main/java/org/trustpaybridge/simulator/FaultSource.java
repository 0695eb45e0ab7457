package org.trustpaybridge.simulator;

import java.util.Optional;
import java.util.Random;

/** Decides which calls go wrong. The plan may be changed at any time from any thread. */
final class FaultSource {

    private final Random random;
    private volatile FaultPlan plan;

    FaultSource(FaultPlan plan, Random random) {
        this.plan = plan;
        this.random = random;
    }

    FaultPlan plan() {
        return plan;
    }

    void plan(FaultPlan next) {
        plan = next;
    }

    /** The fault of a POST: the one that the order's id asks for, otherwise one by lot. */
    Optional<Fault> ofPost(String orderId, int post) {
        Optional<RequestedFault> requested = RequestedFault.in(orderId);
        if (requested.isPresent()) {
            return requested.filter(fault -> post <= fault.posts()).map(RequestedFault::fault);
        }
        return byLot();
    }

    Optional<Fault> byLot() {
        return plan.draw(random);
    }
}
