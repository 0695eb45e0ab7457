package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;

import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;

/** What a consumer works with in tests. */
final class ConsumerContexts {

    private static final Duration DAY = Duration.ofDays(1);

    private ConsumerContexts() {
    }

    /** With topics "in", "out" and "dead", of which nothing is read before the readers are started. */
    static ConsumerContext unread() {
        Clock clock = Clock.systemUTC();
        InFlightWindow window = new InFlightWindow(WindowLimits.forConcurrency(4), Records::orderId, clock, System::nanoTime,
            new ProviderGate(new GateRules(DAY, Duration.ofSeconds(30), 8), clock, System::nanoTime));
        OpenTransactions transactions = new OpenTransactions(clock);
        PublishedOrders published = new PublishedOrders(DAY, clock);
        DeadLetteredRecords deadLettered = new DeadLetteredRecords();
        PublishedBefore before = new PublishedBefore(new LedgerReader("out", published, transactions, clock, Lifeline.to(Ending.none())),
            new DeadLetterReader("dead", "in", DAY, deadLettered, transactions, clock, Lifeline.to(Ending.none())));
        Positions positions = new Positions("in", StartFrom.UNSAID, DAY, window.standings(),
            new ReadBack(before, published, deadLettered, Records::orderId), PositionCounts.none(), new ReadingFaults(clock),
            Lifeline.to(Ending.none()), clock.instant(), clock);
        return new ConsumerContext(window, before, positions, new PublishLease(DAY, DAY, System::nanoTime), new ConsumptionSwitch(),
            new BrokerWatch("the broker", Duration.ofSeconds(5), clock), Duration.ZERO,
            new Polling(new ReadingFaults(clock), new GroupConflicts(clock), new Membership(clock),
                new ScreenConditions(clock), Lifeline.to(Ending.none())), new Originals());
    }
}
