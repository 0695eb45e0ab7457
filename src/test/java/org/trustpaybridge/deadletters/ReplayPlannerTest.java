package org.trustpaybridge.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.deadletters.Letters.at;
import static org.trustpaybridge.deadletters.Letters.letter;
import static org.trustpaybridge.delivery.Records.header;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.delivery.RecordHeader;

class ReplayPlannerTest {

    private static final String URL = "{\"order_id\":\"a\",\"payment_url\":\"https://pay.example/1\"}";

    private final ReplayPlanner planner = planner(Selection.ALL, false);

    @Test
    void a_dead_letter_that_nothing_is_known_of_is_replayed_into_the_partition_it_came_from() {
        // Given
        planner.letter(letter(at("1@17"), at("3@5"), "GAVE_UP", "a"));
        wholeInbound(planner);

        // When
        ReplayPlan plan = planner.plan(10);

        // Then
        assertThat(plan).isEqualTo(new ReplayPlan(1, List.of(new ReplayPlan.Letter(at("1@17"), 3)), Map.of("GAVE_UP", 1), Map.of(), 0));
    }

    @Test
    void the_inbound_topic_is_read_from_behind_the_oldest_event_of_each_partition() {
        // When
        planner.letter(letter(at("0@0"), at("3@9"), "GAVE_UP", "a"));
        planner.letter(letter(at("0@1"), at("3@5"), "GAVE_UP", "b"));
        planner.letter(letter(at("0@2"), at("1@7"), "GAVE_UP", "c"));

        // Then
        assertThat(planner.inboundFrom()).isEqualTo(Map.of(3, 6L, 1, 8L));
    }

    @Test
    void one_that_bears_its_mark_behind_the_event_was_replayed() {
        // Given
        planner.letter(letter(at("1@17"), at("3@5"), "GAVE_UP", "a"));
        wholeInbound(planner);

        // When
        planner.inbound(Letters.record(at("3@8"), "a", "{}", mark("1@17")));

        // Then
        assertThat(planner.plan(10).leftOut()).isEqualTo(Map.of(LeftOut.REPLAYED, 1));
        assertThat(planner.open()).isEmpty();
    }

    @Test
    void a_mark_before_the_event_or_in_another_partition_or_of_another_topic_is_that_of_a_topic_that_was_made_again() {
        // Given
        planner.letter(letter(at("1@17"), at("3@5"), "GAVE_UP", "a"));
        wholeInbound(planner);

        // When
        planner.inbound(Letters.record(at("3@4"), "a", "{}", mark("1@17")));
        planner.inbound(Letters.record(at("2@8"), "a", "{}", mark("1@17")));
        planner.inbound(Letters.record(at("3@8"), "a", "{}", header("bridge-replay-of", "other.dlq-1@17")));
        planner.inbound(Letters.record(at("3@9"), "a", "{}", header("bridge-replay-of", "nonsense")));

        // Then
        assertThat(planner.plan(10).letters()).hasSize(1);
    }

    @Test
    void one_whose_replay_failed_was_replayed_also_when_the_inbound_topic_has_forgotten_it() {
        // Given
        planner.letter(letter(at("1@17"), at("3@5"), "GAVE_UP", null));
        planner.letter(letter(at("0@2"), at("3@8"), "GAVE_UP", null, mark("1@17")));

        // When
        wholeInbound(planner);

        // Then
        assertThat(planner.plan(10).letters()).containsExactly(new ReplayPlan.Letter(at("0@2"), 3));
        assertThat(planner.plan(10).leftOut()).isEqualTo(Map.of(LeftOut.REPLAYED, 1));
    }

    @Test
    void a_later_dead_letter_that_was_not_asked_for_still_tells_that_the_first_was_replayed() {
        // Given
        ReplayPlanner gaveUp = planner(selection(Set.of(Code.GAVE_UP), null), false);

        // When
        gaveUp.letter(letter(at("1@17"), at("3@5"), "GAVE_UP", "a"));
        gaveUp.letter(letter(at("0@2"), at("3@8"), "PROVIDER_REJECTED", "a", mark("1@17")));
        wholeInbound(gaveUp);

        // Then
        assertThat(gaveUp.plan(10).letters()).isEmpty();
        assertThat(gaveUp.plan(10).selected()).isEqualTo(1);
    }

