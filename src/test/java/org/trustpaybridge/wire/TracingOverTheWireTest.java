package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.simulator.ReceivedRequest;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.ReceivedRecord;

/** With tracing on, and an SDK that keeps the spans in memory. */
class TracingOverTheWireTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        GlobalOpenTelemetry.resetForTest();
        GlobalOpenTelemetry.set(OpenTelemetrySdk.builder().setTracerProvider(
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(SPANS)).build()).build());
        rig = new WireRig(Map.of("TRACING_ENABLED", "true"));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        GlobalOpenTelemetry.resetForTest();
    }

    @BeforeEach
    void forget() {
        SPANS.reset();
    }

    @Test
    void the_trace_of_the_record_goes_on_over_the_call_to_the_record_that_goes_out() {
        // When
        publish("traced");

        // Then
        ReceivedRecord url = rig.kafka.awaitRecord(WireRig.OUT, "traced");
        SpanData span = spans(1).get(0);
        String child = "00-" + TRACE + "-" + span.getSpanId() + "-01";
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(PARENT);
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code"))).isEqualTo(200);
        assertThat(rig.simulator.lastRequest("traced").orElseThrow().header("traceparent")).containsExactly(child);
        assertThat(rig.simulator.lastRequest("traced").orElseThrow().header("tracestate")).containsExactly("vendor=1");
        assertThat(url.headers("traceparent")).containsExactly(child);
        assertThat(url.headers("tracestate")).containsExactly("vendor=1");
    }

    @Test
    void each_try_has_a_span_of_its_own_and_the_one_that_succeeded_goes_on() {
        // When
        publish("sim-503x1-traced");

        // Then
        ReceivedRecord url = rig.kafka.awaitRecord(WireRig.OUT, "sim-503x1-traced");
        List<SpanData> spans = spans(2);
        assertThat(spans).extracting(SpanData::getParentSpanId).containsOnly(PARENT);
        assertThat(spans).extracting(span -> span.getStatus().getStatusCode()).containsExactly(StatusCode.ERROR, StatusCode.UNSET);
        assertThat(url.headers("traceparent")).containsExactly("00-" + TRACE + "-" + spans.get(1).getSpanId() + "-01");
    }

    @Test
    void a_call_without_an_answer_has_a_span_that_says_so() {
        // When
        publish("sim-reset-afterx1-traced");

        // Then
        rig.kafka.awaitRecord(WireRig.OUT, "sim-reset-afterx1-traced");
        assertThat(spans(2).get(0).getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("no_answer");
    }

    @Test
    void a_record_without_a_trace_begins_one_and_a_dead_letter_keeps_its_headers() {
        // When
        rig.publish("untraced", Events.order("untraced"));
        publish("sim-1001-traced");

        // Then
        assertThat(rig.kafka.awaitRecord(WireRig.OUT, "untraced").headers("traceparent")).hasSize(1);
        assertThat(rig.kafka.awaitRecord(WireRig.DEAD, "sim-1001-traced").headers("traceparent"))
            .containsExactly("00-" + TRACE + "-" + PARENT + "-01");
    }

    @Test
    void a_header_that_is_no_trace_goes_nowhere() {
        // When
        rig.publish("untrusted", Events.order("untrusted"), KafkaProbe.header("traceparent", "00-zz\r\nX-Evil: 1"),
            KafkaProbe.header("tracestate", "evil\r\nX-Evil: 1"));

        // Then
        ReceivedRecord url = rig.kafka.awaitRecord(WireRig.OUT, "untrusted");
        ReceivedRequest call = rig.simulator.lastRequest("untrusted").orElseThrow();
        SpanData span = spans(1).get(0);
        assertThat(call.header("traceparent")).singleElement().asString()
            .matches("00-" + span.getTraceId() + "-" + span.getSpanId() + "-0[13]");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(call.header("tracestate")).isEmpty();
        assertThat(call.header("X-Evil")).isEmpty();
        assertThat(url.headers("tracestate")).isEmpty();
    }

    @Test
    void no_span_holds_anything_of_a_customer() {
        // When
        publish("private");
        rig.kafka.awaitRecord(WireRig.OUT, "private");

        // Then
        assertThat(spans(1).toString()).doesNotContain("jana.novakova").doesNotContain("/connect/").doesNotContain(WireRig.API_KEY)
            .doesNotContain("shop.example.com");
    }

    private static void publish(String id) {
        rig.publish(id, Events.order(id), KafkaProbe.header("traceparent", "00-" + TRACE + "-" + PARENT + "-01"),
            KafkaProbe.header("tracestate", "vendor=1"));
    }

    private static List<SpanData> spans(int count) {
        await().until(() -> SPANS.getFinishedSpanItems().size() >= count);
        return SPANS.getFinishedSpanItems();
    }
}
