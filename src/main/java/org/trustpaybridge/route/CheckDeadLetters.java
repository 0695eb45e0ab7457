package org.trustpaybridge.route;

import java.time.Clock;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PlacedRecord;

/**
 * Decides for a record whose dead letter is on the dead-letter topic already: it is a repeat, whatever would come of it now. That happens
 * when a process dies between publishing a dead letter and committing, and when the acknowledgement of a dead letter got lost.
 */
public final class CheckDeadLetters implements Processor {

    private final DeadLetteredRecords deadLettered;
    private final Clock clock;

    /**
     * @param deadLettered what was published
     * @param clock        tells when that was seen
     */
    public CheckDeadLetters(DeadLetteredRecords deadLettered, Clock clock) {
        this.deadLettered = deadLettered;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = InFlight.of(exchange);
        SourceRecord source = inFlight.source();
        if (!deadLettered.mayContain(source.partition(), source.offset())) {
            return;
        }
        PlacedRecord placed = new PlacedRecord(source.partition(), source.offset(), source.keyFingerprint(), source.valueFingerprint());
        if (deadLettered.contains(placed, source.timestamp())) {
            inFlight.decide(new Decision.Repeat(Decision.Repeat.Of.DEAD_LETTER, clock.instant()));
            InFlight.showDecision(exchange);
        }
    }
}
