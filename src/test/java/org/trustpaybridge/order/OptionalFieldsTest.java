package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.order.Events.accepted;
import static org.trustpaybridge.order.Events.event;
import static org.trustpaybridge.order.Events.quoted;
import static org.trustpaybridge.order.Events.tree;
import static org.trustpaybridge.order.Events.violations;
import static org.trustpaybridge.order.Events.with;

import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider could do without never costs a sale, and what was done to it is told without its value. */
class OptionalFieldsTest {

    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());
    private final OrderMapper strict = new OrderMapper(Events.strict(OrderDefaults.none()));

    /** {@code *n} stands for a string of n characters, each of two UTF-16 units; {@code -} for a member that is not sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            customer.first_name                 | *26                       | *25                   | cut
            customer.first_name                 | 7                         | "7"                   | retyped
            customer.first_name                 | "a\\u0000b"               | "ab"                  | cleaned
            customer.first_name                 | "\\ud800"                 | -                     | left-out
            customer.first_name                 | ["a"]                     | -                     | left-out
            customer.last_name                  | *26                       | *25                   | cut
            customer.address1                   | *65                       | *64                   | cut
            customer.address2                   | *65                       | *64                   | cut
            customer.house_number               | 12                        | "12"                  | retyped
            customer.house_number               | "12 / 3. patro, vlevo"    | "12 / 3. pa"          | cut
            customer.zip_code                   | 11000                     | "11000"               | retyped
            customer.city                       | *51                       | *50                   | cut
            customer.state                      | "Stredocesky kraj"        | "Stredo"              | cut
            customer.state                      | "Nový   kraj"             | "Nový"                | cut
            customer.phone                      | "+420 777 123 456, volat po páté" | "+420 777 123 456, volat p" | cut
            customer.phone                      | 420777123456              | "420777123456"        | retyped
            customer.phone                      | 4.2e11                    | -                     | left-out
            customer.country                    | "cz"                      | "CZ"                  | respelled
            customer.country                    | " CZE"                    | "CZ"                  | respelled
            customer.country                    | "UK"                      | "GB"                  | respelled
            customer.country                    | "Česko"                   | -                     | left-out
            customer.country                    | ""                        | -                     | left-out
            customer.ip_address                 | "203.0.113.7, 10.0.0.1"   | "203.0.113.7"         | first-address
            customer.ip_address                 | "2001:db8::1,10.0.0.1"    | "2001:db8::1"         | first-address
            customer.ip_address                 | ", 203.0.113.7"           | "203.0.113.7"         | first-address
            customer.ip_address                 | "203.0.113.7:4711, 10.0.0.1" | "203.0.113.7"      | first-address
            customer.ip_address                 | "[2001:db8::1]:443"       | "2001:db8::1"         | respelled
            customer.ip_address                 | " 203.0.113.7\\n"         | "203.0.113.7"         | respelled
            customer.ip_address                 | "unknown, 10.0.0.1"       | -                     | left-out
            customer.ip_address                 | ""                        | -                     | left-out
            customer.ip_address                 | ","                       | -                     | left-out
            customer.ip_address                 | ["203.0.113.7"]           | -                     | left-out
            customer.forwarded_ip               | "localhost"               | -                     | left-out
            customer.birthday                   | ""                        | -                     | left-out
            customer.birthday                   | "0000-00-00"              | -                     | left-out
            customer.birthday                   | " 2000-02-29 "            | "2000-02-29"          | respelled
            customer.gender                     | true                      | -                     | left-out
            customer.user_agent                 | "a\\u0007b"               | "ab"                  | cleaned
            customer.referrer                   | {}                        | -                     | left-out
            customer.disable_send_email         | "false"                   | false                 | retyped
            customer.disable_send_email         | 1                         | true                  | retyped
            customer.disable_send_email         | "no"                      | -                     | left-out
            customer.locale                     | "cs-CZ"                   | "cs_CZ"               | respelled
            customer.locale                     | "cs_cz"                   | "cs_CZ"               | respelled
            customer.locale                     | " CS-cz"                  | "cs_CZ"               | respelled
            customer.locale                     | "cs_CZ.UTF-8"             | "cs_CZ"               | respelled
            customer.locale                     | "sr-Latn-RS"              | "sr_RS"               | respelled
            customer.locale                     | "en-UK"                   | "en_GB"               | respelled
            customer.locale                     | "en_US_POSIX"             | "en_US"               | respelled
            customer.locale                     | "cs"                      | "cs_CZ"               | likely-region
            customer.locale                     | "EN"                      | "en_US"               | likely-region
            customer.locale                     | "da"                      | "da_DK"               | likely-region
            customer.locale                     | "zh-Hant"                 | "zh_TW"               | likely-region
            customer.locale                     | "zh-Hans"                 | "zh_CN"               | likely-region
            days_active                         | 366                       | 365                   | cut
            days_active                         | "30"                      | 30                    | retyped
            days_active                         | 30.0                      | 30                    | retyped
            days_active                         | 0                         | -                     | left-out
            days_active                         | -5                        | -                     | left-out
            days_active                         | 1.5                       | -                     | left-out
            days_active                         | 99999999999999999999999   | -                     | left-out
            seconds_active                      | 31536001                  | 31536000              | cut
            seconds_active                      | ""                        | -                     | left-out
            var1                                | *101                      | *100                  | cut
            var2                                | 2                         | "2"                   | retyped
            var3                                | []                        | -                     | left-out
            custom_info                         | []                        | {}                    | left-out
            custom_info.custom_1                | *501                      | *500                  | cut
            custom_info.custom_2                | 1.50                      | "1.50"                | retyped
            payment_options.close_window        | "true"                    | true                  | retyped
            payment_options.notification_method | "post"                    | "POST"                | respelled
            payment_options.notification_method | "PUT"                     | -                     | left-out
            second_chance                       | []                        | -                     | left-out
            second_chance.send_email            | "true"                    | true                  | retyped
            plugin                              | "x"                       | -                     | left-out
            plugin.shop_version                 | 8.1                       | "8.1"                 | retyped
            """)
    void a_member_beyond_its_rule_is_repaired_or_left_out_and_told(String field, String given, String sent, String repair) {
        String json = with(field, "\"THE-VALUE\"").replace("\"THE-VALUE\"", repeated(given));

        Mapping.Accepted mapping = accepted(mapper.map(event(json)));

        JsonNode order = tree(mapping.order().toJson());
        assertThat(order.at("/" + field.replace('.', '/')).toString()).isEqualTo(sent.equals("-") ? "" : repeated(sent));
        assertThat(mapping.repairs()).singleElement().satisfies(each -> {
            assertThat(each.field()).isEqualTo(field);
            assertThat(each.kind().word()).isEqualTo(repair);
        });
        assertThat(mapping.warnings()).allMatch(warning -> warning.field().equals("payment_options.notification_url"));
        ContractChecker.check(order);
        assertThat(violations(strict.map(event(json)))).extracting(Violation::field).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            order_id         | "  "
            currency         | "czk"
            currency         | "CZK "
            amount           | "1000"
            amount           | 1000.0
            amount           | 0
            customer.email   | " a@b.example"
            customer.email   | ""
            customer.locale  | ""
            customer.locale  | "czech"
            customer.locale  | "xx"
            customer.locale  | "xx_CZ"
            customer.locale  | "cs_XX"
            customer.locale  | "es-419"
            customer.locale  | "eo"
            customer.locale  | 1
            payment_options.redirect_url | " https://example.com/"
            type             | "REDIRECT"
            gateway          | "IDEAL"
            gateway          | ""
            """)
    void what_is_required_or_says_which_payment_is_meant_is_never_guessed(String field, String given) {
        Mapping mapping = mapper.map(event(with(field, "\"THE-VALUE\"").replace("\"THE-VALUE\"", given)));

        assertThat(violations(mapping)).extracting(Violation::field).containsExactly(field);
    }

    /** A flag, a family and letters with accents are one character each to who reads them. */
    @ParameterizedTest
    @CsvSource({"\uD83C\uDDE8\uD83C\uDDFF,2", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67,5", "e\u0301,2", "\u0E01\u0E33,2",
        "\u1112\u1161\u11AB,3"})
    void a_text_is_never_cut_within_what_a_reader_sees_as_one_character(String character, int length) {
        for (int before = 25 - length; before < 25; before++) {
            String text = "x".repeat(before) + character + "yyyyy";

            Mapping.Accepted mapping = accepted(mapper.map(event(with("customer.last_name", quoted(text)))));

            String expected = before + length <= 25 ? "x".repeat(before) + character + "y".repeat(25 - before - length)
                : "x".repeat(before);
            assertThat(mapping.order().customer().details()).containsEntry("last_name", expected);
        }
    }

    @Test
    void one_character_that_alone_is_too_long_is_cut_between_code_points() {
        Mapping.Accepted mapping = accepted(mapper.map(event(with("customer.state", quoted("e" + "\u0301".repeat(900_000 / 2))))));

        assertThat(mapping.order().customer().details()).containsEntry("state", "e" + "\u0301".repeat(5));
    }

    @Test
    void several_repairs_are_told_once_each_with_their_places_in_a_cloud_event() {
        String event = "{\"specversion\":\"1.0\",\"data\":" + with("customer.ip_address", "\"\"").replace("cs_CZ", "cs") + "}";

        Mapping.Accepted mapping = accepted(mapper.map(event(event, Map.of("content-type", "application/cloudevents+json"))));

        assertThat(mapping.repairs()).extracting(Repair::field).containsExactly("data.customer.locale", "data.customer.ip_address");
        assertThat(mapping.repairs()).extracting(Repair::toString)
                .containsExactly("customer.locale=likely-region", "customer.ip_address=left-out");
    }

    @Test
    void a_close_window_that_is_left_out_makes_room_for_the_default() {
        OrderMapper closing = new OrderMapper(Events.rules(OrderIdType.AUTO, DescriptionPolicy.FIX,
            new OrderDefaults(null, null, null, false)));

        Mapping.Accepted mapping = accepted(closing.map(event(with("payment_options.close_window", "\"maybe\""))));

        assertThat(mapping.order().paymentOptions().closeWindow()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer.first_name", "customer.state", "var1", "custom_info.custom_1", "customer.user_agent"})
    void an_empty_text_that_the_provider_takes_is_sent_as_it_came(String field) {
        Mapping.Accepted mapping = accepted(mapper.map(event(with(field, "\"\""))));

        assertThat(tree(mapping.order().toJson()).at("/" + field.replace('.', '/')).textValue()).isEmpty();
        assertThat(mapping.repairs()).isEmpty();
    }

    /** Java's countries and languages change with its version; the table must not give what the rule then refuses. */
    @Test
    void every_likely_region_passes_the_rule_of_the_locale() {
        for (String language : Locale.getISOLanguages()) {
            Mending.Mended mended = LocaleSpelling.mended(language);
            assertThat(mended == null || TextRule.LOCALE.keeps(mended.text())).as(language).isTrue();
        }
        assertThat(LocaleSpelling.mended("nb").text()).isEqualTo("nb_NO");
        assertThat(LocaleSpelling.mended("sv").text()).isEqualTo("sv_SE");
        assertThat(LocaleSpelling.mended("en").text()).isEqualTo("en_US");
    }

    private static String repeated(String given) {
        return given.startsWith("*") ? quoted("\uD83D\uDE00".repeat(Integer.parseInt(given.substring(1)))) : given;
    }
}
