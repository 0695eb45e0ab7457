package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.observe.metrics.RetryReason;

/**
 * The last step before a call and before a record is published: goes on only while the record's partition is this member's. Otherwise
 * another member works on the record, and going on here as well could be a second payment URL for the order. It goes on only while the
 * topic takes what is published, too.
 */
public final class CheckStillOurs implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(CheckStillOurs.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Predicate<InFlightRecord> ours;
    private final Function<InFlightRecord, Optional<Verdict.Held>> gate;
    private final PublishLease lease;
    private final Clock clock;
    private final BridgeMetrics metrics;

    private CheckStillOurs(Predicate<InFlightRecord> ours, Function<InFlightRecord, Optional<Verdict.Held>> gate, PublishLease lease,
                           Clock clock,
                           BridgeMetrics metrics) {
        this.ours = ours;
        this.gate = gate;
        this.lease = lease;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * @param window  knows the assigned partitions
     * @param gate    knows whether the topics take what is published
     * @param lease   knows whether that knowledge is fresh
     * @param clock   wall clock
     * @param metrics counts what has to wait
     * @return lets a record be published
     */
    public static CheckStillOurs beforePublishing(InFlightWindow window, PublishGate gate, PublishLease lease, Clock clock,
                                                  BridgeMetrics metrics) {
        return new CheckStillOurs(window::stillOurs, inFlight -> mayPublish(gate, inFlight), lease, clock, metrics);
    }

    /**
     * @param window  knows the assigned partitions
     * @param gate    knows whether the topics take what is published
     * @param lease   knows whether that knowledge is fresh
     * @param clock   wall clock
     * @param metrics counts what has to wait
     * @return lets a call be made; not while the partition is being given away, so that this waits for calls under way only
     */
    public static CheckStillOurs beforeCalling(InFlightWindow window, PublishGate gate, PublishLease lease, Clock clock,
                                               BridgeMetrics metrics) {
        return new CheckStillOurs(window::mayCall, inFlight -> gate.mayCall(inFlight).map(Verdict.Held::new), lease, clock, metrics);
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        // Taken first: a process that stands still after the check must not look as if it had checked later.
        InFlight.checkedAt(exchange, clock.instant());
        if (ours.test(inFlight) && lease.valid()) {
            gate.apply(inFlight).ifPresent(held -> hold(exchange, inFlight, held));
            return;
        }
        LOG.atDebug().addKeyValue("record", inFlight).log("It is not certain that the partition is still this member's; the record waits");
        inFlight.conclude(new Verdict.Later(LOOK_AGAIN));
        metrics.retried(RetryReason.NOT_OURS);
        exchange.setRouteStop(true);
    }

    private void hold(Exchange exchange, InFlightRecord inFlight, Verdict.Held held) {
        inFlight.conclude(held);
        metrics.retried(RetryReason.TOPIC_CLOSED);
        exchange.setRouteStop(true);
    }

    /** While the topic takes records, it is a matter of whose turn it is. */
    private static Optional<Verdict.Held> mayPublish(PublishGate gate, InFlightRecord inFlight) {
        return inFlight.decision().map(PublishGate.Target::of).flatMap(target -> gate.mayPublish(target, inFlight)
            .map(wait -> new Verdict.Held(wait, gate.closedFor(target, inFlight))));
    }
}
