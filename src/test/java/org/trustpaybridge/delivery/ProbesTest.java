package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.P0;
import static org.trustpaybridge.delivery.Records.source;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.provider.Failure;

/** Which records the window hands out while calls are held back. */
class ProbesTest {

    private static final Failure BUSY = new Failure(503, OptionalInt.empty(), "", "HTTP_STATUS");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final AtomicLong nanos = new AtomicLong();
    private final Clock clock = Clock.fixed(Records.FETCHED, ZoneOffset.UTC);
    private final ProviderGate gate = new ProviderGate(Duration.ofSeconds(30), clock, nanos::get);
    private final InFlightWindow window = new InFlightWindow(new WindowLimits(8, 8, 1000, 1000), Records::orderId, clock, nanos::get, gate);

    @BeforeEach
    void five_orders_fail() {
        window.assign(P0);
        for (int i = 0; i < 5; i++) {
            window.open(source(0, i, "o-" + i));
        }
        Records.take(window).forEach(record -> {
            record.countPost();
            gate.failed(record, BUSY);
            later(record, Duration.ofSeconds(20 + record.source().offset()));
        });
        assertThat(gate.flowing()).isFalse();
    }

    @Test
    void a_probe_does_not_wait_for_its_record_to_be_due() {
        assertThat(Records.take(window)).isEmpty();

        pass(Duration.ofSeconds(8));

        assertThat(Records.take(window)).singleElement().extracting(record -> record.source().offset()).isEqualTo(0L);
    }

    /** Network gone: the provider does not answer, and nobody knows any more whose the partitions are. */
    @Test
    void records_that_cannot_be_called_for_are_looked_at_no_more_often_than_they_ask_for() {
        pass(Duration.ofSeconds(8));

        int passes = 0;
        int wakeUpsForNothing = 0;
        for (int millis = 0; millis < 5000; millis++) {
            boolean due = window.untilNextDue().filter(Duration::isZero).isPresent();
            List<InFlightRecord> taken = Records.take(window);
            taken.forEach(record -> later(record, LOOK_AGAIN));
            passes += taken.size();
            wakeUpsForNothing += due && taken.isEmpty() ? 1 : 0;
            pass(Duration.ofMillis(1));
        }

        assertThat(passes).as("five records for 5 s, each every 500 ms").isLessThanOrEqualTo(55);
        assertThat(wakeUpsForNothing).isLessThanOrEqualTo(10);
    }

    @Test
    void a_record_that_waits_for_kafka_alone_is_no_probe_before_its_time() {
        window.open(source(0, 5, "decided"));
        pass(Duration.ofSeconds(8));
        InFlightRecord decided = Records.take(window).get(0);
        assertThat(decided.source().offset()).isEqualTo(5);
        decided.decide(new Decision.Repeat(Decision.Repeat.Of.PAYMENT_URL, Records.FETCHED));
        later(decided, Duration.ofSeconds(1));

        assertThat(Records.take(window)).as("the next probe, as this one made no call").hasSize(1).doesNotContain(decided);
        pass(Duration.ofSeconds(1));
        assertThat(Records.take(window)).containsExactly(decided);
    }

    private void later(InFlightRecord record, Duration delay) {
        record.conclude(new Verdict.Later(delay));
        window.passEnded(record, Duration.ofSeconds(9));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
