package org.trustpaybridge.outbound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.ExistingOrder;
import org.trustpaybridge.delivery.Form;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.Lookup;

/**
 * Composes a dead letter: the record as it came, byte for byte, with headers that say why it ended here. One that is too large for its
 * topic has the beginning of key and value only, and says so; see {@link Form}. The {@code __connect.errors}
 * names are those that Kafka Connect gives its dead letters, so that tools which know them show ours.
 */
public final class DeadLetterRecord {

    /** Names this program in a dead letter. */
    public static final String CONNECTOR_NAME = "trustpay-bridge";
    /** Far more than a person reads, and small beside the record itself, which must still fit into the topic with its headers. */
    private static final int MAX_DETAIL = 16 * 1024;
    private static final int MAX_DETAIL_BARE = 1024;
    /** Enough to see what kind of event it was. */
    private static final int VALUE_KEPT = 16 * 1024;
    private static final int KEY_KEPT = 1024;
    private static final int KEY_KEPT_BARE = 128;

    /** The others say all by their code and the provider's. */
    private static final Set<DeadLetterReason.Code> SAYS_WHY =
        Set.of(DeadLetterReason.Code.PROVIDER_UNCLEAR, DeadLetterReason.Code.GAVE_UP);

    private DeadLetterRecord() {
    }

    /** Of a record that is here. */
    public static OutgoingRecord of(InFlightRecord inFlight, Decision.DeadLetter deadLetter) {
        return of(inFlight, inFlight.source(), deadLetter);
    }

    /**
     * @param inFlight   the record
     * @param source     the record as it came
     * @param deadLetter why it ends here
     * @return the dead letter; headers of an earlier dead letter, which a replayed record still carries, are replaced
     */
    public static OutgoingRecord of(InFlightRecord inFlight, SourceRecord source, Decision.DeadLetter deadLetter) {
        DeadLetterReason reason = deadLetter.reason();
        Form form = source.excerpt().isPresent() && deadLetter.form() == Form.WHOLE ? Form.TRIMMED : deadLetter.form();
        CopiedHeaders copied = CopiedHeaders.within(limits(form),
            source.headers().stream().filter(header -> !DeadLetterHeaders.isReason(header.name())).toList());
        List<RecordHeader> headers = new ArrayList<>(copied.taken());
        headers.add(Utf8.header(DeadLetterHeaders.TOPIC, source.topic()));
        headers.add(Utf8.header(DeadLetterHeaders.PARTITION, Integer.toString(source.partition())));
        headers.add(Utf8.header(DeadLetterHeaders.OFFSET, Long.toString(source.offset())));
        headers.add(Utf8.header(DeadLetterHeaders.CONNECTOR_NAME, CONNECTOR_NAME));
        headers.add(Utf8.header(DeadLetterHeaders.STAGE, reason.stage()));
        headers.add(Utf8.header(DeadLetterHeaders.CLASS_NAME, DeadLetterRecord.class.getName()));
        headers.add(Utf8.header(DeadLetterHeaders.EXCEPTION_CLASS_NAME, DeadLetterReason.class.getName() + "." + reason.code()));
        headers.add(Utf8.header(DeadLetterHeaders.MESSAGE, reason.message()));
        headers.add(Utf8.header(DeadLetterHeaders.CODE, reason.code().name()));
        headers.add(Utf8.header(DeadLetterHeaders.DETAIL, detail(reason, form == Form.BARE ? MAX_DETAIL_BARE : MAX_DETAIL)));
        inFlight.orderId().ifPresent(id -> headers.add(Utf8.header(DeadLetterHeaders.ORDER_ID, id.text())));
        headers.add(Utf8.header(DeadLetterHeaders.ATTEMPTS, Integer.toString(inFlight.posts())));
        headers.add(Utf8.header(DeadLetterHeaders.FAILED_AT, Times.iso(deadLetter.at())));
        copied.leftOut().ifPresent(headers::add);
        if (form == Form.WHOLE) {
            return new OutgoingRecord(source.key(), source.value(), headers);
        }
        byte[] key = beginning(source.key(), form == Form.BARE ? KEY_KEPT_BARE : KEY_KEPT);
        byte[] value = beginning(source.value(), form == Form.BARE ? 0 : VALUE_KEPT);
        headers.add(Utf8.header(DeadLetterHeaders.TRIMMED, new Trimmed(source.keyFingerprint(), source.valueFingerprint())
            .json(source.topic(), source.partition(), source.offset(), length(key), length(value))));
        return new OutgoingRecord(key, value, headers);
    }

    private static HeaderLimits limits(Form form) {
        return switch (form) {
            case WHOLE -> HeaderLimits.DEAD_LETTER;
            case TRIMMED -> HeaderLimits.TRIMMED;
            case BARE -> HeaderLimits.NOTHING;
        };
    }

    /** Null stays null; what is cut to nothing is empty, since a record without a value would be a deletion on a compacted topic. */
    private static byte[] beginning(byte[] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static String detail(DeadLetterReason reason, int most) {
        ObjectNode detail = Json.object();
        reason.failure().ifPresent(failure -> {
            describe(detail, failure);
            if (SAYS_WHY.contains(reason.code()) && !failure.reason().isEmpty()) {
                detail.put("reason", failure.reason());
            }
            if (!failure.seen().isEmpty()) {
                detail.put("seen", failure.seen());
            }
        });
        if (reason.code() == DeadLetterReason.Code.INVALID_EVENT) {
            describe(detail, reason.violations(), most);
        }
        if (!reason.advice().isEmpty()) {
            detail.put("advice", reason.advice());
        }
        if (reason.known() != null) {
            describe(detail.putObject("existing_order"), reason.known());
        }
        return Json.text(detail);
    }

    private static void describe(ObjectNode detail, Failure failure) {
        if (failure.httpStatus() > 0) {
            detail.put("http_status", failure.httpStatus());
        }
        failure.providerErrorCode().ifPresent((int code) -> detail.put("provider_error_code", code));
        detail.put("provider_error_info", failure.providerErrorInfo());
    }

    private static void describe(ObjectNode detail, List<Violation> violations, int most) {
        ArrayNode listed = detail.putArray("violations");
        int size = 0;
        for (Violation violation : violations) {
            size += violation.field().length() + violation.problem().length() + 30;
            if (size > most) {
                detail.put("violations_left_out", violations.size() - listed.size());
                return;
            }
            listed.addObject().put("field", violation.field()).put("problem", violation.problem());
        }
    }

    private static void describe(ObjectNode detail, Lookup lookUp) {
        detail.put("result", !lookUp.asked() ? "not-made" : lookUp.inconclusive() ? "told-nothing" : lookUp.money().isPresent() ? "found"
            : "unknown");
        if (lookUp.asked()) {
            describe(detail, lookUp.cause());
        }
    }

    private static void describe(ObjectNode detail, ExistingOrder known) {
        detail.put("known_from", known.source() == ExistingOrder.Source.LEDGER ? "payment-url-created" : "provider");
        known.money().ifPresent(money -> detail.put("currency", money.currency()).put("amount", money.minorUnits()));
        known.status().ifPresent(status -> detail.put("status", status));
        known.lookUp().ifPresent(lookUp -> describe(detail.putObject("look_up"), lookUp));
    }
}
