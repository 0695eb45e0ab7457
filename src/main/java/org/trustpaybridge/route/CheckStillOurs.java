package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.Verdict;

/**
 * The last step before a record is published: goes on only while the record's partition is this member's. Otherwise another member works
 * on the record, and publishing it here as well could be a second payment URL for the order.
 */
public final class CheckStillOurs implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(CheckStillOurs.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final InFlightWindow window;
    private final PublishLease lease;
    private final Clock clock;

    /**
     * @param window knows the assigned partitions
     * @param lease  knows whether that knowledge is fresh
     * @param clock  wall clock
     */
    public CheckStillOurs(InFlightWindow window, PublishLease lease, Clock clock) {
        this.window = window;
        this.lease = lease;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        // Taken first: a process that stands still after the check must not look as if it had checked later.
        InFlight.checkedAt(exchange, clock.instant());
        boolean ours = window.stillOurs(inFlight);
        if (ours && lease.valid()) {
            return;
        }
        LOG.atInfo().addKeyValue("record", inFlight).log(ours
            ? "Publishing waits until it is certain that the partition is still assigned here"
            : "The partition was given away; the member that has it now takes the record up");
        inFlight.conclude(new Verdict.Later(LOOK_AGAIN));
        exchange.setRouteStop(true);
    }
}
