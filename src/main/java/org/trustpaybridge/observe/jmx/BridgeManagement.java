package org.trustpaybridge.observe.jmx;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Conditions;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.kafka.ConsumptionSwitch;
import org.trustpaybridge.kafka.LedgerReader;
import org.trustpaybridge.kafka.Positions;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.state.Failures;

/** The bridge's own bean in JMX. */
public final class BridgeManagement implements BridgeManagementMXBean {

    /** Its name. */
    public static final String NAME = "org.trustpaybridge:type=Bridge";

    private static final Logger LOG = LoggerFactory.getLogger(BridgeManagement.class);

    private final Conditions conditions;
    private final InFlightWindow window;
    private final ProviderGate gate;
    private final PublishedOrders published;
    private final LedgerReader ledger;
    private final ConsumptionSwitch consumption;
    private final Positions positions;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param conditions  what is so
     * @param window      books of the records in flight
     * @param gate        knows how the provider is doing
     * @param published   the ledger
     * @param ledger      reads it
     * @param consumption the operator's switch
     * @param positions   knows of records that were deleted unread
     */
    public BridgeManagement(Conditions conditions, InFlightWindow window, ProviderGate gate, PublishedOrders published, LedgerReader ledger,
                            ConsumptionSwitch consumption, Positions positions) {
        this.conditions = conditions;
        this.window = window;
        this.gate = gate;
        this.published = published;
        this.ledger = ledger;
        this.consumption = consumption;
        this.positions = positions;
    }

    /** @throws JMException when the bean cannot be registered */
    public void register() throws JMException {
        unregister();
        ManagementFactory.getPlatformMBeanServer().registerMBean(new DescribedMBean(this, BridgeManagementMXBean.class),
            new ObjectName(NAME));
    }

    /** @throws JMException when the bean cannot be taken away */
    public void unregister() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(NAME);
        if (server.isRegistered(name)) {
            server.unregisterMBean(name);
        }
    }

    @Override
    public List<String> getConditions() {
        return conditions.now().stream().map(condition -> condition.name() + ": " + condition.inOneLine()).toList();
    }

    @Override
    public String getProviderState() {
        return gate.state().name();
    }

    @Override
    public String getProviderStateSince() {
        return gate.state().since().toString();
    }

    @Override
    public String getProviderStateReason() {
        return gate.state().why().map(Failures::inShort).orElse("");
    }

    @Override
    public int getInFlight() {
        return window.status().inFlight();
    }

    @Override
    public int getRunning() {
        return window.status().running();
    }

    @Override
    public int getWaiting() {
        return window.status().waiting();
    }

    @Override
    public int getParked() {
        return window.status().parked();
    }

    @Override
    public long getOldestInFlightMillis() {
        Instant now = clock.instant();
        return window.status().oldestFetched().map(fetched -> Duration.between(fetched, now).toMillis()).orElse(0L);
    }

    @Override
    public long getInFlightBytes() {
        return window.status().bytes();
    }

    @Override
    public long getLedgerOrders() {
        return published.size();
    }

    @Override
    public long getLedgerBytes() {
        return published.bytes();
    }

    @Override
    public boolean isLedgerComplete() {
        return ledger.complete();
    }

    @Override
    public boolean isConsumptionPaused() {
        return consumption.paused();
    }

    @Override
    public List<PartitionView> getPartitions() {
        return window.status().partitions().stream()
            .map(p -> new PartitionView(p.id().toString(), p.committed(), p.finishedUpTo(), p.position(), p.open())).toList();
    }

    @Override
    public void pauseConsumption() {
        if (consumption.pause()) {
            LogEvent.PAUSED.on(LOG).log();
        }
    }

    @Override
    public void resumeConsumption() {
        if (consumption.resume()) {
            LogEvent.RESUMED.on(LOG).log();
        }
    }

    @Override
    public void retryNow() {
        LogEvent.RETRIED_NOW.on(LOG).log();
        window.retryNow();
    }

    @Override
    public long acknowledgeDeletedRecords() {
        return positions.acknowledgeDeleted();
    }
}
