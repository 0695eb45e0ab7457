package org.trustpaybridge.route;

import java.time.Clock;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.order.ReadEvent;

/**
 * Decides for an event of which the mapping makes no order: one that is not for TrustPay is skipped, one on which the mapping fails is
 * refused. The mapping itself ran when the record was fetched, see {@link EventReader}. Without a mapping this does nothing.
 */
public final class MapEvent implements Processor {

    private final Clock clock;

    /** @param clock tells when that was seen */
    public MapEvent(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        if (inFlight.read() instanceof ReadEvent.NotForTrustPay) {
            inFlight.decide(new Decision.Skipped(clock.instant()));
        } else if (inFlight.read() instanceof ReadEvent.Unmappable unmappable) {
            inFlight.decide(new Decision.DeadLetter(DeadLetterReason.invalidEvent(unmappable.violations()), clock.instant()));
        }
        InFlight.showDecision(exchange);
    }
}
