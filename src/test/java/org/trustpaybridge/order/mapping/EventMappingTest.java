package org.trustpaybridge.order.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.Violation;

/** A program of the shop's makes an order of its event: exactly, within bounds, and without telling what is in it. */
class EventMappingTest {

    private static final String EVENT = """
        {"order":{"number":"A-1","total":"10.00","exact":12345678901234567.89,"none":null},"currency":"CZK","s":"x",
         "customer":{"emailAddress":"jana@personal.example"},
         "items":[{"price":1.10,"quantity":2,"name":"Mug \\uD83D\\uDE00"},{"price":0.2,"quantity":1,"name":"Tee"}]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        .order.total as $t | .currency as $c | $t | minor_units($c)        ~ 1000
        .currency as $c | "10" | minor_units($c)                           ~ 1000
        10.00 | minor_units("CZK")                                         ~ 1000
        10 | minor_units("CZK")                                            ~ 1000
        1000 | minor_units("JPY")                                          ~ 1000
        "1.234" | minor_units("KWD")                                       ~ 1234
        "90071992547409.93" | minor_units("CZK")                           ~ 9007199254740993
        10050 | minor_units("CZK"; 3)                                      ~ 1005
        0.1 + 0.2                                                          ~ 0.3
        .order.exact                                                       ~ 12345678901234567.89
        .order.exact + 0.01                                                ~ 12345678901234567.9
        .order.exact * 100                                                 ~ 1234567890123456789
        -.order.exact                                                      ~ -12345678901234567.89
        9007199254740993 == 9007199254740992                               ~ false
        ("9007199254740993" | tonumber) > 9007199254740992                 ~ true
        999999999999999999 * 10                                            ~ 9999999999999999990
        [.items[] | .price * .quantity] | add                              ~ 2.4
        [.items[].price] | max                                             ~ 1.10
        "\\(.order.exact)"                                                 ~ "12345678901234567.89"
        .items[0].price | tojson                                           ~ "1.10"
        "[10.00]" | fromjson | .[0]                                        ~ 10.00
        2.5 | floor, ceil                                                  ~ 2
        10 / 4                                                             ~ 2.5
        7 % 3                                                              ~ 1
        locale("cs"; "CZ")                                                 ~ "cs_CZ"
        locale("CS-cz"; null)                                              ~ "cs_CZ"
        locale("de"; "AUT")                                                ~ "de_AT"
        locale("cs"; null)                                                 ~ "cs_CZ"
        locale(null; "CZ")                                                 ~ null
        "Stredocesky kraj" | truncate(6)                                   ~ "Stredo"
        "jan \\uD83D\\uDE00" | ascii_upcase                                ~ "JAN \uD83D\uDE00"
        "ř" | upcase                                                       ~ "Ř"
        .items | description(.name; .quantity)                             ~ "2 x Mug \uD83D\uDE00, 1 x Tee"
        .items | description(.name)                                        ~ "Mug \uD83D\uDE00, Tee"
        if .s == "x" then "yes" end                                        ~ "yes"
        if .s == "y" then "yes" elif true then "no" end                    ~ "no"
        .order.number.x // "other"                                         ~ "other"
        .order.none // "other"                                             ~ "other"
        try error("q") catch .                                             ~ "q"
        "a,b;c" | [splits("[,;]")] | length                                ~ 3
        "abc123" | sub("(?<digits_of>[0-9]+)"; "<\\(.digits_of)>")         ~ "abc<123>"
        "aXbX" | gsub("x"; "-"; "i")                                       ~ "a-b-"
        "2026-11-22" | capture("(?<y>[0-9]+)-(?<m>[0-9]+)") | .y + .m      ~ "202611"
        "x" | test("X"; "i")                                               ~ true
        . as {order: {number: $n}, $s} | $n + $s                           ~ "A-1x"
        reduce .items[] as $i (0; . + $i.quantity)                         ~ 3
        [foreach .items[] as $i (0; . + 1; . * 10)] | last                 ~ 20
        first(.items[] | select(.quantity == 1) | .name)                   ~ "Tee"
        [limit(2; repeat(1))] | length                                     ~ 2
        def f($x; g): $x + g; f(1; 2)                                      ~ 3
        [.items | sort_by(.price)[] | .name] | first                       ~ "Tee"
        .items | group_by(.quantity) | length                              ~ 2
        .items | map(select(.quantity > 1)) | length                       ~ 1
        with_entries(.value |= type) | .currency                           ~ "string"
        del(.items) | has("items")                                         ~ false
        .s += "y" | .s                                                     ~ "xy"
        [paths] | length                                                   ~ 18
        walk(if type == "string" then "z" else . end) | .order.number      ~ "z"
        "eA==" | @base64d                                                  ~ "x"
        @uri "q=\\(.currency + "&")"                                       ~ "q=CZK%26"
        1 | until(. > 5000; . + 1)                                         ~ 5001
        label $out | (1, break $out)                                       ~ 1
        any(.items[]; .quantity == 1)                                      ~ true
        $key + "/" + $headers.tenant + "/" + $topic                        ~ "K/cz/orders"
        [$partition, $offset] | add                                        ~ 44
        $timestamp                                                         ~ "2026-11-22T10:15:30.123Z"
        $cloudevent                                                        ~ null
        {"a": 1, ("b" + "c"): 2, $key, s, "currency": 3, "x\\(1)": 4}      ~ {"a":1,"bc":2,"key":"K","s":"x","currency":3,"x1":4}
        [1, [2]] as [$a, [$b]] | $a + $b                                   ~ 3
        {a: {b: 5}} as {a: {b: $x}} | $x                                   ~ 5
        ."order"["number"][0:1] + ."s"                                     ~ "Ax"
        [.items[1:][].quantity]                                            ~ [1]
        .items[-1].quantity *= 3 | .items[1].quantity                      ~ 3
        .items[0].quantity -= 1 | .b //= 2 | .c = 3 | .b + .c                              ~ 5
        [.s, .currency | length]                                           ~ [1,3]
        .s == "x" and (.currency == "EUR" or true) | not                   ~ false
        @json "\\(.items[0].price)"                                        ~ "1.10"
        [splits("a")?, .a?, (.s | .b?)]                                    ~ [null]
        """)
    void a_program_gives_what_jq_gives_with_all_digits(String program, String expected) throws Exception {
        ReadEvent read = mapping("{v: [" + program + "][0]}").read(input(EVENT));

        assertThat(read).isInstanceOf(ReadEvent.Mapped.class);
        assertThat(Values.json(((ReadEvent.Mapped) read).order().get("v"))).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        .customer.emailAddress | minor_units("CZK")      ~ customer.emailAddress        ~ at .customer.emailAddress
        .customer.emailAddress.domain                    ~ customer.emailAddress.domain ~ found a string
        .order.none[]                                    ~ order.none                   ~ found null
        .items[1].price | minor_units("JPY")             ~ items\\[1\\].price           ~ 1 digit behind the point
        .items[] | .name | minor_units("CZK")            ~ items\\[0\\].name            ~ no plain decimal number
        "1 234,50" | minor_units("CZK")                  ~ \\$                          ~ no plain decimal number
        "10.005" | minor_units("CZK")                    ~ \\$                          ~ 3 digits behind the point
        10.005 | minor_units("CZK")                      ~ \\$                          ~ 3 digits behind the point
        "1.000" | minor_units("JPY")                     ~ \\$                          ~ 3 digits behind the point
        "" | minor_units("CZK")                          ~ \\$                          ~ an empty string
        "1e3" | minor_units("CZK")                       ~ \\$                          ~ no plain decimal number
        true | minor_units("CZK")                        ~ \\$                          ~ found a boolean
        "10" | minor_units("KCS") ~ \\$ ~ in use ("KCS"), expected a code of three upper-case letters
        .customer.emailAddress as $e | "10" | minor_units($e)      ~ \\$                ~ in use (a string of 21 characters)
        .items | ("a" * 100000) | test("(a|b)*c")        ~ \\$                          ~ too long for the regular expression
        "" | test("((?:){2000000000}){2000000000}")      ~ \\$                          ~ repeats something more than 1000000 times
        try error({a: .customer.emailAddress}) catch (.a | tonumber)   ~ .*             ~ no number
        .customer | to_entries[0].value | fromjson       ~ .*                           ~ that is not JSON
        .customer | with_entries(.key |= tonumber)       ~ .*                           ~ no number
        .customer.emailAddress | sub("(?<x>.*)"; error(.x))            ~ .*             ~ an error that the mapping raises
        .customer.emailAddress | @base64d                ~ customer.emailAddress        ~ not Base64
        . as {customer: [$x]} | $x                       ~ .*                           ~ found an object
        .customer.emailAddress |= tonumber               ~ .*                           ~ no number
        "10" | minor_units(null)                         ~ \\$                          ~ expected a currency
        .order.total | minor_units(.currency)            ~ order.total.currency         ~ found a string
        .customer.emailAddress | minor_units(.[0:3])     ~ customer.emailAddress        ~ ISO 4217
        .s + 1                                           ~ .*                           ~ found a string and a number
        1 / 0                                            ~ \\$                          ~ a division by zero
        error("of \\(.customer.emailAddress)")           ~ .*                           ~ an error that the mapping raises
        error(.customer.emailAddress)                    ~ .*                           ~ an error that the mapping raises
        error("no such thing")                           ~ .*                           ~ an error that the mapping raises (no such thing)
        locale("xx"; "CZ")                               ~ \\$                          ~ does not exist
        .items[]? | .name | minor_units("CZK")           ~ items\\[0\\].name            ~ no plain decimal number
        .s | select(. == "y")                            ~ \\$                          ~ no value for "v"
        .customer.emailAddress | fromjson                ~ customer.emailAddress        ~ that is not JSON
        .customer.emailAddress | test("(")               ~ customer.emailAddress        ~ no regular expression
        """)
    void a_program_that_fails_on_a_record_names_its_line_and_the_path_and_no_value(String program, String field, String words)
            throws Exception {
        ReadEvent read = mapping("{\n v: (" + program + ")}").read(input(EVENT));

        assertThat(read).isInstanceOfSatisfying(ReadEvent.Unmappable.class, refused -> {
            Violation violation = refused.violations().get(0);
            assertThat(violation.field()).matches(field);
            assertThat(violation.problem()).startsWith("found ").contains(", expected ").contains("(shop.jq line 2").contains(words)
                .doesNotContain("personal").doesNotContain("jana");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"def f: f; f", "def f: f, f; f", "def f(n): if n == 0 then 1 else f(n-1) + f(n-1) end; f(60)", "[range(1e12)]",
        "last(range(1e12))", "[range(0; 1; 0.0000001)]", "[limit(1e9; repeat(.))]", "repeat(.) | empty", "\"x\" * 1e9",
        "reduce range(100) as $i (\"x\"; . + .)", "reduce range(100) as $i ([1]; [., .])",
            "reduce range(100) as $i ({}; {a: ., b: .}) | tojson",
        "reduce range(100) as $i ([1]; . + .)", ".a[999999999] = 1", "setpath([999999999]; 1)",
        "[range(9) | [range(20)]] | [combinations] | length", "(\"ab\" * 10000) | test(\"(.*a){12}c\")",
        "((\"x\" * 5000) + \"y\") | test(\"(x+x+)+z\")", "(\"x\" * 100000) as $a | [range(1000)] | map($a) | join(\"y\")",
        "[range(1000)] as $a | [$a[] as $x | $a[] as $y | $a[] as $z | 1]",
        "(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2)|(1,2) | empty",
        "\"\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)"
            + "\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\\(1,2)\" | empty",
        "def t: [.., ..]; [..] | t | t | t | t | t | t | t | t", "try (def f: f; f) catch 1", "(def f: f; f)? // 1",
        "[range(100000)] | map([.]) | sort", "[range(3000)] as $a | $a | map(. as $x | $a | index($x))",
        "(\"ab\" * 100000) as $s | $s | contains($s[1:100001])", "reduce range(400) as $i (1; [.]) | walk(.)", "1e900 * 1e900",
        "[range(60000)] | map_values(.)", "[range(60000)] | .[] = 1", "[range(60000)] | .[] += 1",
        "[range(9000) | {key: tostring, value: 1}] | from_entries | map_values(.)",
            "[range(9000) | tostring] | delpaths([range(9000) | [.]])",
        "[range(5000) | tostring] as $k | {} | .[$k[]][9999] = 1", "[range(9000) | tostring] as $k | {} | .[$k[]] = 1",
        "reduce range(9000) as $i ([]; .[$i] = 1)", "def f: [f]; f", "def f($x): f($x + 1); f(0)", "0 | until(false; .)",
            "0 | recurse(. + 1)",
        "(\"a\" * 3000000) | @base64", "(\"<\" * 3000000) | @html", "[limit(1e9; repeat(1))]",
        "\"\" | test((\"(||)\" * 25) + \"$x\")", "\"ab\" | test((\"(||)\" * 25) + \"$\\\\b\")", "\"a\" | test((\"(?:)?\" * 40) + \"(?!)\")",
        "\"\" | test((\"(a?|b*)\" * 25) + \"c\")", "\"a\" | test(\"a\" + (\"(\\\\b|(?=a)|$)\" * 30) + \"(?!)\")",
        "\"a\" | test((\"(a(||)(||)(||)(||)(||)(||))?\" * 4) + \"(||)(||)(||)(||)(||)(||)(||)(||)(||)$(?!)\")",
        "\"\" | test((\"( |  |#\\n)\" * 25) + \"(?!)\"; \"x\")", "\"a\" | test(\"(?=\" + (\"(|^|)\" * 25) + \"(?!))\")",
        "(\"a\" * 100000) | test(\"(?:){1000000}$(?!)\")"})
    @Timeout(20)
    void a_program_without_end_or_measure_costs_its_record_and_nothing_else(String program) throws Exception {
        EventMapping mapping = mapping(program);
        Instant start = Instant.now();

        ReadEvent read = mapping.read(input(EVENT));

        assertThat(read).isInstanceOf(ReadEvent.Unmappable.class);
        assertThat(((ReadEvent.Unmappable) read).violations().get(0).problem())
            .containsAnyOf("more than", "beyond all bounds");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(mapping.read(input(EVENT))).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^[A-Z]{2}-\\d{4,8}(/\\d+)?$", "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)+(,|$)", "^\\s*(\\w+\\s*)*$",
        "(?<year>\\d{4})?-?(?<month>\\d\\d?)?(?:-(?<day>\\d\\d?))?", "\\b(trust|pay)?\\b", "(a|)(b|)(c|)(d|)(e|)(f|)(g|)",
            "[^]a-z]*\\Qa(|\\E?",
        "(?i)^(bank|card)?[ _-]*(transfer)?$"})
    void an_expression_as_shops_write_them_has_few_ways(String regex) {
        assertThat(BlindWays.of(regex, false)).isBetween(1L, 200L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        {a: .b             ~ line 2, column 6: the program ends too early
        {a .b}             ~ line 2, column 4: found ".", which cannot stand there
        .a | minor_unit(1) ~ line 2, column 6: found minor_unit/1, expected a function that exists here
        minor_units        ~ line 2, column 1: found minor_units/0, expected a function that exists here
        $keys              ~ line 2, column 2: found $keys, expected a variable that exists here
        input              ~ line 2, column 1: found input/0
        inputs             ~ line 2, column 1: found inputs/0
        env                ~ line 2, column 1: found env/0
        $ENV.PATH          ~ line 2, column 2: found $ENV
        debug              ~ line 2, column 1: found debug/0
        stderr             ~ line 2, column 1: found stderr/0
        now                ~ line 2, column 1: found now/0
        debug("x")         ~ line 2, column 1: found debug/1
        input_filename     ~ line 2, column 1: found input_filename/0
        input_line_number  ~ line 2, column 1: found input_line_number/0
        $__loc__           ~ line 2, column 2: found $__loc__
        $__prog_args       ~ line 2, column 2: found $__prog_args
        halt               ~ line 2, column 1: found halt/0
        halt_error         ~ line 2, column 1: found halt_error/0
        halt_error(1)      ~ line 2, column 1: found halt_error/1
        env.PATH           ~ line 2, column 1: found env/0
        modulemeta         ~ line 2, column 1: found modulemeta/0
        builtins           ~ line 2, column 1: found builtins/0
        get_search_list    ~ line 2, column 1: found get_search_list/0
        0 | todate         ~ line 2, column 5: found todate/0
        infinite           ~ line 2, column 1: found infinite/0
        @sh                ~ line 2, column 2: found @sh/0
        import "a" as a; 1 ~ line 1, column 1: found a module
        include "a"; 1     ~ line 1, column 1: found a module
        1 as $x            ~ line 2, column 3: the program cannot be read
        12345678901234567890 ~ line 2, column 1: found a number of 20 digits
        {a: 1e1000000000}  ~ line 2, column 5: found a number beyond all bounds
        ``                 ~ line 1, column 1: the program is empty
        # another one      ~ line 1, column 1: the program is empty
        """)
    void what_is_no_program_is_refused_with_line_and_column(String program, String problem) {
        assertThatThrownBy(() -> mapping("# a comment\n" + program)).isInstanceOf(MappingProblemException.class)
            .hasMessageContaining("shop.jq, " + problem);
    }

    @ParameterizedTest
    @MethodSource
    void a_result_is_one_object_or_nothing(String program, Class<? extends ReadEvent> kind, String words) throws Exception {
        ReadEvent read = mapping(program).read(input(EVENT));

        assertThat(read).isInstanceOf(kind);
        if (read instanceof ReadEvent.Unmappable refused) {
            assertThat(refused.violations()).singleElement().satisfies(each -> assertThat(each.problem()).contains(words, "shop.jq"));
        }
    }

    /** jq takes the value from before the break; an order that is silently none would be a sale lost. */
    @Test
    void a_break_out_of_a_member_that_has_a_value_does_not_skip_the_order() throws Exception {
        assertThat(mapping("label $x | {order_id: (1, break $x)}").read(input(EVENT))).isInstanceOfSatisfying(ReadEvent.Unmappable.class,
            refused -> assertThat(refused.violations().get(0).problem()).contains("a break out of a member that has a value"));
        assertThat(mapping("label $x | {order_id: (if .s == \"x\" then break $x else 1 end)}").read(input(EVENT)))
            .isInstanceOf(ReadEvent.NotForTrustPay.class);
    }

    static Object[][] a_result_is_one_object_or_nothing() {
        return new Object[][] {{"empty", ReadEvent.NotForTrustPay.class, ""},
            {"select(.currency == \"EUR\")", ReadEvent.NotForTrustPay.class, ""},
            {"{}", ReadEvent.Mapped.class, ""}, {"{}, {}", ReadEvent.Unmappable.class, "more than one result"},
            {".items[] | {}", ReadEvent.Unmappable.class, "more than one result"},
                {"null", ReadEvent.Unmappable.class, "found null as the result"},
            {"[]", ReadEvent.Unmappable.class, "an array as the result"},
                {"{d: (\"x\" * 200000)}", ReadEvent.Unmappable.class, "more than 131072"},
            {"reduce range(40) as $i ({}; {a: .})", ReadEvent.Unmappable.class, "32 levels"}};
    }

    @Test
    void the_order_id_is_the_one_of_the_result() throws Exception {
        assertThat(mapping("{order_id: .order.number}").read(input(EVENT)).orderId()).contains(new OrderId("A-1"));
        assertThat(mapping("{order_id: 7}").read(input(EVENT)).orderId()).contains(new OrderId("7"));
        assertThat(mapping("{order_id: 7.5}").read(input(EVENT)).orderId()).isEmpty();
        assertThat(mapping("{}").read(input(EVENT)).orderId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
    @Timeout(10)
    void a_number_without_measure_is_a_violation_and_not_written_out(String number) throws Exception {
        ReadEvent read = mapping("{order_id: .n, amount: .n, days_active: .n, customer: {email: .n}}")
            .read(input("{\"n\":" + number + "}"));

        Mapping mapping = new OrderMapper(MappingRules.standard()).map((ReadEvent.Mapped) read);

        assertThat(mapping).isInstanceOfSatisfying(Mapping.Refused.class, refused -> assertThat(refused.violations())
            .extracting(Violation::field).contains("order_id", "amount", "customer.email"));
        assertThat(mapping.toString()).doesNotContain("000000000000");
    }

    @Test
    void a_cloud_event_is_unwrapped_and_its_attributes_are_at_hand() throws Exception {
        EventMapping mapping = mapping("{order_id: .id, v: $cloudevent.type}");
        String structured = "{\"specversion\":\"1.0\",\"type\":\"t\",\"data\":{\"id\":\"7\"}}";

        ReadEvent inside = mapping.read(MappingInput.of(
            new IncomingEvent(structured.getBytes(StandardCharsets.UTF_8), Map.of("content-type", "application/cloudevents+json")),
                Map.of()));
        ReadEvent binary = mapping.read(MappingInput.of(
            new IncomingEvent("{\"id\":\"7\"}".getBytes(StandardCharsets.UTF_8), Map.of("ce_specversion", "1.0", "ce_type", "t")),
                Map.of()));

        assertThat(((ReadEvent.Mapped) inside).order().toString()).isEqualTo("{\"order_id\":\"7\",\"v\":\"t\"}");
        assertThat(((ReadEvent.Mapped) binary).order()).isEqualTo(((ReadEvent.Mapped) inside).order());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "\ufeff{}", "{}{}", "{\"a\":1e99999999999}"})
    void an_event_that_is_no_json_is_refused_before_the_program_sees_it(String event) throws Exception {
        assertThat(mapping("{}").read(input(event))).isInstanceOf(ReadEvent.Unmappable.class);
    }

    @Test
    void an_event_may_be_any_json_value() throws Exception {
        assertThat(mapping("{order_id: .[0]}").read(input("[\"7\"]")).orderId()).contains(new OrderId("7"));
    }

    @Test
    void a_record_without_a_value_is_null_so_that_a_program_can_skip_what_a_delete_leaves_behind() throws Exception {
        MappingInput tombstone = MappingInput.of(new IncomingEvent(null, Map.of()), Map.of());

        assertThat(mapping("select(.op == \"c\") | {}").read(tombstone)).isInstanceOf(ReadEvent.NotForTrustPay.class);
        assertThat(mapping(".a.b | {order_id: .}").read(tombstone)).isInstanceOf(ReadEvent.Mapped.class);
    }

    @Test
    void a_file_that_cannot_be_read_is_told() {
        assertThatThrownBy(() -> EventMapping.load(Path.of("nowhere.jq"))).isInstanceOf(MappingProblemException.class)
            .hasMessage("nowhere.jq cannot be read");
    }

    private static EventMapping mapping(String program) throws MappingProblemException {
        return EventMapping.of("shop.jq", "shop.jq", program);
    }

    private static MappingInput input(String event) {
        return new MappingInput(new IncomingEvent(event.getBytes(StandardCharsets.UTF_8), Map.of()),
            Optional.of(new MappingInput.Place("orders", 2, 42)), Instant.parse("2026-11-22T10:15:30.123Z"), () -> Optional.of("K"),
            () -> Map.of("tenant", "cz"));
    }
}
