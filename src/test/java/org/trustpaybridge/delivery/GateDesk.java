package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.GatewayAnswer;

/** A gate with a clock that a test moves, and calls in one line each. A call is handed out and ends at the same moment. */
final class GateDesk {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    static final Failure BUSY = new Failure(503, OptionalInt.empty(), "", "HTTP_STATUS");
    static final Failure BAD_KEY = new Failure(401, OptionalInt.of(1032), "Invalid API key", "ERROR_CODE");
    static final Failure FORBIDDEN = new Failure(403, OptionalInt.empty(), "", "HTTP_STATUS");

    final List<String> told = new ArrayList<>();
    final Clock clock = new DeskClock();
    private long nanos = Long.MAX_VALUE - Duration.ofHours(1).toNanos();
    private final long start = nanos;
    final ProviderGate gate = new ProviderGate(new GateRules(LONGEST_WAIT, Duration.ofSeconds(30), 8), clock, () -> nanos);
    private int orders;

    GateDesk() {
        gate.whenChanged(new GateListener() {
            @Override
            public void changed(ProviderState state) {
                told.add(state.name());
            }

            @Override
            public void manyFailAlone(FailingOrders found) {
                told.add(found.alone().size() + " ALONE");
            }
        });
    }

    long nanos() {
        return nanos;
    }

    Instant now() {
        return clock.instant();
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** An order that was not seen before. */
    InFlightRecord order() {
        return Records.inFlight(Records.source(0, orders, "order-" + orders++));
    }

    void succeeds(InFlightRecord order) {
        Records.handOut(order, nanos);
        gate.succeeded(order);
        pass(Duration.ofMillis(1));
    }

    void slowlySucceeds(InFlightRecord order, Duration took) {
        Records.handOut(order, nanos);
        pass(took);
        gate.succeeded(order);
    }

    OrderStanding fails(InFlightRecord order) {
        return fails(order, BUSY, false);
    }

    OrderStanding refused(InFlightRecord order) {
        return fails(order, BAD_KEY, true);
    }

    OrderStanding fails(InFlightRecord order, Failure failure, boolean refused) {
        Records.handOut(order, nanos);
        OrderStanding standing = gate.failed(order, failure, refused, Optional.empty());
        pass(Duration.ofMillis(1));
        return standing;
    }

    void differentOrdersFail(int count) {
        for (int i = 0; i < count; i++) {
            fails(order());
        }
    }

    static Optional<GatewayAnswer> says(GatewayAnswer.State state, Failure cause) {
        return Optional.of(new GatewayAnswer(state, cause));
    }

    private final class DeskClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Records.FETCHED.plusNanos(nanos - start);
        }
    }
}
