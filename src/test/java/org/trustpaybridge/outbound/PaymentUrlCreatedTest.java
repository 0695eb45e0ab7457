package org.trustpaybridge.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.header;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderIdType;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Outcome;

class PaymentUrlCreatedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456789Z");
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String PAYMENT_URL = "https://payv2.multisafepay.com/connect/abc/?lang=cs_CZ";

    @Test
    void the_value_is_the_event() throws IOException {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(), payment(null, null, Optional.of("session-1")));

        // Then
        assertThat(JSON.readTree(event.value())).isEqualTo(JSON.readTree("""
            {"order_id":"my-order-id-1","payment_url":"https://payv2.multisafepay.com/connect/abc/?lang=cs_CZ","session_id":"session-1",
             "gateway":"TRUSTPAY","currency":"CZK","amount":1000,"created_at":"2026-11-22T10:15:30.123Z",
             "expires_at":"2026-12-22T10:15:30.123Z"}
            """));
    }

    @Test
    void the_key_is_the_order_id_whatever_the_key_of_the_input_was() {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(Records.source(0, 1, "another key"), payment(null, null, Optional.empty()));

        // Then
        assertThat(event.key()).asString(StandardCharsets.UTF_8).isEqualTo("my-order-id-1");
    }

    @Test
    void a_session_id_is_there_only_if_the_provider_gave_one() throws IOException {
        // When
        JsonNode value = JSON.readTree(PaymentUrlCreated.of(source(), payment(null, null, Optional.empty())).value());

        // Then
        assertThat(value.has("session_id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"-, -, 2026-12-22T10:15:30.123Z", "1, -, 2026-11-23T10:15:30.123Z",
        "365, -, 2027-11-22T10:15:30.123Z",
        "-, 90, 2026-11-22T10:17:00.123Z", "30, 1, 2026-11-22T10:15:31.123Z"})
    void the_page_lives_as_long_as_the_order_says_and_seconds_win(Integer days, Integer seconds, String expires) throws IOException {
        // When
        JsonNode value = JSON.readTree(PaymentUrlCreated.of(source(), payment(days, seconds, Optional.empty())).value());

        // Then
        assertThat(value.path("expires_at").textValue()).isEqualTo(expires);
    }

    @Test
    void the_headers_are_those_of_a_cloud_event_and_the_source() {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(), payment(null, null, Optional.empty()));

        // Then
        assertThat(texts(event)).containsExactly("content-type: application/json", "ce_specversion: 1.0", "ce_id: order-created-3-4711",
            "ce_source: /trustpay-bridge", "ce_type: trustpay.payment-url-created.v1", "ce_time: 2026-11-22T10:15:30.123Z",
            "ce_subject: my-order-id-1", "source-topic: order-created", "source-partition: 3", "source-offset: 4711");
    }

    @Test
    void the_same_record_gives_the_same_ce_id_again() {
        // Given
        OutgoingRecord first = PaymentUrlCreated.of(source(), payment(null, null, Optional.of("session-1")));
        Decision.PaymentUrl later = new Decision.PaymentUrl(order(null, null), new Outcome.Created("https://other.example",
            Optional.empty()), AT.plusSeconds(60));

        // When
        OutgoingRecord second = PaymentUrlCreated.of(source(), later);

        // Then
        assertThat(text(second, "ce_id")).isEqualTo(text(first, "ce_id"));
    }

    @Test
    void another_record_gives_another_ce_id() {
        // When
        List<String> ids = List.of(source(), Records.source(3, 4712, "k"), Records.source(4, 4711, "k")).stream()
            .map(source -> text(PaymentUrlCreated.of(source, payment(null, null, Optional.empty())), "ce_id")).toList();

        // Then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void trace_and_correlation_are_taken_over_and_nothing_else() {
        // Given
        SourceRecord source = source(header("traceparent", "old"), header("traceparent", TRACEPARENT), header("tracestate", "a=b"),
            header("correlation-id", "c-1"), header("ce_id", "theirs"), header("ce_type", "theirs"), header("Authorization", "secret"),
            header("kafka.OVERRIDE_TOPIC", "elsewhere"), header("content-type", "application/cloudevents+json"), header("x", null));

        // When
        OutgoingRecord event = PaymentUrlCreated.of(source, payment(null, null, Optional.empty()));

        // Then
        assertThat(texts(event)).contains("traceparent: " + TRACEPARENT, "tracestate: a=b", "correlation-id: c-1").hasSize(13);
        assertThat(event.headers()).extracting(RecordHeader::name).doesNotHaveDuplicates();
        assertThat(texts(event)).noneMatch(text -> text.contains("theirs") || text.contains("secret") || text.contains("elsewhere"));
    }

    /** The last header counts, as with others: a good one before it says nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        ""
        old
        00-1-2-01
        00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01
        00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01
        00-00000000000000000000000000000000-00f067aa0ba902b7-01
        00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01
        ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
        00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more
        00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g
        " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
        """)
    void a_traceparent_that_is_none_is_not_passed_on_and_neither_is_what_stands_beside_it(String none) {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(header("traceparent", TRACEPARENT), header("traceparent", none),
            header("tracestate", "a=b")), payment(null, null, Optional.empty()));

        // Then
        assertThat(event.headers()).extracting(RecordHeader::name).doesNotContain("traceparent", "tracestate");
    }

    @Test
    void a_tracestate_without_a_traceparent_is_not_passed_on() {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(header("tracestate", "a=b")), payment(null, null, Optional.empty()));

        // Then
        assertThat(event.headers()).extracting(RecordHeader::name).doesNotContain("tracestate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        rojo=00f067aa0ba902b7,congo=t61rcWkgMzE | true
        "t@v=1 , a/b=x y"                       | true
        no members                              | false
        a=é                                     | false
        a=                                      | false
        A=1                                     | false
        "a=b\nX-Evil: 1"                        | false
        """)
    void a_tracestate_is_passed_on_if_it_is_one(String state, boolean passes) {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(header("traceparent", TRACEPARENT), header("tracestate", state)),
            payment(null, null, Optional.empty()));

        // Then
        assertThat(event.headers()).extracting(RecordHeader::name).contains("traceparent");
        assertThat(texts(event).contains("tracestate: " + state)).isEqualTo(passes);
    }

    @Test
    void a_traceparent_of_a_version_to_come_is_passed_on_as_it_is() {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(header("traceparent", TRACEPARENT.replaceFirst("00", "01") + "-more")),
            payment(null, null, Optional.empty()));

        // Then
        assertThat(texts(event)).contains("traceparent: " + TRACEPARENT.replaceFirst("00", "01") + "-more");
    }

    @Test
    void a_taken_over_header_without_a_value_is_left_out() {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(header("traceparent", null)), payment(null, null, Optional.empty()));

        // Then
        assertThat(event.headers()).extracting(RecordHeader::name).doesNotContain("traceparent");
    }

    @Test
    void no_personal_data_is_in_it() {
        // When
        OutgoingRecord event = PaymentUrlCreated.of(source(), payment(null, null, Optional.empty()));

        // Then
        assertThat(new String(event.value(), StandardCharsets.UTF_8) + texts(event) + event).doesNotContain("simonsmit", "example.com");
    }

    private static SourceRecord source(RecordHeader... headers) {
        return Records.source(3, 4711, "k", new byte[] {1}, List.of(headers));
    }

    private static Decision.PaymentUrl payment(Integer days, Integer seconds, Optional<String> session) {
        return new Decision.PaymentUrl(order(days, seconds), new Outcome.Created(PAYMENT_URL, session), AT);
    }

    private static TrustPayOrder order(Integer days, Integer seconds) {
        return new TrustPayOrder(new OrderId("my-order-id-1"), OrderIdType.AUTO, new Money(1000, "CZK"), "Test", Map.of(),
            new TrustPayOrder.PaymentOptions("https://example.com/n", "https://example.com/r", "https://example.com/c", null, null),
            new TrustPayOrder.Customer("simonsmit@example.com", "cs_CZ", Map.of(), null), days, seconds, Map.of(), null, Map.of());
    }

    private static List<String> texts(OutgoingRecord event) {
        return event.headers().stream().map(header -> header.name() + ": " + new String(header.value(), StandardCharsets.UTF_8)).toList();
    }

    private static String text(OutgoingRecord event, String name) {
        return texts(event).stream().filter(text -> text.startsWith(name + ": ")).findFirst().orElseThrow();
    }
}
