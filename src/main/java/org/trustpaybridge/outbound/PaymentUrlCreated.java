package org.trustpaybridge.outbound;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.Form;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.delivery.TraceContext;
import org.trustpaybridge.order.TrustPayOrder;

/** Composes the event that an order's payment URL was created. */
public final class PaymentUrlCreated {

    /** Name of the header that says of what type an event is. */
    public static final String TYPE_HEADER = "ce_type";
    /** The type of these events, UTF-8 in the header. */
    public static final String EVENT_TYPE = "trustpay.payment-url-created.v1";

    private static final String EVENT_SOURCE = "/trustpay-bridge";
    /** What MultiSafepay takes when an order names no life of its payment page. */
    private static final Duration DEFAULT_LIFE = Duration.ofDays(30);

    private PaymentUrlCreated() {
    }

    /**
     * @param source  the record that the order came from
     * @param payment what became of it
     * @return the event; the same input gives the same {@code ce_id} again
     */
    public static OutgoingRecord of(SourceRecord source, Decision.PaymentUrl payment) {
        return of(source, payment, Optional.empty());
    }

    /**
     * @param source  the record that the order came from
     * @param payment what became of it
     * @param trace   place in the trace that readers are told; empty: that of the record, if it has one
     * @return the event; the same input gives the same {@code ce_id} again
     */
    public static OutgoingRecord of(SourceRecord source, Decision.PaymentUrl payment, Optional<TraceContext> trace) {
        TrustPayOrder order = payment.order();
        String orderId = order.orderId().text();
        Instant createdAt = payment.at().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode value = Json.object();
        value.put("order_id", orderId);
        value.put("payment_url", payment.created().paymentUrl());
        payment.created().sessionId().ifPresent(id -> value.put("session_id", id));
        value.put("gateway", "TRUSTPAY");
        value.put("currency", order.money().currency());
        value.put("amount", order.money().minorUnits());
        String time = Times.iso(createdAt);
        value.put("created_at", time);
        value.put("expires_at", Times.iso(createdAt.plus(life(order))));
        return new OutgoingRecord(Utf8.bytes(orderId), Json.bytes(value),
            headers(source, orderId, time, trace, payment.form() == Form.WHOLE));
    }

    private static List<RecordHeader> headers(SourceRecord source, String orderId, String time, Optional<TraceContext> trace,
                                              boolean whole) {
        List<RecordHeader> headers = new ArrayList<>();
        headers.add(Utf8.header("content-type", "application/json"));
        headers.add(Utf8.header("ce_specversion", "1.0"));
        headers.add(Utf8.header("ce_id", source.topic() + "-" + source.partition() + "-" + source.offset()));
        headers.add(Utf8.header("ce_source", EVENT_SOURCE));
        headers.add(Utf8.header(TYPE_HEADER, EVENT_TYPE));
        headers.add(Utf8.header("ce_time", time));
        headers.add(Utf8.header("ce_subject", orderId));
        CopiedHeaders copied = CopiedHeaders.within(whole ? HeaderLimits.PAYMENT_URL : HeaderLimits.NOTHING, passedOn(source, trace));
        headers.addAll(copied.taken());
        headers.add(Utf8.header("source-topic", source.topic()));
        headers.add(Utf8.header("source-partition", Integer.toString(source.partition())));
        headers.add(Utf8.header("source-offset", Long.toString(source.offset())));
        copied.leftOut().ifPresent(headers::add);
        return headers;
    }

    private static List<RecordHeader> passedOn(SourceRecord source, Optional<TraceContext> trace) {
        List<RecordHeader> wanted = new ArrayList<>();
        trace.or(() -> TraceContext.of(source)).ifPresent(context -> {
            wanted.add(Utf8.header("traceparent", context.traceparent()));
            context.tracestate().ifPresent(state -> wanted.add(Utf8.header("tracestate", state)));
        });
        source.header("correlation-id").ifPresent(bytes -> wanted.add(new RecordHeader("correlation-id", bytes)));
        return wanted;
    }

    /** Seconds win over days, as they do with the provider. */
    private static Duration life(TrustPayOrder order) {
        return Optional.ofNullable(order.secondsActive()).map(Duration::ofSeconds)
            .or(() -> Optional.ofNullable(order.daysActive()).map(Duration::ofDays))
            .orElse(DEFAULT_LIFE);
    }
}
