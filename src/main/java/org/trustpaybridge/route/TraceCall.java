package org.trustpaybridge.route;

import java.util.Set;

import io.opentelemetry.api.trace.Span;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.tracing.PostSpans;

/**
 * Puts a span around a call, by standing in front of the steps that begin and judge it. While tracing is off it is not there at all.
 *
 * <p>The two headers of the trace go out to the provider; they are made here and not taken from the record.
 */
public final class TraceCall {

    /** Headers that go out with a call. */
    public static final Set<String> HEADERS = Set.of("traceparent", "tracestate");

    private static final Logger LOG = LoggerFactory.getLogger(TraceCall.class);
    private static final String SPAN = "bridge.span";

    private final PostSpans spans;

    /** @param spans makes the spans; if nobody takes them, a log line says so */
    public TraceCall(PostSpans spans) {
        this.spans = spans;
        if (!spans.taken()) {
            LogEvent.TRACES_GO_NOWHERE.on(LOG).log();
        }
    }

    /**
     * @param prepare the step that prepares the call
     * @return does the same, and begins a span
     */
    public Processor begins(Processor prepare) {
        return exchange -> {
            prepare.process(exchange);
            InFlightRecord inFlight = InFlight.of(exchange);
            Span span = spans.begin(inFlight);
            exchange.setProperty(SPAN, span);
            PostSpans.contextOf(span).ifPresent(context -> {
                inFlight.trace(context);
                Message call = exchange.getMessage();
                call.setHeader("traceparent", context.traceparent());
                context.tracestate().ifPresent(state -> call.setHeader("tracestate", state));
            });
        };
    }

    /**
     * @param judge the step that judges the answer, or the exception in its place
     * @return does the same, and ends the span. An answer that cannot be judged is judged once more, as a missing one
     */
    public Processor ends(Processor judge) {
        return exchange -> {
            int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
            boolean again = false;
            try {
                judge.process(exchange);
            } catch (Exception judgedAgain) {
                again = true;
                throw judgedAgain;
            } finally {
                Span span = exchange.getProperty(SPAN, Span.class);
                if (span != null && !again) {
                    PostSpans.end(span, status, InFlight.of(exchange).decision().filter(Decision.PaymentUrl.class::isInstance).isPresent());
                }
            }
        };
    }
}
