package org.trustpaybridge.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.ExistingOrder;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.provider.Failure;

/**
 * Composes a dead letter: the record as it came, byte for byte, with headers that say why it ended here. The {@code __connect.errors}
 * names are those that Kafka Connect gives its dead letters, so that tools which know them show ours.
 */
public final class DeadLetterRecord {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Begins the names of the headers that say where a record came from. */
    public static final String CONNECT = "__connect.errors.";
    /** Names this program in a dead letter. */
    public static final String CONNECTOR_NAME = "trustpay-bridge";
    /** Far more than a person reads, and small beside the record itself, which must still fit into the topic with its headers. */
    private static final int MAX_DETAIL = 16 * 1024;

    private static final Set<String> OWN = Set.of("bridge-error-code", "bridge-error-detail", "bridge-order-id", "bridge-attempts",
        "bridge-failed-at", CONNECT + "topic", CONNECT + "partition", CONNECT + "offset", CONNECT + "connector.name", CONNECT + "stage",
        CONNECT + "class.name", CONNECT + "exception.class.name", CONNECT + "exception.message");

    private DeadLetterRecord() {
    }

    /**
     * @param inFlight   the record
     * @param deadLetter why it ends here
     * @return the dead letter; headers of an earlier dead letter, which a replayed record still carries, are replaced
     */
    public static OutgoingRecord of(InFlightRecord inFlight, Decision.DeadLetter deadLetter) {
        SourceRecord source = inFlight.source();
        DeadLetterReason reason = deadLetter.reason();
        List<RecordHeader> headers = new ArrayList<>(source.headers());
        headers.removeIf(header -> OWN.contains(header.name()));
        headers.add(Utf8.header(CONNECT + "topic", source.topic()));
        headers.add(Utf8.header(CONNECT + "partition", Integer.toString(source.partition())));
        headers.add(Utf8.header(CONNECT + "offset", Long.toString(source.offset())));
        headers.add(Utf8.header(CONNECT + "connector.name", CONNECTOR_NAME));
        headers.add(Utf8.header(CONNECT + "stage", reason.stage()));
        headers.add(Utf8.header(CONNECT + "class.name", DeadLetterRecord.class.getName()));
        headers.add(Utf8.header(CONNECT + "exception.class.name", DeadLetterReason.class.getName() + "." + reason.code()));
        headers.add(Utf8.header(CONNECT + "exception.message", reason.message()));
        headers.add(Utf8.header("bridge-error-code", reason.code().name()));
        headers.add(Utf8.header("bridge-error-detail", detail(reason)));
        inFlight.orderId().ifPresent(id -> headers.add(Utf8.header("bridge-order-id", id.text())));
        headers.add(Utf8.header("bridge-attempts", Integer.toString(inFlight.posts())));
        headers.add(Utf8.header("bridge-failed-at", Times.iso(deadLetter.at())));
        return new OutgoingRecord(source.key(), source.value(), headers);
    }

    private static String detail(DeadLetterReason reason) {
        ObjectNode detail = JSON.createObjectNode();
        reason.failure().ifPresent(failure -> describe(detail, failure));
        if (reason.code() == DeadLetterReason.Code.INVALID_EVENT) {
            describe(detail, reason.violations());
        }
        if (reason.known() != null) {
            describe(detail.putObject("existing_order"), reason.known());
        }
        return text(detail);
    }

    private static void describe(ObjectNode detail, Failure failure) {
        if (failure.httpStatus() > 0) {
            detail.put("http_status", failure.httpStatus());
        }
        failure.providerErrorCode().ifPresent((int code) -> detail.put("provider_error_code", code));
        detail.put("provider_error_info", failure.providerErrorInfo());
    }

    private static void describe(ObjectNode detail, List<Violation> violations) {
        ArrayNode listed = detail.putArray("violations");
        int size = 0;
        for (Violation violation : violations) {
            size += violation.field().length() + violation.problem().length() + 30;
            if (size > MAX_DETAIL) {
                detail.put("violations_left_out", violations.size() - listed.size());
                return;
            }
            listed.addObject().put("field", violation.field()).put("problem", violation.problem());
        }
    }

    private static void describe(ObjectNode detail, ExistingOrder known) {
        detail.put("known_from", known.source() == ExistingOrder.Source.LEDGER ? "payment-url-created" : "provider");
        known.money().ifPresent(money -> detail.put("currency", money.currency()).put("amount", money.minorUnits()));
        known.status().ifPresent(status -> detail.put("status", status));
    }

    private static String text(ObjectNode detail) {
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
