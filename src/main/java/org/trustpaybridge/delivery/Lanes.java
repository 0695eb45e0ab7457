package org.trustpaybridge.delivery;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** The records of each order id in the order in which they came: only the first of a lane may be worked on. Guarded by the window. */
final class Lanes {

    private final Map<String, ArrayDeque<InFlightRecord>> lanes = new HashMap<>();

    /** @return whether the record is the first of its lane; one without an order id has nobody before it */
    boolean enter(InFlightRecord inFlight) {
        if (inFlight.orderId().isEmpty()) {
            return true;
        }
        ArrayDeque<InFlightRecord> lane = lanes.computeIfAbsent(inFlight.orderId().get().text(), text -> new ArrayDeque<>(1));
        lane.add(inFlight);
        return lane.size() == 1;
    }

    /** @return the record whose turn it is now; null when that has not changed */
    InFlightRecord leave(InFlightRecord inFlight) {
        if (inFlight.orderId().isEmpty()) {
            return null;
        }
        String orderId = inFlight.orderId().get().text();
        ArrayDeque<InFlightRecord> lane = lanes.get(orderId);
        boolean wasFirst = lane.peekFirst() == inFlight;
        lane.remove(inFlight);
        if (lane.isEmpty()) {
            lanes.remove(orderId);
            return null;
        }
        return wasFirst ? lane.peekFirst() : null;
    }
}