    @Test
    void an_order_with_a_payment_url_is_left_out() {
        // Given
        planner.letter(letter(at("0@0"), at("0@0"), "GAVE_UP", "a"));
        planner.letter(letter(at("0@1"), at("0@1"), "GAVE_UP", "b"));
        planner.letter(letter(at("0@2"), at("0@2"), "GAVE_UP", "c"));
        wholeInbound(planner);

        // When
        planner.outbound(Letters.record(at("0@0"), "a", URL));
        planner.outbound(Letters.record(at("0@1"), "b", "{\"payment_url\":null}"));
        planner.outbound(Letters.record(at("0@2"), "c", "{\"other\":{\"payment_url\":\"https://pay.example/1\"}}"));
        planner.outbound(Letters.record(at("0@3"), "c", null));
        planner.outbound(Letters.record(at("0@4"), null, URL));
        planner.outbound(Letters.record(at("0@5"), "c", "payment_url"));

        // Then
        assertThat(planner.plan(10).leftOut()).isEqualTo(Map.of(LeftOut.PUBLISHED, 1));
        assertThat(planner.open()).containsExactly(at("0@1"), at("0@2"));
    }

    @Test
    void of_the_dead_letters_of_one_order_the_newest_is_replayed() {
        // Given
        planner.letter(letter(at("0@9"), at("0@1"), "GAVE_UP", "a"));
        planner.letter(letter(at("0@3"), at("0@2"), "PROVIDER_UNCLEAR", "a"));
        planner.letter(letter(at("0@4"), at("0@3"), "INVALID_EVENT", null));
        planner.letter(letter(at("0@5"), at("0@4"), "INVALID_EVENT", null));

        // When
        wholeInbound(planner);

        // Then
        assertThat(planner.plan(10).letters()).extracting(ReplayPlan.Letter::place).containsExactly(at("0@3"), at("0@4"), at("0@5"));
        assertThat(planner.plan(10).leftOut()).isEqualTo(Map.of(LeftOut.OLDER, 1));
    }

    @Test
    void an_older_dead_letter_of_an_order_stays_left_out_when_the_newest_was_replayed() {
        // Given
        planner.letter(letter(at("0@9"), at("0@1"), "GAVE_UP", "a"));
        planner.letter(letter(at("0@3"), at("0@2"), "PROVIDER_UNCLEAR", "a"));
        wholeInbound(planner);

        // When
        planner.inbound(Letters.record(at("0@8"), "a", "{}", mark("0@3")));

        // Then
        assertThat(planner.plan(10).letters()).isEmpty();
        assertThat(planner.plan(10).leftOut()).isEqualTo(Map.of(LeftOut.REPLAYED, 1, LeftOut.OLDER, 1));
        assertThat(planner.open()).isEmpty();
    }

    @Test
    void an_event_that_was_dead_lettered_twice_is_replayed_once() {
        // When
        planner.letter(letter(at("0@9"), at("0@1"), "INVALID_EVENT", null));
        planner.letter(letter(at("1@3"), at("0@1"), "INVALID_EVENT", null));
        wholeInbound(planner);

        // Then
        assertThat(planner.plan(10).letters()).hasSize(1);
        assertThat(planner.plan(10).leftOut()).isEqualTo(Map.of(LeftOut.OLDER, 1));
    }

