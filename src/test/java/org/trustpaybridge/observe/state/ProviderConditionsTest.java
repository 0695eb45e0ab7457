package org.trustpaybridge.observe.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.PartitionLag;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.delivery.WindowLimits;

/** What is said of orders that wait is counted, and goes away when it is no longer so. */
class ProviderConditionsTest {

    private static final PartitionId PARTITION = new PartitionId("order-created", 0);
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = Clock.fixed(Records.FETCHED, ZoneOffset.UTC);
    private final ProviderGate gate = new ProviderGate(new GateRules(Duration.ofSeconds(30), Duration.ofSeconds(30), 4), clock, nanos::get);
    private final InFlightWindow window = new InFlightWindow(new WindowLimits(8, 10, 1000, 50), Records::orderId, clock, nanos::get, gate);
    private Map<PartitionId, PartitionLag> lags = Map.of();
    private final ProviderConditions conditions = new ProviderConditions(window, gate, () -> lags, clock, "http://proxy.test:3128");
    private long offset;

    @BeforeEach
    void assign() {
        window.assign(PARTITION);
    }

    @Test
    void while_all_is_well_nothing_is_said() {
        succeed(order());

        assertThat(conditions.get()).isEmpty();
    }

    @Test
    void an_outage_says_since_when_and_how_many_orders_wait_here_and_in_kafka_as_far_as_that_is_known() {
        InFlightRecord only = order();
        fail(only, HOUR);
        pass(Duration.ofSeconds(31));
        window.retryNow();
        fail(take(), HOUR);
        assertThat(only()).satisfies(outage -> {
            assertThat(outage.name()).isEqualTo(Condition.Name.OUTAGE);
            assertThat(outage.detail()).endsWith("Nothing has succeeded since the start. 1 order waits here.");
            assertThat(outage.since()).contains(Records.FETCHED);
        });

        lags = Map.of(PARTITION, new PartitionLag(0, 8, 0));

        assertThat(only().detail()).endsWith("1 order waits here, 7 more in Kafka.");
        window.retryNow();
        succeed(take());
        assertThat(conditions.get()).isEmpty();
    }

    @Test
    void as_many_failing_orders_as_may_wait_are_told_until_one_is_finished() {
        succeed(order());
        for (int i = 0; i < 10; i++) {
            fail(order(), HOUR);
            Records.providerWorks(gate, Records.inFlight(Records.source(0, 999, "another")));
        }

        assertThat(only()).satisfies(full -> {
            assertThat(full.name()).isEqualTo(Condition.Name.WAITING_FULL);
            assertThat(full.detail()).startsWith("10 of them fail.").endsWith("10 orders wait here.");
        });
        window.retryNow();
        succeed(take());

        assertThat(conditions.get()).isEmpty();
    }

    @Test
    void a_partition_that_is_not_read_on_is_named_until_its_oldest_order_is_finished() {
        succeed(order());
        InFlightRecord old = order();
        fail(old, HOUR);
        for (int i = 0; i < 60; i++) {
            succeed(order());
        }

        assertThat(only()).satisfies(held -> {
            assertThat(held.name()).isEqualTo(Condition.Name.PARTITION_HELD_UP);
            assertThat(held.detail()).startsWith("order-created-0.");
        });
        window.retryNow();
        succeed(take());

        assertThat(conditions.get()).isEmpty();
    }

    private Condition only() {
        assertThat(conditions.get()).hasSize(1);
        return conditions.get().iterator().next();
    }

    private InFlightRecord order() {
        window.open(Records.source(0, offset, "o-" + offset++));
        return take();
    }

    private InFlightRecord take() {
        List<InFlightRecord> taken = Records.take(window);
        assertThat(taken).isNotEmpty();
        return taken.get(0);
    }

    private void fail(InFlightRecord order, Duration wait) {
        order.countPost();
        pass(Duration.ofMillis(1));
        Records.providerFails(gate, order);
        order.conclude(new Verdict.Later(wait));
        window.passEnded(order, HOUR);
        pass(Duration.ofMillis(1));
    }

    private void succeed(InFlightRecord order) {
        order.countPost();
        pass(Duration.ofMillis(1));
        Records.providerWorks(gate, order);
        order.conclude(new Verdict.Finished());
        window.passEnded(order, HOUR);
        pass(Duration.ofMillis(1));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
