package org.trustpaybridge.outbound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.payment.PaymentStanding;
import org.trustpaybridge.payment.PaymentStatus;
import org.trustpaybridge.provider.PaymentReport;

/** Composes the event that the status of a payment has changed. No personal data, no account number and no text of people is in it. */
public final class PaymentStatusChanged {

    /** The type of these events, UTF-8 in the header {@link PaymentUrlCreated#TYPE_HEADER}. */
    public static final String EVENT_TYPE = "trustpay.payment-status-changed.v1";

    private static final int ID_BYTES = 16;

    /** How the bridge came to know of it. */
    public enum Source {
        /** MultiSafepay told, and signed it. */
        NOTIFICATION("notification"),
        /** MultiSafepay was asked, after somebody hinted that there is news. */
        LOOK_UP("look-up");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /** @return the word for it in events, metrics and logs */
        public String word() {
            return word;
        }
    }

    private PaymentStatusChanged() {
    }

    /**
     * @param report what MultiSafepay says of the payment
     * @param before how it stood by what was published
     * @param source how the bridge came to know of it
     * @param at     when MultiSafepay said so
     * @return the event. Whoever tells the same change of the same order gives it the same {@code ce_id}
     */
    public static OutgoingRecord of(PaymentReport report, PaymentStanding before, Source source, Instant at) {
        String orderId = report.orderId().text();
        String time = Times.iso(at.truncatedTo(ChronoUnit.MILLIS));
        ObjectNode value = Json.object();
        value.put("order_id", orderId);
        value.put("status", report.status());
        value.put("status_known", PaymentStatus.of(report.status()).isPresent());
        report.financial().ifPresent(word -> value.put("financial_status", word));
        before.status().ifPresent(status -> value.put("previous_status", status.word()));
        report.amount().ifPresent(amount -> value.put("amount", amount));
        report.currency().ifPresent(currency -> value.put("currency", currency));
        report.refunded().ifPresent(amount -> value.put("amount_refunded", amount));
        report.transactionId().ifPresent(id -> value.put("transaction_id", id));
        report.method().ifPresent(method -> value.put("payment_method", method));
        value.put("source", source.word());
        value.put("changed_at", time);
        return new OutgoingRecord(Utf8.bytes(orderId), Json.bytes(value), List.of(
            Utf8.header("content-type", "application/json"),
            Utf8.header("ce_specversion", "1.0"),
            Utf8.header("ce_id", id(report)),
            Utf8.header("ce_source", "/trustpay-bridge"),
            Utf8.header(PaymentUrlCreated.TYPE_HEADER, EVENT_TYPE),
            Utf8.header("ce_time", time),
            Utf8.header("ce_subject", orderId)));
    }

    /** Of what was changed to, not of when or by whom it was heard: statuses that are known have no way back, so each comes once. */
    private static String id(PaymentReport report) {
        String change = String.join("\n", report.orderId().text(), report.status(), report.financial().orElse(""),
            report.refunded().isPresent() ? Long.toString(report.refunded().getAsLong()) : "");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(change.getBytes(StandardCharsets.UTF_8));
            return "status-" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
