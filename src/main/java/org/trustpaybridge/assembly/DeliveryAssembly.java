package org.trustpaybridge.assembly;

import java.time.Clock;
import java.util.Optional;
import java.util.Random;

import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.OutcomePolicy;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.RetrySchedule;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.order.EventFormat;
import org.trustpaybridge.route.EventReader;
import org.trustpaybridge.settings.PublishingBudget;
import org.trustpaybridge.settings.Settings;

/**
 * The bookkeeping of delivery and what it remembers. Needs to be told how values are written.
 *
 * @param reader       reads the order id of an event, and maps it
 * @param schedule     when a call is repeated
 * @param gate         knows how the provider is doing
 * @param window       books of the records in flight
 * @param policy       decides what becomes of an order
 * @param lease        whether this member may publish
 * @param published    the ledger
 * @param deadLettered memory of dead letters
 * @param publishing   knows whether what is published gets into Kafka
 */
record DeliveryAssembly(EventReader reader, RetrySchedule schedule, ProviderGate gate, InFlightWindow window, OutcomePolicy policy,
                        PublishLease lease, PublishedOrders published, DeadLetteredRecords deadLettered, Publishing publishing) {

    static DeliveryAssembly of(Settings settings, Optional<EventFormat> format, Clock clock) {
        Settings.Delivery delivery = settings.delivery();
        EventReader reader = new EventReader(settings.mapping(), format);
        RetrySchedule schedule = new RetrySchedule(delivery.initialDelay(), delivery.maxDelay(), new Random());
        ProviderGate gate = new ProviderGate(new GateRules(delivery.maxDelay(),
            settings.provider().responseTimeout(), delivery.concurrency()), clock, System::nanoTime);
        InFlightWindow window = InFlightWindow.reading(WindowLimits.forConcurrency(delivery.concurrency()), reader::read, clock,
            System::nanoTime, gate);
        OutcomePolicy policy = new OutcomePolicy(schedule, delivery.giveUpAfter(), delivery.unclearAttempts(), clock, gate,
            window::tryAgainNow);
        window.notesUpTo(settings.profile().noteLength());
        PublishingBudget budget = settings.budget();
        PublishLease lease = new PublishLease(budget.lease(), budget.quarantine(), System::nanoTime);
        return new DeliveryAssembly(reader, schedule, gate, window, policy, lease, new PublishedOrders(delivery.ledgerRetention(), clock),
            new DeadLetteredRecords(), Publishing.of(settings, window, clock));
    }
}
