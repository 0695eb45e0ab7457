package org.trustpaybridge.kafka;

import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.trustpaybridge.delivery.PublishLease;

/** Renews the lease when a heartbeat was answered: the only proof that a member still has its partitions; a poll comes back without one. */
final class Heartbeats {

    private final PublishLease lease;
    private Metric total;
    private Object lastTotal;

    Heartbeats(PublishLease lease) {
        this.lease = lease;
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
    }
}
