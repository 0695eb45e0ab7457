package org.trustpaybridge.kafka;

import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/**
 * Shares partitions among bridges as Kafka's {@link CooperativeStickyAssignor} does, under a name that no other program knows. A group has
 * members with a way to share in common only: a console consumer, or another service that has this group by mistake, is refused by the
 * broker. Otherwise it would get partitions, and none of their orders would become a payment.
 */
public final class BridgeAssignor extends CooperativeStickyAssignor {

    @Override
    public String name() {
        return "trustpay-bridge";
    }
}
