package org.trustpaybridge.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderIdType;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.payment.PaymentStanding;
import org.trustpaybridge.payment.PaymentStatus;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.PaymentReport;
import org.trustpaybridge.testkit.Schemas;

/** What is published obeys the shipped schemas, and what lacks a member that it always has does not. */
class OutgoingSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema VALUE = Schemas.of("payment-url-created");
    private static final Schema HEADERS = Schemas.of("payment-url-created-headers");
    private static final Schema LETTER = Schemas.of("dead-letter-headers");
    private static final Schema DETAIL =
        Schemas.of(Schemas.tree("dead-letter-headers").at("/properties/bridge-error-detail/contentSchema"));

    @Property(tries = 300)
    void what_is_published_for_an_order_obeys_its_schemas(@ForAll @AlphaChars @StringLength(min = 1, max = 50) String orderId,
            @ForAll @LongRange(min = 1) long amount, @ForAll @IntRange(min = 1, max = 31_536_000) int seconds,
            @ForAll boolean session, @ForAll boolean traced, @ForAll @LongRange(min = 0,
                max = 4_000_000_000L) long millis) throws IOException {
        TrustPayOrder order = new TrustPayOrder(new OrderId(orderId), OrderIdType.AUTO, new Money(amount, "CZK"), "Test", Map.of(),
            new TrustPayOrder.PaymentOptions("https://example.com/n", "https://example.com/r", "https://example.com/c", null, null),
            new TrustPayOrder.Customer("simonsmit@example.com", "cs_CZ", Map.of(), null), null, seconds, Map.of(), null, Map.of());
        List<RecordHeader> trace = !traced ? List.of() : List.of(
            header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), header("correlation-id", "c-1"));
        SourceRecord source = Records.source(3, 4711, "k", new byte[] {1}, trace);

        OutgoingRecord event = PaymentUrlCreated.of(source, new Decision.PaymentUrl(order,
            new Outcome.Created("https://pay.example/c/1", session ? Optional.of("s-1") : Optional.empty()), Instant.ofEpochMilli(millis)));

        JsonNode value = JSON.readTree(event.value());
        assertThat(Schemas.problems(VALUE, value)).isEmpty();
        assertThat(Schemas.problems(HEADERS, headers(event))).isEmpty();
        assertThat(names(value)).isSubsetOf(names(Schemas.tree("payment-url-created").path("properties")));
        assertThat(names(headers(event))).isSubsetOf(names(Schemas.tree("payment-url-created-headers").path("properties")));
    }

    @Property(tries = 300)
    void what_is_published_of_a_payment_obeys_its_schemas(@ForAll @AlphaChars @StringLength(min = 1, max = 50) String orderId,
            @ForAll PaymentStatus status, @ForAll boolean known, @ForAll boolean full,
                @ForAll @LongRange(min = 0) long amount) throws IOException {
        PaymentReport report = new PaymentReport(new OrderId(orderId), known ? status.word() : "on_the_moon", full
            ? Optional.of("completed")
            : Optional.empty(), full ? OptionalLong.of(amount) : OptionalLong.empty(), full ? Optional.of("CZK") : Optional.empty(),
            full ? OptionalLong.of(amount) : OptionalLong.empty(), full ? Optional.of("4000000000000001") : Optional.empty(),
            full ? Optional.of("TRUSTPAY") : Optional.empty());
        PaymentStanding before = full ? new PaymentStanding(Optional.of(status), Optional.empty(), 0, 0, Instant.EPOCH)
            : PaymentStanding.NONE;

        OutgoingRecord event = PaymentStatusChanged.of(report, before, PaymentStatusChanged.Source.NOTIFICATION,
            Instant.ofEpochSecond(1_700_000_000));

        assertThat(Schemas.problems(Schemas.of("payment-status-changed"), JSON.readTree(event.value()))).isEmpty();
        assertThat(Schemas.problems(Schemas.of("payment-status-changed-headers"), headers(event))).isEmpty();
        assertThat(names(JSON.readTree(event.value()))).isSubsetOf(names(Schemas.tree("payment-status-changed").path("properties")));
        assertThat(names(headers(event))).containsExactlyInAnyOrderElementsOf(names(Schemas.tree("payment-status-changed-headers")
            .path("properties")));
        assertThat(JSON.readTree(event.value()).path("status_known").booleanValue()).isEqualTo(known);
    }

    @Property(tries = 300)
    void the_headers_of_a_dead_letter_obey_their_schema(@ForAll Code code, @ForAll @NotBlank String words,
        @ForAll @IntRange(max = 599) int status,
            @ForAll boolean coded, @ForAll @IntRange(min = 1, max = 400) int count, @ForAll boolean keyed) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            violations.add(new Violation("field" + i, words));
        }
        DeadLetterReason reason = code == Code.INVALID_EVENT ? DeadLetterReason.invalidEvent(violations)
            : DeadLetterReason.afterAnswer(code, words, new Failure(status, coded ? OptionalInt.of(1006) : OptionalInt.empty(), words,
                "TIMED_OUT"));

        OutgoingRecord letter = DeadLetterRecord.of(Records.inFlight(Records.source(3, 4711, keyed ? "o-1" : null, new byte[] {'{'},
            List.of())),
            new Decision.DeadLetter(reason, Instant.now()));

        ObjectNode headers = headers(letter);
        assertThat(Schemas.problems(LETTER, headers)).isEmpty();
        assertThat(Schemas.problems(DETAIL, headers.get("bridge-error-detail").textValue())).isEmpty();
        assertThat(names(headers)).isSubsetOf(names(Schemas.tree("dead-letter-headers").path("properties")));
        assertThat(names(JSON.readTree(headers.get("bridge-error-detail").textValue())))
            .isSubsetOf(names(Schemas.tree("dead-letter-headers").at("/properties/bridge-error-detail/contentSchema/properties")));
    }

    @Example
    void every_code_of_a_dead_letter_is_in_the_schema_and_no_other() {
        List<String> codes = new ArrayList<>();
        Schemas.tree("dead-letter-headers").at("/properties/bridge-error-code/enum").forEach(code -> codes.add(code.textValue()));

        assertThat(codes).containsExactlyInAnyOrderElementsOf(Stream.of(Code.values()).map(Code::name).toList());
    }

    @Example
    void an_example_obeys_its_schema_and_without_any_member_that_is_always_there_it_does_not() {
        for (String name : List.of("order-created", "payment-url-created", "payment-url-created-headers", "dead-letter-headers",
            "payment-status-changed", "payment-status-changed-headers")) {
            JsonNode schema = Schemas.tree(name);
            ObjectNode example = (ObjectNode) schema.path("examples").get(0);
            assertThat(Schemas.problems(Schemas.of(schema), example)).as(name).isEmpty();
            assertThat(schema.path("required")).isNotEmpty();
            schema.path("required").forEach(member -> {
                assertThat(Schemas.problems(Schemas.of(schema), example.deepCopy().without(member.textValue()))).as(name + " " + member)
                    .isNotEmpty();
                assertThat(Schemas.problems(Schemas.of(schema), example.deepCopy().put(member.textValue(), true))).as(name + " " + member)
                    .isNotEmpty();
            });
        }
    }

    private static ObjectNode headers(OutgoingRecord record) {
        ObjectNode headers = JSON.createObjectNode();
        record.headers().forEach(header -> headers.put(header.name(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static RecordHeader header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
