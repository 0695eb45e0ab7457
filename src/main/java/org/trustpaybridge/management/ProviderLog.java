package org.trustpaybridge.management;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderState;

/** One line when orders cease to flow, and one when they flow again. */
public final class ProviderLog implements Consumer<ProviderState> {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderLog.class);

    private final InFlightWindow window;
    private final Clock clock;
    private Instant heldSince;

    /**
     * @param window knows how many orders wait
     * @param clock  tells how long it took
     */
    public ProviderLog(InFlightWindow window, Clock clock) {
        this.window = window;
        this.clock = clock;
        this.heldSince = clock.instant();
    }

    @Override
    public synchronized void accept(ProviderState state) {
        if (state instanceof ProviderState.Flowing) {
            LOG.atInfo().addKeyValue("orders", window.status().inFlight())
                .addKeyValue("held_s", Duration.between(heldSince, clock.instant()).toSeconds())
                .log("The provider works again, orders flow");
            return;
        }
        heldSince = clock.instant();
        if (state instanceof ProviderState.Outage outage) {
            LOG.atWarn().addKeyValue("cause", Failures.inShort(outage.cause())).addKeyValue("orders", window.status().inFlight())
                .log("The provider answers nobody: orders wait in Kafka, a few calls probe");
        } else if (state instanceof ProviderState.AccountFault fault) {
            LOG.atError().addKeyValue("cause", Failures.inShort(fault.cause())).addKeyValue("orders", window.status().inFlight())
                .log("The provider refuses this account: orders wait in Kafka until the API key, the site or the gateway is put right");
        }
    }
}
