package org.trustpaybridge.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trustpaybridge.deadletters.Letters.at;
import static org.trustpaybridge.delivery.Records.header;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.delivery.DeadLetterReason.Code;

class SelectionTest {

    /** Given up at 10:00:05. */
    private static final DeadLetter LETTER = Letters.letter(at("1@17"), at("0@5"), "GAVE_UP", "a",
        header("__connect.errors.exception.message", "The order kept failing"),
        header("bridge-error-detail", "{\"http_status\":503,\"provider_error_info\":\"Site \\u017elutá\"}"));

    @Test
    void without_conditions_every_dead_letter_is_meant_also_one_without_reason() {
        assertThat(Selection.ALL.matches(LETTER)).isTrue();
        assertThat(Selection.ALL.matches(DeadLetter.read(Letters.record(at("0@0"), null, null)))).isTrue();
    }

    @Test
    void every_condition_must_hold() {
        assertThat(selection(Set.of(Code.GAVE_UP, Code.ORDER_EXISTS), null, null, Set.of("a", "b"), "kept",
            "1@10-20").matches(LETTER)).isTrue();
        assertThat(selection(Set.of(Code.ORDER_EXISTS), null, null, Set.of(), null, null).matches(LETTER)).isFalse();
        assertThat(selection(Set.of(), null, null, Set.of("b"), null, null).matches(LETTER)).isFalse();
        assertThat(selection(Set.of(), null, null, Set.of(), null, "1@18-").matches(LETTER)).isFalse();
    }

    @Test
    void since_is_included_and_until_is_not() {
        assertThat(selection(Set.of(), "10:00:05", "10:00:06", Set.of(), null, null).matches(LETTER)).isTrue();
        assertThat(selection(Set.of(), "10:00:06", null, Set.of(), null, null).matches(LETTER)).isFalse();
        assertThat(selection(Set.of(), null, "10:00:05", Set.of(), null, null).matches(LETTER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gave_up", "kept FAILING", "503", "Žlutá"})
    void text_is_looked_for_in_reason_sentence_and_detail_whatever_its_case(String text) {
        assertThat(selection(Set.of(), null, null, Set.of(), text, null).matches(LETTER)).isTrue();
        assertThat(selection(Set.of(), null, null, Set.of(), text + "!", null).matches(LETTER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0@17, 0@17", "'0@1,0@17', 0@17", "0@17-18, 0@18", "0@17-, 0@999999999", "'1@2, 0@3-4', 0@4"})
    void places_are_single_ones_and_ranges(String text, String inside) {
        assertThat(PlaceRanges.parse(text).contain(at(inside))).isTrue();
        assertThat(PlaceRanges.parse(text).contain(at("0@16"))).isFalse();
        assertThat(PlaceRanges.parse(text).contain(at("7@17"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "0@", "@1", "0@1-2-3", "0@5-4", "0@1,", "a@1", "0@1 0@2", "-1@0", "0@99999999999999999999"})
    void what_is_no_place_is_refused_by_name(String text) {
        assertThatThrownBy(() -> PlaceRanges.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("found \"");
    }

    @Test
    void a_summary_counts_all_and_keeps_the_newest() {
        // Given
        Summary summary = new Summary(2);

        // When
        for (String each : List.of("0@4", "0@1", "0@9", "0@3")) {
            summary.add(Letters.letter(at(each), at(each), each.equals("0@1") ? "ORDER_EXISTS" : "GAVE_UP", each));
        }

        // Then
        assertThat(summary.total()).isEqualTo(4);
        assertThat(summary.counts()).containsExactly(Map.entry("GAVE_UP", 3), Map.entry("ORDER_EXISTS", 1));
        assertThat(summary.newest()).extracting(DeadLetter::place).containsExactly(at("0@9"), at("0@4"));
    }

    @Test
    void a_few_words_say_why() {
        assertThat(ReasonInShort.of(LETTER)).isEqualTo("HTTP 503 Site žlutá");
        assertThat(why("{\"violations\":[{\"field\":\"amount\"},{\"field\":\"customer.email\"},{\"field\":\"amount\"}]}"))
            .isEqualTo("amount, customer.email");
        assertThat(why("{\"http_status\":200,\"provider_error_code\":1002,\"provider_error_info\":\"Invalid currency\"}"))
            .isEqualTo("1002 Invalid currency");
        assertThat(why("{\"existing_order\":{\"known_from\":\"provider\",\"currency\":\"CZK\",\"amount\":1000}}"))
            .isEqualTo("was 1000 CZK");
        assertThat(why("{}")).isEqualTo("A sentence");
    }

    private static String why(String detail) {
        return ReasonInShort.of(Letters.letter(at("0@0"), at("0@0"), "GAVE_UP", "a", header("bridge-error-detail", detail),
            header("__connect.errors.exception.message", "A sentence")));
    }

    private static Selection selection(Set<Code> reasons, String since, String until, Set<String> ids, String text, String places) {
        return new Selection(reasons, time(since), time(until), ids, Optional.ofNullable(text),
            Optional.ofNullable(places).map(PlaceRanges::parse));
    }

    private static Optional<Instant> time(String text) {
        return Optional.ofNullable(text).map(each -> Instant.parse("2026-11-22T" + each + "Z"));
    }
}
