package org.trustpaybridge.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.deadletters.Letters.at;
import static org.trustpaybridge.delivery.Records.header;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.outbound.DeadLetterRecord;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.provider.Failure;

class DeadLetterTest {

    private static final Instant FAILED = Instant.parse("2026-11-22T10:15:30.500Z");
    private static final byte[] VALUE = {'{', 0, (byte) 0xFF};

    @Test
    void what_the_bridge_wrote_is_read_back() {
        // Given
        StoredRecord stored = asStored(at("1@17"), composed(Records.source(2, 5, "id-1", VALUE, List.of(header("x", "1")))));

        // When
        DeadLetter letter = DeadLetter.read(stored);

        // Then
        assertThat(letter.place()).hasToString("1@17");
        assertThat(letter.code()).contains(Code.GAVE_UP);
        assertThat(letter.stage()).contains("create-payment");
        assertThat(letter.message()).contains("The order kept failing");
        assertThat(letter.detail().path("http_status").asInt()).isEqualTo(503);
        assertThat(letter.orderId()).contains("id-1");
        assertThat(letter.attempts()).isZero();
        assertThat(letter.failedAt()).isEqualTo(FAILED);
        assertThat(letter.source()).hasToString("Optional[order-created-2@5]");
        assertThat(letter.replays()).isZero();
        assertThat(letter.replayOf()).isEmpty();
    }

    @Test
    void a_replayed_record_is_the_event_as_it_came_and_says_which_dead_letter_it_was() {
        // Given
        List<RecordHeader> own = List.of(header("x", "1"), header("bridge-of-ours", "mine"), header("__connect.errors.task.id", "3"),
            header("x", null), header("traceparent", "00-1"));
        StoredRecord stored = asStored(at("1@17"), composed(Records.source(2, 5, "id-1", VALUE, own)));

        // When
        OutgoingRecord replayed = Replayed.of("order-created.dlq", stored);

        // Then
        assertThat(replayed.key()).isEqualTo("id-1".getBytes());
        assertThat(replayed.value()).isSameAs(VALUE);
        assertThat(replayed.headers().subList(0, own.size())).isEqualTo(own);
        assertThat(texts(replayed.headers().subList(own.size(), replayed.headers().size())))
            .containsExactly("bridge-replay-of=order-created.dlq-1@17", "bridge-replays=1");
    }

    @Test
    void a_dead_letter_that_was_replayed_keeps_the_count_and_the_next_replay_raises_it() {
        // Given
        OutgoingRecord first = Replayed.of("order-created.dlq", asStored(at("1@17"),
            composed(Records.source(2, 5, "id-1", VALUE, List.of()))));
        StoredRecord failedAgain = asStored(at("0@3"), composed(Records.source(2, 9, "id-1", first.value(), first.headers())));

        // When
        DeadLetter letter = DeadLetter.read(failedAgain);
        OutgoingRecord second = Replayed.of("order-created.dlq", failedAgain);

        // Then
        assertThat(letter.replays()).isEqualTo(1);
        assertThat(letter.replayOf()).contains(new ReplayMark("order-created.dlq", at("1@17")));
        assertThat(texts(second.headers())).containsExactly("bridge-replay-of=order-created.dlq-0@3", "bridge-replays=2");
    }

    @Test
    void headers_that_make_no_sense_count_as_missing() {
        // Given
        StoredRecord stored = Letters.record(at("0@0"), null, null, header("bridge-error-code", "GAVE_UP\u001b[2J"),
            header("bridge-attempts", "99999999999999999999"), header("bridge-failed-at", "yesterday"), header("bridge-error-detail", "{"),
            header("__connect.errors.topic", "order-created"), header("__connect.errors.partition", "-1"),
            header("__connect.errors.offset", "x"), header("bridge-replays", "many"), header("bridge-replay-of", "17"),
            header("bridge-order-id", null));

        // When
        DeadLetter letter = DeadLetter.read(stored);

        // Then
        assertThat(letter.code()).isEmpty();
        assertThat(letter.reason()).isEqualTo("(none)");
        assertThat(letter.attempts()).isZero();
        assertThat(letter.failedAt()).isEqualTo(Letters.WRITTEN);
        assertThat(letter.detail().isMissingNode()).isTrue();
        assertThat(letter.source()).isEmpty();
        assertThat(letter.replays()).isZero();
        assertThat(letter.replayOf()).isEmpty();
        assertThat(letter.orderId()).isEmpty();
    }

    @Test
    void a_mark_names_a_topic_whose_name_has_hyphens_and_digits() {
        assertThat(ReplayMark.parse("a-7.dlq-1-12")).isEmpty();
        assertThat(ReplayMark.parse("12@345")).isEmpty();
        assertThat(ReplayMark.parse("a-7.dlq-1-12@345")).contains(new ReplayMark("a-7.dlq-1", at("12@345")));
    }

    private static OutgoingRecord composed(org.trustpaybridge.delivery.SourceRecord source) {
        Failure failure = new Failure(503, OptionalInt.empty(), "Busy", "HTTP_STATUS");
        return DeadLetterRecord.of(Records.inFlight(source),
            new Decision.DeadLetter(DeadLetterReason.afterAnswer(Code.GAVE_UP, "The order kept failing", failure), FAILED));
    }

    private static StoredRecord asStored(Place place, OutgoingRecord outgoing) {
        return new StoredRecord(place, Letters.WRITTEN, outgoing.key(), outgoing.value(), outgoing.headers());
    }

    private static Stream<String> texts(List<RecordHeader> headers) {
        return headers.stream().map(header -> header.name() + "=" + new String(header.value()));
    }
}
