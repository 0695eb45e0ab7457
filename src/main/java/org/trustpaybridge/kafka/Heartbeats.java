package org.trustpaybridge.kafka;

import java.util.Map;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.trustpaybridge.delivery.PublishLease;

/** Renews the lease when a heartbeat was answered: the only proof that a member still has its partitions; a poll comes back without one. */
final class Heartbeats {

    private final PublishLease lease;
    private final Membership membership;
    private final BooleanSupplier kafkaAway;
    private Metric total;
    private Object lastTotal;

    /** @param kafkaAway whether it is told already that Kafka is */
    Heartbeats(PublishLease lease, Membership membership, BooleanSupplier kafkaAway) {
        this.lease = lease;
        this.membership = membership;
        this.kafkaAway = kafkaAway;
    }

    void renewLease(Consumer<?, ?> consumer) {
        if (total == null) {
            total = consumer.metrics().entrySet().stream().filter(metric -> metric.getKey().name().equals("heartbeat-total"))
                .map(Map.Entry::getValue).findFirst().orElse(null);
        }
        Object answered = total == null ? null : total.metricValue();
        if (answered != null && !answered.equals(lastTotal)) {
            lastTotal = answered;
            lease.renew();
        }
        if (!kafkaAway.getAsBoolean()) {
            membership.looked(lease.valid());
        }
    }
}
