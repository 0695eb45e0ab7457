package org.trustpaybridge.observe.tracing;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.delivery.TraceContext;

/**
 * Spans of the POSTs. Each continues the trace of its input record, so that somebody who looks at the trace of an order sees the call
 * between the event that came in and the one that went out. Names and attributes are those of OpenTelemetry's conventions for HTTP clients;
 * nothing of the order is among them.
 *
 * <p>Where the spans go is decided by whoever brings the SDK: without one, they go nowhere.
 */
public final class PostSpans {

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<SourceRecord> HEADERS = new TextMapGetter<>() {
        /** Deprecated, and still to be there. */
        @Override
        @SuppressWarnings("deprecation")
        public Iterable<String> keys(SourceRecord source) {
            return source.headers().stream().map(header -> header.name()).toList();
        }

        @Override
        public String get(SourceRecord source, String name) {
            return source == null ? null : source.headerText(name).orElse(null);
        }
    };

    private final Tracer tracer;
    private final URI provider;

    /**
     * @param telemetry where spans go
     * @param provider  base URL of the provider, for its host and port
     */
    public PostSpans(OpenTelemetry telemetry, URI provider) {
        this.tracer = telemetry.getTracer("org.trustpaybridge");
        this.provider = provider;
    }

    /** @return whether anybody takes spans; a tracer without an SDK gives none of its own */
    public boolean taken() {
        // Never ended, so that it is sent nowhere.
        return tracer.spanBuilder("start").setNoParent().startSpan().getSpanContext().isValid();
    }

    /**
     * @param inFlight the record whose order is posted
     * @return the span of the call, which begins now
     */
    public Span begin(InFlightRecord inFlight) {
        SourceRecord source = inFlight.source();
        SpanBuilder span = tracer.spanBuilder("POST").setSpanKind(SpanKind.CLIENT)
            .setParent(W3C.extract(Context.root(), source, HEADERS))
            .setAttribute("http.request.method", "POST")
            .setAttribute("server.address", provider.getHost())
            .setAttribute("server.port", port())
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.destination.name", source.topic())
            .setAttribute("messaging.destination.partition.id", Integer.toString(source.partition()))
            .setAttribute("messaging.kafka.offset", source.offset());
        if (inFlight.posts() > 1) {
            span.setAttribute("http.request.resend_count", (long) inFlight.posts() - 1);
        }
        return span.startSpan();
    }

    private long port() {
        return provider.getPort() >= 0 ? provider.getPort() : "http".equals(provider.getScheme()) ? 80 : 443;
    }

    /**
     * @param span a span
     * @return its place in the trace; empty when nobody takes it
     */
    public static Optional<TraceContext> contextOf(Span span) {
        Map<String, String> fields = new HashMap<>();
        W3C.inject(span.storeInContext(Context.root()), fields, Map::put);
        return Optional.ofNullable(fields.get("traceparent")).map(parent -> new TraceContext(parent,
            Optional.ofNullable(fields.get("tracestate"))));
    }

    /**
     * @param span       a span that was begun
     * @param httpStatus status of the answer; 0 without one
     * @param created    whether the answer was a payment URL
     */
    public static void end(Span span, int httpStatus, boolean created) {
        if (httpStatus > 0) {
            span.setAttribute("http.response.status_code", (long) httpStatus);
        }
        if (!created) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", httpStatus > 0 ? Integer.toString(httpStatus) : "no_answer");
        }
        span.end();
    }
}
