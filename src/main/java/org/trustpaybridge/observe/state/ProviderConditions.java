package org.trustpaybridge.observe.state;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.delivery.FailingOrders;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.PartitionLag;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.ProviderState;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.ReasonWords;

/**
 * Says in words for people what the provider, and orders that fail, do to the others. Counted, not assumed: what is not known is left out.
 */
public final class ProviderConditions implements Supplier<Collection<Condition>> {

    private static final int NAMED = 3;

    private final InFlightWindow window;
    private final ProviderGate gate;
    private final Supplier<Map<PartitionId, PartitionLag>> lags;
    private final Clock clock;
    private final String proxy;

    /**
     * @param window books of the records in flight
     * @param gate   knows how the provider is doing
     * @param lags   what Kafka said last of how far partitions are behind
     * @param clock  tells how long ago something was
     * @param proxy  the proxy on the way to the provider, without a login; empty where there is none
     */
    public ProviderConditions(InFlightWindow window, ProviderGate gate, Supplier<Map<PartitionId, PartitionLag>> lags, Clock clock,
                              String proxy) {
        this.proxy = proxy;
        this.window = window;
        this.gate = gate;
        this.lags = lags;
        this.clock = clock;
    }

    @Override
    public Collection<Condition> get() {
        List<Condition> found = new ArrayList<>();
        ProviderState state = gate.state();
        state.why().ifPresent(cause -> found.add(held(state, cause)));
        FailingOrders failing = gate.failingOrders();
        if (failing.manyFor(gate.silence(), clock.instant())) {
            found.add(failAlone(failing));
        }
        if (state.why().isEmpty() && window.fullOfWaiting()) {
            found.add(new Condition(Name.WAITING_FULL, "So many orders wait here that no more are fetched",
                failing.failing() + " of them fail. The others in Kafka wait until some are finished or given up. " + waiting(),
                    Optional.empty()));
        }
        Set<PartitionId> stretched = window.stretched();
        if (!stretched.isEmpty()) {
            found.add(new Condition(Name.PARTITION_HELD_UP, "A partition is not read on, since an order far back is not finished",
                stretched.stream().map(PartitionId::toString).sorted().collect(Collectors.joining(", "))
                    + ". More would have to be read again after a crash than is wise.", Optional.empty()));
        }
        return found;
    }

    private Condition held(ProviderState state, Failure cause) {
        String last = "Last answer: " + Failures.inShort(cause) + ". ";
        String rest = (state.everWorked() ? "" : "Nothing has succeeded since the start. ") + waiting();
        if (state instanceof ProviderState.Outage && cause.ofProxy()) {
            return new Condition(Name.OUTAGE, "The provider cannot be reached: " + ReasonWords.of(cause), last + "It is the proxy " + proxy
                + ", neither MultiSafepay nor the account: look at it, and at multisafepay.proxy with its user and password. Orders wait,"
                + " a few calls probe; all goes on by itself. " + rest, Optional.of(state.since()));
        }
        if (state instanceof ProviderState.Outage) {
            return new Condition(Name.OUTAGE, "The provider answers nobody",
                last + "Orders wait, a few calls probe; all goes on by itself. " + rest, Optional.of(state.since()));
        }
        String probes = "; orders wait, one call at a time probes. ";
        if (cause.wrongAddress()) {
            return new Condition(Name.WRONG_BASE_URL, "What answers at multisafepay.base-url is not MultiSafepay's API",
                last + "Put right the address, or the proxy in between" + probes + rest, Optional.of(state.since()));
        }
        boolean keyIsGood = state instanceof ProviderState.AccountFault fault && fault.keyIsGood();
        return new Condition(Name.ACCOUNT_FAULT, "The provider refuses this account", last + (keyIsGood
            ? "To a question without an order it says that key and gateway are good, so look at what is between" + probes
            : "Put right the API key, the site or the gateway" + probes) + rest, Optional.of(state.since()));
    }

    private Condition failAlone(FailingOrders failing) {
        Instant since = failing.alone().get(0).since();
        boolean byRefusal = failing.alone().stream().anyMatch(FailingOrders.Alone::byRefusal);
        String title = failing.alone().size() + " orders keep failing while "
            + (byRefusal ? "the provider takes orders" : "others succeed");
        return new Condition(Name.ORDERS_FAIL_ALONE, title,
            "Most common: " + failing.mostCommon().map(Failures::inShort).orElse("-") + ". The first ones: " + failing.alone().stream()
                .limit(NAMED)
                .map(order -> order.order().toString()).collect(Collectors.joining(", "))
                + ". They are tried again apart from the others, and given up after retry.give-up-after."
                + (byRefusal ? " No other order is there; one that has to be refused was refused as it should (TPB0211)." : ""),
                    Optional.of(since));
    }

    private String waiting() {
        WindowStatus status = window.status();
        OptionalLong inKafka = status.inKafka(lags.get());
        int here = status.inFlight();
        return (here == 1 ? "1 order waits here" : here + " orders wait here")
            + (inKafka.isPresent() ? ", " + inKafka.getAsLong() + " more in Kafka." : ".");
    }
}
