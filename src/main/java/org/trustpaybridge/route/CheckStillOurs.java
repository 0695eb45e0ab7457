package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.metrics.BridgeMetrics;
import org.trustpaybridge.metrics.RetryReason;

/**
 * The last step before a call and before a record is published: goes on only while the record's partition is this member's. Otherwise
 * another member works on the record, and going on here as well could be a second payment URL for the order.
 */
public final class CheckStillOurs implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(CheckStillOurs.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Predicate<InFlightRecord> ours;
    private final PublishLease lease;
    private final Clock clock;
    private final BridgeMetrics metrics;

    private CheckStillOurs(Predicate<InFlightRecord> ours, PublishLease lease, Clock clock, BridgeMetrics metrics) {
        this.ours = ours;
        this.lease = lease;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * @param window  knows the assigned partitions
     * @param lease   knows whether that knowledge is fresh
     * @param clock   wall clock
     * @param metrics counts what has to wait
     * @return lets a record be published
     */
    public static CheckStillOurs beforePublishing(InFlightWindow window, PublishLease lease, Clock clock, BridgeMetrics metrics) {
        return new CheckStillOurs(window::stillOurs, lease, clock, metrics);
    }

    /**
     * @param window  knows the assigned partitions
     * @param lease   knows whether that knowledge is fresh
     * @param clock   wall clock
     * @param metrics counts what has to wait
     * @return lets a call be made; not while the partition is being given away, so that this waits for calls under way only
     */
    public static CheckStillOurs beforeCalling(InFlightWindow window, PublishLease lease, Clock clock, BridgeMetrics metrics) {
        return new CheckStillOurs(window::mayCall, lease, clock, metrics);
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        // Taken first: a process that stands still after the check must not look as if it had checked later.
        InFlight.checkedAt(exchange, clock.instant());
        if (ours.test(inFlight) && lease.valid()) {
            return;
        }
        LOG.atDebug().addKeyValue("record", inFlight).log("It is not certain that the partition is still this member's; the record waits");
        inFlight.conclude(new Verdict.Later(LOOK_AGAIN));
        metrics.retried(RetryReason.NOT_OURS);
        exchange.setRouteStop(true);
    }
}
