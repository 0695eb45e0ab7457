package org.trustpaybridge.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.header;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.provider.Failure;

class DeadLetterRecordTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.5Z");
    private static final byte[] VALUE = {'{', 0, (byte) 0xFF};
    private static final Failure FAILURE = new Failure(200, OptionalInt.of(1006), "Invalid transaction ID", "ERROR_CODE");

    @Test
    void key_and_value_are_those_of_the_record() {
        // Given
        InFlightRecord inFlight = inFlight();

        // When
        OutgoingRecord letter = DeadLetterRecord.of(inFlight, rejected());

        // Then
        assertThat(letter.key()).isSameAs(inFlight.source().key());
        assertThat(letter.value()).isSameAs(VALUE);
    }

    @Test
    void a_record_without_key_and_value_gives_a_letter_without_them() {
        // When
        OutgoingRecord letter = DeadLetterRecord.of(Records.inFlight(Records.source(0, 0, null, null, List.of())), rejected());

        // Then
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(texts(letter)).noneMatch(text -> text.startsWith("bridge-order-id"));
    }

    @Test
    void the_headers_say_where_it_came_from_and_why_it_ended() {
        // Given
        InFlightRecord inFlight = inFlight();
        inFlight.countPost();
        inFlight.countPost();

        // When
        OutgoingRecord letter = DeadLetterRecord.of(inFlight, rejected());

        // Then
        assertThat(texts(letter)).containsExactly("__connect.errors.topic: order-created", "__connect.errors.partition: 3",
            "__connect.errors.offset: 4711", "__connect.errors.connector.name: trustpay-bridge", "__connect.errors.stage: create-payment",
            "__connect.errors.class.name: org.trustpaybridge.outbound.DeadLetterRecord",
            "__connect.errors.exception.class.name: org.trustpaybridge.delivery.DeadLetterReason.PROVIDER_REJECTED",
            "__connect.errors.exception.message: The provider refused the order", "bridge-error-code: PROVIDER_REJECTED",
            "bridge-error-detail: {\"http_status\":200,\"provider_error_code\":1006,\"provider_error_info\":\"Invalid transaction ID\"}",
            "bridge-order-id: o-1", "bridge-attempts: 2", "bridge-failed-at: 2026-11-22T10:15:30.500Z");
    }

    @Test
    void an_invalid_event_lists_all_its_violations() {
        // Given
        DeadLetterReason reason = DeadLetterReason.invalidEvent(List.of(new Violation("customer.email", "found \"nothing\""),
            new Violation("amount", "found a float, expected an integer")));

        // When
        OutgoingRecord letter = DeadLetterRecord.of(inFlight(), new Decision.DeadLetter(reason, AT));

        // Then
        assertThat(texts(letter)).contains("bridge-error-code: INVALID_EVENT", "bridge-attempts: 0", "__connect.errors.stage: map",
            "__connect.errors.exception.message: The event has 2 violations: customer.email, amount",
            "bridge-error-detail: {\"violations\":[{\"field\":\"customer.email\",\"problem\":\"found \\\"nothing\\\"\"},"
                + "{\"field\":\"amount\",\"problem\":\"found a float, expected an integer\"}]}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INVALID_EVENT")
    void without_an_answer_there_is_no_status_and_no_code(Code code) throws IOException {
        // Given
        DeadLetterReason reason = DeadLetterReason.afterAnswer(code, "m", new Failure(0, OptionalInt.empty(), "", "TIMED_OUT"));

        // When
        OutgoingRecord letter = DeadLetterRecord.of(inFlight(), new Decision.DeadLetter(reason, AT));

        // Then
        boolean saysWhy = code == Code.PROVIDER_UNCLEAR || code == Code.GAVE_UP;
        assertThat(detail(letter)).isEqualTo(JSON.readTree("{\"provider_error_info\":\"\""
            + (saysWhy ? ",\"reason\":\"TIMED_OUT\"}" : "}")));
        assertThat(texts(letter)).contains("bridge-error-code: " + code);
    }

    @Test
    void the_headers_of_the_record_come_first_and_unchanged() {
        // Given
        RecordHeader[] foreign = {header("traceparent", "00-1-2-01"), header("Twice", "1"), header("twice", "2"), header("Twice", "3"),
            header("nothing", null), new RecordHeader("bytes", new byte[] {0, (byte) 0xFF}), header("__connect.errors.task.id", "0"),
            header("BRIDGE-ERROR-CODE", "theirs")};

        // When
        OutgoingRecord letter = DeadLetterRecord.of(inFlight(foreign), rejected());

        // Then
        assertThat(letter.headers()).startsWith(foreign);
    }

    @Test
    void a_record_that_is_replayed_carries_our_headers_once_with_the_new_values() {
        // Given
        DeadLetterReason before = DeadLetterReason.invalidEvent(List.of(new Violation("amount", "missing")));
        OutgoingRecord first = DeadLetterRecord.of(inFlight(header("mine", "1"), header("mine", null)),
            new Decision.DeadLetter(before, AT));

        // When
        OutgoingRecord second = DeadLetterRecord.of(inFlight(first.headers().toArray(RecordHeader[]::new)), rejected());

        // Then
        assertThat(second.headers()).hasSameSizeAs(first.headers()).filteredOn(header -> !header.name().equals("mine"))
            .extracting(RecordHeader::name).doesNotHaveDuplicates();
        assertThat(second.headers()).filteredOn(header -> header.name().equals("mine")).hasSize(2);
        assertThat(texts(second)).contains("bridge-error-code: PROVIDER_REJECTED").doesNotContain("bridge-error-code: INVALID_EVENT");
    }

    @Test
    void a_detail_with_very_many_violations_is_bounded_and_says_how_many_are_left_out() throws IOException {
        // Given
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            violations.add(new Violation("field" + i, "found \"\u20ac\", expected nothing of the kind"));
        }

        // When
        OutgoingRecord letter = DeadLetterRecord.of(inFlight(), new Decision.DeadLetter(DeadLetterReason.invalidEvent(violations), AT));

        // Then
        JsonNode detail = detail(letter);
        assertThat(detail.path("violations").size()).isGreaterThan(100);
        assertThat(detail.path("violations_left_out").intValue()).isEqualTo(20_000 - detail.path("violations").size());
        assertThat(letter.headers()).allMatch(header -> header.value().length < 32 * 1024);
    }

    @Test
    void the_text_form_shows_nothing_of_the_record() {
        // When
        OutgoingRecord letter = DeadLetterRecord.of(inFlight(header("mine", "personal")), rejected());

        // Then
        assertThat(letter.toString() + letter.headers()).doesNotContain("personal", "o-1");
    }

    private static InFlightRecord inFlight(RecordHeader... headers) {
        return Records.inFlight(Records.source(3, 4711, "o-1", VALUE, List.of(headers)));
    }

    private static Decision.DeadLetter rejected() {
        return new Decision.DeadLetter(DeadLetterReason.afterAnswer(Code.PROVIDER_REJECTED, "The provider refused the order", FAILURE), AT);
    }

    private static JsonNode detail(OutgoingRecord letter) throws IOException {
        return JSON.readTree(letter.headers().stream().filter(header -> header.name().equals("bridge-error-detail")).findFirst()
            .orElseThrow()
            .value());
    }

    private static List<String> texts(OutgoingRecord letter) {
        return letter.headers().stream().flatMap(header -> header.value() == null ? Stream.empty()
            : Stream.of(header.name() + ": " + new String(header.value(), StandardCharsets.UTF_8))).toList();
    }
}
