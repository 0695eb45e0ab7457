package org.trustpaybridge.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.observe.activity.RecentActivity;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.Reason;

class BridgeMetricsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final BridgeMetrics metrics = new BridgeMetrics(registry, new RecentActivity(Clock.fixed(NOW, ZoneOffset.UTC)),
        Clock.fixed(NOW, ZoneOffset.UTC), nanos::get);

    @Test
    void counters_of_every_outcome_are_there_with_0_before_the_first_record() {
        assertThat(registry.find("trustpay.bridge.records.finished").counters()).hasSize(8).allMatch(counter -> counter.count() == 0);
        assertThat(registry.find("trustpay.bridge.retries").counters()).hasSize(Reason.values().length + RetryReason.values().length);
    }

    @Test
    void an_error_code_that_nobody_knows_makes_no_series_of_its_own() {
        // When
        for (int code = 100; code < 1100; code++) {
            post(new Outcome.Unclear(failure(200, OptionalInt.of(code), Reason.ERROR_CODE)), 200);
        }
        post(new Outcome.Unclear(failure(200, OptionalInt.empty(), Reason.ERROR_CODE)), 200);

        // Then
        List<String> codes = labelValues("trustpay.bridge.provider.failures", "provider_error_code");
        assertThat(codes).contains("other", "1001", "1032").doesNotContain("100", "999", "1009", "none").hasSizeLessThan(40);
        assertThat(registry.get("trustpay.bridge.provider.failures").tag("provider_error_code", "other").counter().count())
            .isGreaterThan(900);
    }

    @Test
    void an_http_status_that_nobody_knows_makes_no_series_of_its_own() {
        // When
        for (int status = 0; status < 1000; status++) {
            post(new Outcome.Transient(failure(status, OptionalInt.empty(), Reason.HTTP_STATUS), Optional.empty(), false), status);
        }

        // Then
        assertThat(labelValues("trustpay.bridge.provider.failures", "http_status")).contains("other", "503").doesNotContain("599", "199")
            .hasSizeLessThan(40);
        assertThat(labelValues("trustpay.bridge.provider.calls", "status"))
            .containsExactlyInAnyOrder("none", "2xx", "3xx", "4xx", "5xx", "other");
    }

    @Test
    void a_call_takes_from_its_beginning_to_its_judgement() {
        // Given
        InFlightRecord inFlight = record(NOW);

        // When
        metrics.begins(inFlight);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(120));
        metrics.posted(inFlight, created(), 200);

        // Then
        Timer timer = registry.get("trustpay.bridge.provider.calls").tags("call", "create", "outcome", "CREATED", "status", "2xx").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(120);
    }

    @Test
    void latency_counts_from_the_time_of_the_input_record() {
        // When
        metrics.finished(record(NOW.minusSeconds(3)), deadLetter());

        // Then
        assertThat(latency("dead-letter").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(registry.get("trustpay.bridge.records.finished").tag("code", "INVALID_EVENT").counter().count()).isEqualTo(1);
    }

    @Test
    void a_record_from_the_future_took_no_time_and_one_without_a_time_is_left_out_of_latency() {
        // When
        metrics.finished(record(NOW.plusSeconds(60)), deadLetter());
        metrics.finished(record(Instant.ofEpochMilli(-1)), deadLetter());

        // Then
        assertThat(latency("dead-letter").count()).isEqualTo(1);
        assertThat(latency("dead-letter").totalTime(TimeUnit.SECONDS)).isZero();
        assertThat(registry.get("trustpay.bridge.records.finished").tag("code", "INVALID_EVENT").counter().count()).isEqualTo(2);
    }

    @Test
    void a_value_outside_of_the_closed_set_of_its_label_is_a_defect() {
        assertThatThrownBy(() -> Meters.counter(registry, Metric.RETRIES, "order-4711"))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no value of the label reason");
    }

    private void post(Outcome outcome, int status) {
        InFlightRecord inFlight = record(NOW);
        metrics.begins(inFlight);
        metrics.posted(inFlight, outcome, status);
    }

    private Timer latency(String outcome) {
        return registry.get("trustpay.bridge.record.latency").tag("outcome", outcome).timer();
    }

    private List<String> labelValues(String meter, String label) {
        return registry.find(meter).meters().stream().map(Meter::getId).map(id -> id.getTag(label)).distinct().toList();
    }

    private static Failure failure(int status, OptionalInt code, Reason reason) {
        return new Failure(status, code, "", reason.name());
    }

    private static Outcome.Created created() {
        return new Outcome.Created("https://payv2.multisafepay.com/connect/x/", Optional.empty());
    }

    private static Decision.DeadLetter deadLetter() {
        return new Decision.DeadLetter(DeadLetterReason.invalidEvent(List.of(new Violation("amount", "missing"))), NOW);
    }

    private static InFlightRecord record(Instant timestamp) {
        InFlightWindow window = new InFlightWindow(WindowLimits.forConcurrency(1), source -> Optional.empty(), Clock.systemUTC(), () -> 0,
            new ProviderGate(new GateRules(Duration.ofSeconds(1), Duration.ofSeconds(30), 8), Clock.systemUTC(), () -> 0));
        window.assign(new PartitionId("order-created", 0));
        window.open(new SourceRecord("order-created", 0, 0, timestamp, null, null, List.of()));
        return window.takeReady().get(0);
    }
}
