package org.trustpaybridge.observe.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.FailingOrders;
import org.trustpaybridge.delivery.GateListener;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderState;
import org.trustpaybridge.log.LogEvent;

/** One line when orders cease to flow, one when they flow again, and one when many fail alone. */
public final class ProviderLog implements GateListener {

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
    public synchronized void changed(ProviderState state) {
        if (state instanceof ProviderState.Flowing flowing) {
            over(flowing).on(LOG).addKeyValue("orders", window.status().inFlight())
                .addKeyValue("held_s", Duration.between(heldSince, clock.instant()).toSeconds())
                .log();
            return;
        }
        heldSince = state.since();
        eventOf(state).on(LOG).addKeyValue("cause", state.why().map(Failures::inShort).orElse("-"))
            .addKeyValue("since", state.since().truncatedTo(ChronoUnit.SECONDS))
            .addKeyValue("orders", window.status().inFlight())
            .log();
    }

    @Override
    public void manyFailAlone(FailingOrders orders) {
        LogEvent.MANY_FAIL_ALONE.on(LOG).addKeyValue("orders", orders.alone().size())
            .addKeyValue("cause", orders.mostCommon().map(Failures::inShort).orElse("-"))
            .addKeyValue("record", orders.alone().get(0).order())
            .log();
    }

    private static LogEvent over(ProviderState.Flowing flowing) {
        return switch (flowing.because()) {
            case SUCCESS -> LogEvent.PROVIDER_WORKS;
            case NOBODY_WAITS -> LogEvent.NOBODY_WAITS;
            case ORDERS_ARE_BAD -> LogEvent.ORDERS_ARE_BAD;
        };
    }

    private static LogEvent eventOf(ProviderState state) {
        if (state instanceof ProviderState.Outage) {
            return LogEvent.PROVIDER_OUTAGE;
        }
        return state.why().filter(cause -> cause.wrongAddress()).isPresent() ? LogEvent.WRONG_BASE_URL : LogEvent.ACCOUNT_REFUSED;
    }
}