    @Test
    void what_the_inbound_topic_cannot_tell_is_left_out_unless_it_is_asked_for() {
        for (boolean takeUnsure : new boolean[] {false, true}) {
            // Given
            ReplayPlanner some = planner(Selection.ALL, takeUnsure);
            some.letter(letter(at("0@0"), at("0@5"), "GAVE_UP", "kept"));
            some.letter(letter(at("0@1"), at("0@4"), "GAVE_UP", "event gone, but nothing behind it"));
            some.letter(letter(at("0@2"), at("0@3"), "GAVE_UP", "gone"));
            some.letter(letter(at("0@3"), at("0@9"), "GAVE_UP", "topic made again"));
            some.letter(letter(at("0@4"), at("1@0"), "GAVE_UP", "no such partition"));

            // When
            some.inboundRange(0, 5, 9);

            // Then
            assertThat(some.plan(10).letters()).hasSize(takeUnsure ? 5 : 2);
            assertThat(some.plan(10).leftOut()).isEqualTo(takeUnsure ? Map.of() : Map.of(LeftOut.UNSURE, 3));
        }
    }

    @Test
    void an_order_that_exists_is_replayed_only_by_name() {
        DeadLetter exists = letter(at("0@0"), at("0@5"), "ORDER_EXISTS", "a");

        assertThat(plan(Selection.ALL, exists).leftOut()).isEqualTo(Map.of(LeftOut.ORDER_EXISTS, 1));
        assertThat(plan(selection(Set.of(Code.ORDER_EXISTS), null), exists).letters()).hasSize(1);
        assertThat(plan(selection(Set.of(), PlaceRanges.parse("0@0")), exists).letters()).hasSize(1);
    }

    @Test
    void what_is_not_this_bridges_dead_letter_is_never_replayed() {
        // Given
        planner.letter(DeadLetter.read(Letters.record(at("0@0"), "a", "{}", header("bridge-error-code", "GAVE_UP"))));
        planner.letter(DeadLetter.read(Letters.record(at("0@1"), "a", "{}")));
        planner.letter(DeadLetter.read(Letters.record(at("0@2"), "a", "{}", header("bridge-error-code", "GAVE_UP"),
            header("__connect.errors.topic", "elsewhere"), header("__connect.errors.partition", "0"),
            header("__connect.errors.offset", "0"))));

        // When
        wholeInbound(planner);

        // Then
        assertThat(planner.plan(10).letters()).isEmpty();
        assertThat(planner.plan(10).leftOut()).isEqualTo(Map.of(LeftOut.FOREIGN, 2, LeftOut.OTHER_TOPIC, 1));
    }

    @Test
    void a_cap_takes_the_oldest_and_says_how_many_more_there_are() {
        // Given
        planner.letter(letter(at("0@0"), at("0@3"), "GAVE_UP", "c"));
        planner.letter(letter(at("1@0"), at("0@1"), "GAVE_UP", "a"));
        planner.letter(letter(at("0@1"), at("0@2"), "GAVE_UP", "b"));
        wholeInbound(planner);

        // When
        ReplayPlan plan = planner.plan(2);

        // Then
        assertThat(plan.letters()).extracting(ReplayPlan.Letter::place).containsExactly(at("0@1"), at("1@0"));
        assertThat(plan.beyond()).isEqualTo(1);
        assertThat(plan.reasons()).isEqualTo(Map.of("GAVE_UP", 2));
    }

    private static ReplayPlan plan(Selection selection, DeadLetter letter) {
        ReplayPlanner planner = planner(selection, false);
        planner.letter(letter);
        wholeInbound(planner);
        return planner.plan(10);
    }

    private static ReplayPlanner planner(Selection selection, boolean takeUnsure) {
        return new ReplayPlanner(selection, Letters.DEAD, Letters.IN, takeUnsure);
    }

    private static void wholeInbound(ReplayPlanner planner) {
        for (int partition = 0; partition < 4; partition++) {
            planner.inboundRange(partition, 0, 100);
        }
    }

    private static Selection selection(Set<Code> reasons, PlaceRanges places) {
        return new Selection(reasons, Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.ofNullable(places));
    }

    private static RecordHeader mark(String place) {
        return header("bridge-replay-of", Letters.DEAD + "-" + place);
    }
}
