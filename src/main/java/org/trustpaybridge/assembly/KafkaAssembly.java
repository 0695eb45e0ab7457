package org.trustpaybridge.assembly;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.kafka.BrokerWatch;
import org.trustpaybridge.kafka.ConsumerContext;
import org.trustpaybridge.kafka.ConsumptionSwitch;
import org.trustpaybridge.kafka.DeadLetterReader;
import org.trustpaybridge.kafka.GroupConflicts;
import org.trustpaybridge.kafka.LagWatch;
import org.trustpaybridge.kafka.LedgerReader;
import org.trustpaybridge.kafka.Membership;
import org.trustpaybridge.kafka.OpenTransactions;
import org.trustpaybridge.kafka.OrderKafkaClientFactory;
import org.trustpaybridge.kafka.Originals;
import org.trustpaybridge.kafka.Polling;
import org.trustpaybridge.kafka.PositionCounts;
import org.trustpaybridge.kafka.Positions;
import org.trustpaybridge.kafka.PublishedBefore;
import org.trustpaybridge.kafka.ReadBack;
import org.trustpaybridge.kafka.ReadingFaults;
import org.trustpaybridge.kafka.ScreenConditions;
import org.trustpaybridge.kafka.StatusReader;
import org.trustpaybridge.ledger.PaymentStandings;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;

/**
 * What reads Kafka beside Camel's own consumer. Needs the books of {@link DeliveryAssembly} and somebody who counts.
 *
 * @param consumers    what a consumer of orders works with
 * @param ledger       reads the outbound topic
 * @param lagWatch     asks where partitions end
 * @param transactions those that stay open
 * @param statuses     changes of payments' statuses that were published; empty: they are not
 */
record KafkaAssembly(ConsumerContext consumers, LedgerReader ledger, LagWatch lagWatch, OpenTransactions transactions,
                     Optional<Statuses> statuses) {

    /** What the polling thread may take between two polls beside waiting for records in flight. */
    private static final Duration BUSY_BESIDES = Duration.ofSeconds(10);

    private static final Duration STARTING = Duration.ofMinutes(1);

    static KafkaAssembly of(Settings settings, DeliveryAssembly delivery, PositionCounts counts, Ending ending, Clock clock) {
        Duration retention = settings.delivery().ledgerRetention();
        String orders = settings.text(Setting.TOPIC_ORDER_CREATED);
        OpenTransactions transactions = new OpenTransactions(clock);
        LedgerReader ledger = new LedgerReader(settings.text(Setting.TOPIC_PAYMENT_URL_CREATED), delivery.published(), transactions, clock,
            Lifeline.to(ending));
        PublishedBefore publishedBefore = new PublishedBefore(ledger, new DeadLetterReader(settings.text(Setting.TOPIC_DEAD_LETTER), orders,
            retention, delivery.deadLettered(), transactions, clock, Lifeline.to(ending)));
        BrokerWatch brokerWatch = new BrokerWatch(settings.text(Setting.KAFKA_BROKERS), settings.budget().silence(), clock);
        Polling polling = new Polling(new ReadingFaults(clock), new GroupConflicts(clock), new Membership(clock),
            new ScreenConditions(clock), Lifeline.to(ending));
        Positions positions = new Positions(orders, StartFrom.parse(settings.text(Setting.KAFKA_START_FROM)).orElse(StartFrom.UNSAID),
            retention,
            delivery.window().standings(), new ReadBack(publishedBefore, delivery.published(), delivery.deadLettered(),
            delivery.reader()::orderIdOf), counts, polling.faults(), Lifeline.to(ending), began(clock), clock);
        LagWatch lagWatch = new LagWatch(() -> polling.faults().orThoseBeforeTheFailure(
            delivery.window().status().partitions().stream().map(WindowStatus.Partition::id).toList()), transactions, Lifeline.to(ending));
        return new KafkaAssembly(new ConsumerContext(delivery.window(), publishedBefore, positions, delivery.lease(),
            new ConsumptionSwitch(),
            brokerWatch, drain(settings), polling, new Originals()), ledger, lagWatch, transactions,
            settings.notifications().map(on -> Statuses.of(settings, transactions, ending, clock)));
    }

    OrderKafkaClientFactory clientFactory() {
        return new OrderKafkaClientFactory(consumers, lagWatch, statuses.map(Statuses::reader));
    }

    /** How long the polling thread may be busy with something else. */
    static Duration busy(Settings settings) {
        return drain(settings).plus(BUSY_BESIDES);
    }

    void close() {
        consumers.positions().close();
        consumers.publishedBefore().close();
        consumers.originals().close();
        lagWatch.close();
        statuses.ifPresent(each -> each.reader().close());
    }

    /**
     * Changes of payments' statuses that were published.
     *
     * @param standings how each payment stands by them
     * @param reader    reads them
     */
    record Statuses(PaymentStandings standings, StatusReader reader) {

        static Statuses of(Settings settings, OpenTransactions transactions, Ending ending, Clock clock) {
            PaymentStandings standings = new PaymentStandings();
            return new Statuses(standings, new StatusReader(settings.text(Setting.TOPIC_PAYMENT_STATUS_CHANGED), standings, transactions,
                clock,
                Lifeline.to(ending)));
        }
    }

    /** How long records in flight may take to finish. */
    private static Duration drain(Settings settings) {
        return settings.provider().responseTimeout().plus(settings.budget().drain());
    }

    /** Of the whole process where it has just started, since that takes a few seconds. */
    private static Instant began(Clock clock) {
        Instant process = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return Duration.between(process, clock.instant()).compareTo(STARTING) < 0 ? process : clock.instant();
    }
}
