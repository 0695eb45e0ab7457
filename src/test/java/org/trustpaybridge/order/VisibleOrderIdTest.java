package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleOrderIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u200b \u200d", "\u2060\ufeff", "\u3164", "\u2800\u2800", "\u00ad", "\u115f\u1160", "\ufe0f",
        "\u3000",
        "\udb40\udc41", "\udb40\udd00", "\u202e\u202c", "\u061c"})
    void an_id_of_nothing_that_can_be_seen_is_none(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderId(text)).withMessageMatching("order id: found a string .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a\u200b", "\u200b1", "\u0301e", "\u26a0\ufe0f", "日", "\ud83d\ude00"})
    void one_visible_character_is_enough(String text) {
        assertThat(new OrderId(text).text()).isEqualTo(text);
    }

    @Property(tries = 500)
    void whatever_stands_around_it(@ForAll @StringLength(max = 10) @CharRange(from = '\u2000', to = '\u200f') String before) {
        assertThat(OrderId.problem(before + "x")).isNull();
        assertThat(OrderId.problem(before)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void dots_are_no_segment_of_a_path(String text) {
        assertThat(new OrderId(text).fitsAPath()).isFalse();
        assertThat(new OrderId(text + "a").fitsAPath()).isTrue();
        assertThat(new OrderId("...").fitsAPath()).isTrue();
    }
}
