package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.trustpaybridge.order.Events.accepted;
import static org.trustpaybridge.order.Events.event;
import static org.trustpaybridge.order.Events.quoted;
import static org.trustpaybridge.order.Events.violations;
import static org.trustpaybridge.order.Events.with;

import java.time.Duration;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {

    private final OrderMapper fixing = new OrderMapper(MappingRules.standard());
    private final OrderMapper rejecting =
            new OrderMapper(Events.rules(OrderIdType.AUTO, DescriptionPolicy.REJECT, OrderDefaults.none()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "<b>Two</b> shirts"              | Two shirts
            "a < b and b > c"                | a < b and b > c
            "1 <2> 3"                        | 1 <2> 3
            "I <3 you"                       | I <3 you
            "<>"                             | <>
            "unclosed <b"                    | unclosed
            "unclosed <b and more"           | unclosed and more
            "unclosed </b"                   | unclosed
            "a <img src=x onerror=y()"       | a src=x onerror=y()
            "a <!-- b"                       | a b
            "a <?php b"                      | a b
            "a <"                            | a <
            "a </"                           | a </
            "a <<b<i"                        | a <
            "<<<b"                           | <<
            "<b<i> x"                        | x
            "a > <b"                         | a >
            "\\ud83d\\ude00<b\\ud83d\\ude00"     | \ud83d\ude00\ud83d\ude00
            "<<b>b>x"                        | x
            "<<i>script>alert(1)<</i>/script>" | alert(1)
            "<!-- note -->x<?php ?>"         | x
            "a &amp; b &lt;b&gt;"            | a & b
            "a &lt; b"                       | a < b
            "a &lt b"                        | a < b
            "a &ltb&gtb"                     | a b
            "a &amp"                         | a &
            "a &amp;amp; b"                  | a & b
            "a&amp;lt;script&amp;gt;b"       | ab
            "a &#60;script"                  | a
            "a &#x3C;b&#X3e;c"               | a c
            "a &#0000060 b"                  | a < b
            "a &#38;#60;b>c"                 | a c
            "&l<b>t;i>x"                     | x
            "&l&lt;b>t;i>x"                  | x
            "caf&eacute; &Ccaron;aj &euro;5" | café Čaj €5
            "&#1;&#128;&#150;&#0;&#x110000;" | €–\uFFFD\uFFFD
            "&NotEqualTilde;"                | ≂̸
            "R&D; a&b &copy= &ampere &#; &#x; &" | R&D; a&b &copy= &ampere &#; &#x; &
            "a&Tab;b&NewLine;c"              | a b c
            "<b a < c>x"                     | x
            "  two \\n\\t lines\\u00a0 "     | two lines
            "a\\u0000b"                      | a b
            "<\\u0000b>"                     | < b>
            """)
    void fixing_removes_tags_and_folds_white_space(String given, String fixed) {
        Mapping mapping = fixing.map(event(with("description", given)));

        assertThat(accepted(mapping).order().description()).isEqualTo(fixed);
    }

    @Test
    void each_change_is_told_without_the_text() {
        String text = "<b>S</b>hirts \n " + "x".repeat(200);

        Mapping mapping = fixing.map(event(with("description", quoted(text))));

        assertThat(accepted(mapping).warnings()).filteredOn(warning -> warning.field().equals("description")).isEqualTo(List.of(
                new Violation("description", "HTML tags were removed"),
                new Violation("description", "white space or control characters were folded into single spaces"),
                new Violation("description", "cut from 207 to 200 characters")));
    }

    @Test
    void entities_are_told_too() {
        Mapping mapping = fixing.map(event(with("description", quoted("Shirts &amp; &lt;b&gt;"))));

        assertThat(accepted(mapping).warnings()).filteredOn(warning -> warning.field().equals("description"))
                .extracting(Violation::problem).containsExactly("HTML entities were replaced by their characters", "HTML tags were removed",
                    "white space or control characters were folded into single spaces");
    }

    @Test
    void a_cut_makes_no_entity() {
        Mapping mapping = fixing.map(event(with("description", quoted("x".repeat(196) + "&ampere"))));

        assertThat(accepted(mapping).order().description()).isEqualTo("x".repeat(196) + "&");
    }

    @Test
    void cutting_counts_characters_and_splits_none() {
        String text = "\uD83D\uDE00".repeat(201);

        Mapping mapping = fixing.map(event(with("description", quoted(text))));

        assertThat(accepted(mapping).order().description()).isEqualTo("\uD83D\uDE00".repeat(200));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "<b>Two</b> shirts" | found HTML tags,
            "Two shirts <b"     | found HTML tags,
            "Two &amp; shirts"  | found HTML entities,
            "Two &#60;b"        | found HTML entities,
            "Two &lt"           | found HTML entities,
            "a\\u0000b"         | found a control character (U+0000),
            " "                 | found a string of white space only,
            ""                  | found an empty string,
            """)
    void rejecting_refuses_what_fixing_would_change(String given, String problem) {
        Mapping mapping = rejecting.map(event(with("description", given)));

        assertThat(violations(mapping)).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("description");
            assertThat(violation.problem()).startsWith(problem);
        });
    }

    @Test
    void rejecting_keeps_200_characters_and_refuses_201() {
        Mapping fits = rejecting.map(event(with("description", quoted("\uD83D\uDE00".repeat(200)))));
        Mapping tooLong = rejecting.map(event(with("description", quoted("x".repeat(201)))));

        assertThat(accepted(fits).order().description()).hasSize(400);
        assertThat(violations(tooLong)).extracting(Violation::problem)
                .containsExactly("found a text of 201 characters, expected a text of 1 to 200 characters without HTML");
    }

    @Test
    void rejecting_sends_white_space_as_it_came() {
        Mapping mapping = rejecting.map(event(with("description", "\" two\\n lines \"")));

        assertThat(accepted(mapping).order().description()).isEqualTo(" two\n lines ");
    }

    @Test
    void a_megabyte_of_nested_tags_is_read_once() {
        String text = "<".repeat(150_000) + "b>".repeat(150_000) + "< ".repeat(150_000) + ">".repeat(150_000);

        assertThatCode(() -> assertTimeout(Duration.ofSeconds(5), () -> Description.Plain.of(text))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&amp;", "&#38", "&", "<b", "<<b", "&l<b>t;", "&lt", "&#x", "&#9999", "<!--", "&amp;#"})
    void a_megabyte_of_html_is_read_a_few_times_at_most(String part) {
        String text = part.repeat(1_000_000 / part.length());
        Findings findings = new Findings();

        assertThatCode(() -> assertTimeout(Duration.ofSeconds(5), () -> Description.apply(DescriptionPolicy.FIX, text, "d", findings)))
                .doesNotThrowAnyException();
    }

    @Test
    void tags_and_entities_that_hide_in_each_other_are_gone_in_the_end() {
        String text = "<b>";
        for (int i = 0; i < 1000; i++) {
            text = "&l" + text + "t;b>";
        }

        Description.Plain plain = Description.Plain.of(text);

        assertThat(plain.text()).doesNotContain("<").doesNotContain("&");
    }

    @Property(tries = 2000)
    void fixing_twice_is_fixing_once(@ForAll("markup") String text) {
        Findings findings = new Findings();

        String once = Description.apply(DescriptionPolicy.FIX, text, "description", findings);

        if (once == null) {
            assertThat(findings.clean()).isFalse();
        } else {
            Findings again = new Findings();
            assertThat(Description.apply(DescriptionPolicy.FIX, once, "description", again)).isEqualTo(once);
            assertThat(again.changes()).isEmpty();
            assertThat(Description.apply(DescriptionPolicy.REJECT, once, "description", again)).isEqualTo(once);
        }
    }

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of("<", ">", "/", "b", "&", "&lt", "&amp", "&#60", "lt", ";", "-", "!", "?", " ", "\n", "\u0000", "\u00a0", "é",
            "\uD83D\uDE00", "word", "\uD800")
                .list().ofMaxSize(300).map(parts -> String.join("", parts));
    }
}
