package org.trustpaybridge.management;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderState;
import org.trustpaybridge.log.LogEvent;

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
            LogEvent.PROVIDER_WORKS.on(LOG).addKeyValue("orders", window.status().inFlight())
                .addKeyValue("held_s", Duration.between(heldSince, clock.instant()).toSeconds())
                .log();
            return;
        }
        heldSince = clock.instant();
        if (state instanceof ProviderState.Outage outage) {
            LogEvent.PROVIDER_OUTAGE.on(LOG).addKeyValue("cause", Failures.inShort(outage.cause())).addKeyValue("orders", window.status().inFlight())
                .log();
        } else if (state instanceof ProviderState.AccountFault fault) {
            (fault.cause().wrongAddress() ? LogEvent.WRONG_BASE_URL : LogEvent.ACCOUNT_REFUSED).on(LOG).addKeyValue("cause", Failures.inShort(fault.cause())).addKeyValue("orders", window.status().inFlight())
                .log();
        }
    }
}
