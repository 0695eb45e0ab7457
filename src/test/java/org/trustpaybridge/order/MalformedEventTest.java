package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.order.Events.accepted;
import static org.trustpaybridge.order.Events.event;
import static org.trustpaybridge.order.Events.violations;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedEventTest {

    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                            | found no content,
            ` \t `                        | found no content,
            null                          | found null,
            []                            | found an array,
            7                             | found an integer,
            "text"                        | found a string,
            true                          | found a boolean,
            {} {}                         | found more text after the JSON value (line 1,
            {}}                           | found text that is not JSON (line 1,
            {"amount":NaN}                | found text that is not JSON (line 1,
            {"amount":-Infinity}          | found text that is not JSON (line 1,
            {"amount":01}                 | found text that is not JSON (line 1,
            {"amount":+1}                 | found text that is not JSON (line 1,
            {"a":1,}                      | found text that is not JSON (line 1,
            {'a':1}                       | found text that is not JSON (line 1,
            {a:1}                         | found text that is not JSON (line 1,
            {"a":1} // comment            | found text that is not JSON (line 1,
            /* comment */ {}              | found text that is not JSON (line 1,
            {"a":"\\x"}                   | found text that is not JSON (line 1,
            {"a":"\\u12                   | found
            {"a":"b                       | found JSON that ends too early (line 1,
            {"a"                          | found JSON that ends too early (line 1,
            {"order_id":                  | found JSON that ends too early (line 1,
            hello                         | found text that is not JSON (line 1,
            """)
    void what_is_not_one_json_object_is_one_violation(String value, String problem) {
        Mapping mapping = mapper.map(event(value));

        assertThat(violations(mapping)).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("$");
            assertThat(violation.problem()).startsWith(problem);
        });
    }

    @Test
    void a_record_without_a_value_is_refused() {
        Mapping mapping = mapper.map(new IncomingEvent(null, Map.of()));

        assertThat(violations(mapping)).containsExactly(new Violation("$", "found no value, expected an order as JSON"));
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_by_position() {
        byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        Mapping mapping = mapper.map(new IncomingEvent(latin1, Map.of()));

        assertThat(violations(mapping)).containsExactly(
                new Violation("$", "found bytes that are not UTF-8 (at byte 6), expected one JSON object in UTF-8"));
    }

    @Test
    void a_value_that_ends_within_a_character_is_refused() {
        byte[] whole = "{\"a\":\"é".getBytes(StandardCharsets.UTF_8);

        Mapping mapping = mapper.map(new IncomingEvent(Arrays.copyOf(whole, whole.length - 1), Map.of()));

        assertThat(violations(mapping)).singleElement().extracting(Violation::problem).asString().startsWith("found bytes that are not");
    }

    @Test
    void a_byte_order_mark_is_refused_but_the_order_is_named() {
        Mapping mapping = mapper.map(event("\uFEFF" + Events.SAMPLE));

        assertThat(violations(mapping)).containsExactly(
                new Violation("$", "found a byte order mark, expected one JSON object in UTF-8 without one"));
        assertThat(((Mapping.Refused) mapping).orderId()).contains(new OrderId("my-order-id-1"));
    }

    @Test
    void a_control_character_in_a_string_is_not_json() {
        Mapping mapping = mapper.map(event("{\"a\":\"\u0000\"}"));

        assertThat(violations(mapping)).singleElement().extracting(Violation::problem).asString().startsWith("found text that is not JSON");
    }

    @Test
    void a_value_of_one_mebibyte_is_read_and_one_byte_more_is_not() {
        String padding = " ".repeat(IncomingEvent.MAX_BYTES - Events.SAMPLE.length());

        Mapping fits = mapper.map(event(Events.SAMPLE + padding));
        Mapping tooLarge = mapper.map(event(Events.SAMPLE + padding + " "));

        assertThat(accepted(fits).orderId()).isEqualTo(new OrderId("my-order-id-1"));
        assertThat(violations(tooLarge)).containsExactly(new Violation("$", "found 1048577 bytes, expected at most 1048576"));
    }

    @ParameterizedTest
    @CsvSource({"[,]", "'{\"a\":',}"})
    void nesting_may_be_64_deep_and_no_deeper(String open, String close) {
        String fits = "{\"x\":" + open.repeat(63) + (open.equals("[") ? "" : "1") + close.repeat(63) + "," + Events.SAMPLE.substring(1);
        String tooDeep = "{\"x\":" + open.repeat(64) + (open.equals("[") ? "" : "1") + close.repeat(64) + "," + Events.SAMPLE.substring(1);

        Mapping good = mapper.map(event(fits));
        Mapping bad = mapper.map(event(tooDeep));

        assertThat(accepted(good).orderId()).isEqualTo(new OrderId("my-order-id-1"));
        assertThat(violations(bad)).singleElement().extracting(Violation::problem).asString().startsWith("found nesting deeper than 64 (");
    }

    @Test
    void half_a_megabyte_of_brackets_is_refused() {
        Mapping mapping = mapper.map(event("[".repeat(500_000)));

        assertThat(violations(mapping)).hasSize(1);
    }

    @Test
    void a_number_of_a_hundred_thousand_digits_is_refused() {
        Mapping mapping = mapper.map(event(Events.SAMPLE.replace("1000", "9".repeat(100_000))));

        assertThat(violations(mapping)).hasSize(1);
    }

    @Test
    void a_member_that_appears_twice_is_named_at_every_depth() {
        Mapping mapping = mapper.map(event(Events.SAMPLE.replace("\"amount\":1000", "\"amount\":1000,\"amount\":2000")
                .replace("\"locale\"", "\"email\":\"other@example.com\",\"locale\"")
                .replaceFirst("\\{", "{\"jane.doe@example.com\":[{\"email\":1,\"email\":2}],")));

        assertThat(violations(mapping)).extracting(Violation::field).containsExactly("$", "amount", "customer.email");
        assertThat(violations(mapping)).extracting(Violation::problem)
                .allMatch(problem -> problem.startsWith("found a member that appears again in its object (line "));
    }

    @Test
    void a_name_is_the_same_however_it_is_escaped() {
        Mapping mapping = mapper.map(event(Events.SAMPLE.replace("\"amount\":1000", "\"amount\":1000,\"\\u0061mount\":1000")));

        assertThat(violations(mapping)).extracting(Violation::field).containsExactly("amount");
    }

    @Test
    void thousands_of_duplicates_make_a_short_list() {
        Mapping mapping = mapper.map(event("{" + "\"a\":1,".repeat(100_000) + Events.SAMPLE.substring(1)));

        assertThat(violations(mapping)).hasSize(11);
        assertThat(violations(mapping).get(10).problem())
                .isEqualTo("found 99999 members that appear again in their object, expected each once");
    }
}
