package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.order.Events.accepted;
import static org.trustpaybridge.order.Events.event;
import static org.trustpaybridge.order.Events.quoted;
import static org.trustpaybridge.order.Events.rules;
import static org.trustpaybridge.order.Events.tree;
import static org.trustpaybridge.order.Events.violations;
import static org.trustpaybridge.order.Events.with;
import static org.trustpaybridge.order.Events.without;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderMapperTest {

    private static final String SAMPLE_ORDER = """
            {"type":"redirect","order_id":"my-order-id-1","currency":"CZK","amount":1000,"gateway":"TRUSTPAY",\
            "description":"Test Order Description","custom_info":{},\
            "payment_options":{"notification_url":"http://www.example.com/client/notification?type=notification",\
            "redirect_url":"http://www.example.com/client/notification?type=redirect",\
            "cancel_url":"http://www.example.com/client/notification?type=cancel","close_window":true},\
            "customer":{"email":"simonsmit@example.com","locale":"cs_CZ"}}""";

    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());
    private final OrderMapper strict = new OrderMapper(new MappingRules(OrderIdType.AUTO, DescriptionPolicy.FIX, OptionalFields.REJECT,
            Set.of(), OrderDefaults.none()));

    @Test
    void the_sample_event_gives_the_sample_order_byte_for_byte() {
        Mapping mapping = mapper.map(event(Events.SAMPLE));

        assertThat(new String(accepted(mapping).order().toJson(), StandardCharsets.UTF_8)).isEqualTo(SAMPLE_ORDER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "7"                     | 7
            7                       | 7
            0                       | 0
            -0                      | "-0"
            "-0"                    | "-0"
            "0"                     | 0
            "007"                   | "007"
            -7                      | "-7"
            999999999999999         | 999999999999999
            "999999999999999"       | 999999999999999
            1000000000000000        | "1000000000000000"
            "1000000000000000"      | "1000000000000000"
            12345678901234567890123 | "12345678901234567890123"
            "٧"                     | "٧"
            "a/b c"                 | "a/b c"
            "7.0"                   | "7.0"
            """)
    void an_order_id_of_digits_is_an_integer_where_that_does_no_damage(String given, String sent) {
        Mapping mapping = mapper.map(event(Events.SAMPLE.replace("\"my-order-id-1\"", given)));

        assertThat(tree(accepted(mapping).order().toJson()).get("order_id").toString()).isEqualTo(sent);
    }

    @Test
    void the_string_type_writes_digits_as_a_string() {
        OrderMapper strings = new OrderMapper(rules(OrderIdType.STRING, DescriptionPolicy.FIX, OrderDefaults.none()));

        Mapping mapping = strings.map(event(with("order_id", "7")));

        assertThat(tree(accepted(mapping).order().toJson()).get("order_id").toString()).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order_id", "currency", "amount", "description", "customer.email", "customer.locale",
        "payment_options.notification_url", "payment_options.redirect_url", "payment_options.cancel_url"})
    void a_required_member_that_is_missing_or_null_is_named(String field) {
        Mapping absent = mapper.map(event(without(field)));
        Mapping nothing = mapper.map(event(with(field, "null")));

        assertThat(violations(absent)).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.problem()).startsWith("missing, expected ");
        });
        assertThat(violations(nothing)).isEqualTo(violations(absent));
    }

    @Test
    void an_event_without_sections_lacks_each_required_member_of_them() {
        Mapping mapping = mapper.map(event("{}"));

        assertThat(violations(mapping)).extracting(Violation::field).containsExactly("order_id", "currency", "amount", "description",
                "payment_options.notification_url", "payment_options.redirect_url", "payment_options.cancel_url",
                "customer.email", "customer.locale");
    }

    /** {@code *n} stands for a string of n characters, each of two UTF-16 units. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            type                                | "redirect"
            gateway                             | "TRUSTPAY"
            type                                | null
            order_id                            | *50
            currency                            | "EUR"
            currency                            | "JPY"
            currency                            | "XCG"
            currency                            | "XAF"
            amount                              | 1
            amount                              | 9223372036854775807
            description                         | *200
            custom_info                         | {}
            custom_info                         | null
            custom_info.custom_1                | *500
            custom_info.custom_2                | ""
            custom_info.custom_3                | "two\\nlines"
            payment_options.notification_url    | "https://shop.example/n?a[]=1&b=%20"
            payment_options.redirect_url        | "HTTPS://127.0.0.1:65535/#done"
            payment_options.cancel_url          | "http://[::1]:8080/"
            payment_options.close_window        | false
            payment_options.notification_method | "POST"
            payment_options.notification_method | "GET"
            customer.email                      | "a.b+c=d@sub.example.co"
            customer.email                      | "jürgen@bücher.example"
            customer.locale                     | "de_AT"
            customer.first_name                 | *25
            customer.last_name                  | *25
            customer.address1                   | *64
            customer.address2                   | *64
            customer.house_number               | *10
            customer.zip_code                   | *10
            customer.city                       | *50
            customer.state                      | *6
            customer.country                    | "CZ"
            customer.phone                      | *25
            customer.ip_address                 | "192.0.2.1"
            customer.ip_address                 | "255.255.255.255"
            customer.forwarded_ip               | "2001:db8::1"
            customer.forwarded_ip               | "::ffff:192.0.2.1"
            customer.forwarded_ip               | "::"
            customer.forwarded_ip               | "1:2:3:4:5:6:7:8"
            customer.gender                     | "female"
            customer.birthday                   | "2000-02-29"
            customer.user_agent                 | *1000
            customer.gender                     | *255
            customer.reference                  | *255
            customer.referrer                   | *2000
            customer.disable_send_email         | true
            days_active                         | 1
            days_active                         | 365
            seconds_active                      | 1
            seconds_active                      | 31536000
            var1                                | *100
            var2                                | *100
            var3                                | *100
            second_chance.send_email            | false
            plugin.shop                         | *255
            plugin.shop_version                 | *255
            plugin.plugin_version               | *255
            plugin.partner                      | *255
            plugin.shop_root_url                | *2000
            """)
    void a_member_at_its_limit_is_sent_as_it_came(String field, String given) {
        String json = repeated(given);

        Mapping mapping = mapper.map(event(with(field, json)));

        JsonNode sent = tree(accepted(mapping).order().toJson()).at("/" + field.replace('.', '/'));
        JsonNode expected = switch (field + "=" + given) {
            case "type=null" -> tree("\"redirect\"");
            case "custom_info=null" -> tree("{}");
            default -> tree(json);
        };
        assertThat(sent.toString()).isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            type                                | "direct"
            type                                | "REDIRECT"
            type                                | 1
            gateway                             | "IDEAL"
            gateway                             | ""
            gateway                             | {}
            order_id                            | ""
            order_id                            | " "
            order_id                            | *51
            order_id                            | "a\\u0000b"
            order_id                            | "a\\nb"
            order_id                            | "\\ud800"
            order_id                            | 1.5
            order_id                            | 1e3
            order_id                            | true
            order_id                            | []
            order_id                            | 123456789012345678901234567890123456789012345678901
            currency                            | "usd"
            currency                            | "ZZZ"
            currency                            | "EURO"
            currency                            | "XXX"
            currency                            | "XTS"
            currency                            | "XAU"
            currency                            | "XDR"
            currency                            | "CHE"
            currency                            | "BGN"
            currency                            | "HRK"
            currency                            | "ANG"
            currency                            | "ZWL"
            currency                            | "DEM"
            currency                            | ""
            currency                            | 978
            amount                              | 0
            amount                              | -1
            amount                              | 1000.0
            amount                              | 1e3
            amount                              | "1000"
            amount                              | true
            amount                              | [1000]
            amount                              | 9223372036854775808
            amount                              | 99999999999999999999999
            description                         | 1
            description                         | ""
            description                         | " \\n "
            description                         | "<b></b>"
            description                         | "a\\udc00b"
            custom_info                         | []
            custom_info                         | ""
            custom_info.custom_1                | *501
            custom_info.custom_2                | 1
            custom_info.custom_3                | "\\u0007"
            payment_options                     | "x"
            payment_options.notification_url    | ""
            payment_options.notification_url    | "/relative"
            payment_options.notification_url    | "ftp://example.com/"
            payment_options.notification_url    | "javascript:alert(1)"
            payment_options.notification_url    | "https:example.com"
            payment_options.notification_url    | "https:///path"
            payment_options.redirect_url        | "https://user:secret@example.com/"
            payment_options.redirect_url        | "https://example.com/ü"
            payment_options.redirect_url        | "https://example.com/a b"
            payment_options.redirect_url        | "https://example.com/%zz"
            payment_options.redirect_url        | "https://example.com/\\u0000"
            payment_options.cancel_url          | "https://example.com:65536/"
            payment_options.cancel_url          | "https://my_host/"
            payment_options.cancel_url          | 1
            payment_options.close_window        | "true"
            payment_options.close_window        | 1
            payment_options.notification_method | "PUT"
            payment_options.notification_method | "post"
            customer                            | "x"
            customer.email                      | ""
            customer.email                      | "@example.com"
            customer.email                      | "a@"
            customer.email                      | "a@b"
            customer.email                      | "a@b@c.example"
            customer.email                      | "a b@example.com"
            customer.email                      | "a..b@example.com"
            customer.email                      | ".a@example.com"
            customer.email                      | "a@-example.com"
            customer.email                      | "a@example..com"
            customer.email                      | "a@192.0.2.1"
            customer.email                      | "a@example.com\\n"
            customer.email                      | "A <a@example.com>"
            customer.email                      | 1
            customer.locale                     | "cs"
            customer.locale                     | "cs-CZ"
            customer.locale                     | "CS_cz"
            customer.locale                     | "xx_CZ"
            customer.locale                     | "cs_XX"
            customer.locale                     | "cs_CZ.UTF-8"
            customer.first_name                 | *26
            customer.first_name                 | 1
            customer.last_name                  | *26
            customer.address1                   | *65
            customer.address2                   | *65
            customer.house_number               | *11
            customer.house_number               | 12
            customer.zip_code                   | *11
            customer.city                       | *51
            customer.state                      | *7
            customer.country                    | "cz"
            customer.country                    | "CZE"
            customer.country                    | "XX"
            customer.phone                      | *26
            customer.ip_address                 | "256.0.0.1"
            customer.ip_address                 | "1.2.3"
            customer.ip_address                 | "01.2.3.4"
            customer.ip_address                 | "localhost"
            customer.ip_address                 | ""
            customer.ip_address                 | "1.2.3.4, 5.6.7.8"
            customer.forwarded_ip               | "1:2:3:4:5:6:7"
            customer.forwarded_ip               | "1::2::3"
            customer.forwarded_ip               | ":::"
            customer.forwarded_ip               | "1:2:3:4:5:6:7:8::"
            customer.forwarded_ip               | "fe80::1%eth0"
            customer.forwarded_ip               | "12345::"
            customer.gender                     | 1
            customer.birthday                   | "2001-02-29"
            customer.birthday                   | "2001-2-3"
            customer.birthday                   | "20010203"
            customer.gender                     | *256
            customer.reference                  | *256
            customer.user_agent                 | []
            customer.user_agent                 | *1001
            customer.referrer                   | "\\ud800"
            customer.referrer                   | *2001
            customer.disable_send_email         | "false"
            days_active                         | 0
            days_active                         | 366
            days_active                         | "30"
            days_active                         | 30.0
            seconds_active                      | 0
            seconds_active                      | 31536001
            var1                                | *101
            var2                                | *101
            var3                                | *101
            var3                                | 3
            second_chance                       | true
            second_chance.send_email            | "true"
            plugin                              | "x"
            plugin.shop                         | 1
            plugin.shop                         | *256
            plugin.shop_version                 | *256
            plugin.plugin_version               | *256
            plugin.partner                      | *256
            plugin.shop_root_url                | *2001
            """)
    void a_member_beyond_its_rule_is_the_one_violation(String field, String given) {
        Mapping mapping = strict.map(event(raw(field, repeated(given))));

        assertThat(violations(mapping)).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.problem()).startsWith("found ").contains(", expected ");
        });
    }

    @Test
    void a_notification_url_may_have_150_characters_and_no_more() {
        String longest = "https://example.com/" + "n".repeat(130);

        Mapping fits = mapper.map(event(with("payment_options.notification_url", quoted(longest))));
        Mapping tooLong = mapper.map(event(with("payment_options.notification_url", quoted(longest + "n"))));

        assertThat(accepted(fits).warnings()).isEmpty();
        assertThat(violations(tooLong)).containsExactly(new Violation("payment_options.notification_url",
                "found a text of 151 characters, expected an absolute http or https URL in ASCII of at most 150 characters"));
    }

    @Test
    void an_email_may_have_64_characters_and_no_more() {
        String longest = "e".repeat(52) + "@example.com";

        Mapping fits = mapper.map(event(with("customer.email", quoted(longest))));
        Mapping tooLong = mapper.map(event(with("customer.email", quoted("e" + longest))));

        assertThat(accepted(fits).order().customer().email()).isEqualTo(longest);
        assertThat(violations(tooLong)).containsExactly(new Violation("customer.email",
                "found a string of 65 characters, expected a valid e-mail address of at most 64 characters"));
    }

    @Test
    void all_violations_are_told_in_one_pass() {
        Mapping mapping = strict.map(event("""
                {"type":"direct","gateway":1,"order_id":7,"currency":"x","amount":"1","description":[],"custom_info":1,
                 "payment_options":{"notification_url":1,"close_window":1},"customer":{"email":"x","city":1},
                 "days_active":0,"seconds_active":0,"var1":1,"second_chance":1,"plugin":{"shop":1}}
                """));

        assertThat(violations(mapping)).extracting(Violation::field).containsExactlyInAnyOrder("type", "gateway", "currency", "amount",
                "description", "custom_info", "payment_options.notification_url", "payment_options.redirect_url",
                "payment_options.cancel_url", "payment_options.close_window", "customer.email", "customer.locale", "customer.city",
                "days_active", "seconds_active", "var1", "second_chance", "plugin.shop");
        assertThat(((Mapping.Refused) mapping).orderId()).contains(new OrderId("7"));
    }

    @Test
    void unknown_members_are_ignored_at_every_level() {
        String event = Events.SAMPLE.replace("\"customer\":{", "\"shop\":{\"a\":[1,{\"b\":null}]},\"customer\":{\"vip\":1,")
                .replace("\"payment_options\":{", "\"custom_info\":{\"custom_4\":4},\"plugin\":{\"x\":1},\"payment_options\":{\"x\":1,");

        Mapping mapping = mapper.map(event(event));

        assertThat(new String(accepted(mapping).order().toJson(), StandardCharsets.UTF_8)).isEqualTo(SAMPLE_ORDER);
    }

    @Test
    void a_violation_shows_a_harmless_value_and_its_kind() {
        Mapping mapping = mapper.map(event(with("currency", "\"u\\u0007\\\"d\"").replace("1000", "1e3")));

        assertThat(violations(mapping)).containsExactly(
                new Violation("currency",
                        "found a control character (U+0007), expected a currency code of ISO 4217 in use, three upper-case letters"),
                new Violation("amount",
                        "found a number with a fraction or an exponent (1e3), expected an integer in minor units, at least 1"));
    }

    @Test
    void an_allow_list_narrows_the_currencies() {
        OrderMapper narrow = new OrderMapper(
                new MappingRules(OrderIdType.AUTO, DescriptionPolicy.FIX, OptionalFields.FIX, Set.of("CZK", "EUR"), OrderDefaults.none()));

        Mapping listed = narrow.map(event(Events.SAMPLE));
        Mapping other = narrow.map(event(with("currency", "\"USD\"")));

        assertThat(accepted(listed).order().money()).isEqualTo(new Money(1000, "CZK"));
        assertThat(violations(other)).containsExactly(
                new Violation("currency", "found \"USD\", expected one of the allowed currencies CZK, EUR"));
    }

    @ParameterizedTest
    @CsvSource({"http://shop.example/n,found a URL without TLS", "https://shop.example:8443/n,found a URL with a port"})
    void a_doubtful_notification_url_is_a_warning(String url, String found) {
        Mapping mapping = mapper.map(event(with("payment_options.notification_url", quoted(url))));

        assertThat(accepted(mapping).warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.field()).isEqualTo("payment_options.notification_url");
            assertThat(warning.problem()).startsWith(found);
        });
    }

    @Test
    void defaults_stand_in_for_what_the_event_leaves_out() {
        OrderDefaults defaults = new OrderDefaults("https://shop.example/n?o={order_id}", "https://shop.example/{order_id}/done",
                "https://shop.example/cancel", false);
        OrderMapper mapper = new OrderMapper(rules(OrderIdType.AUTO, DescriptionPolicy.FIX, defaults));
        String event = with("order_id", "\"a/b &č\"").replaceFirst(",\"payment_options\":\\{.*}}", "}");

        Mapping mapping = mapper.map(event(event));

        assertThat(accepted(mapping).order().paymentOptions()).isEqualTo(new TrustPayOrder.PaymentOptions(
                "https://shop.example/n?o=a%2Fb%20%26%C4%8D", "https://shop.example/a%2Fb%20%26%C4%8D/done",
                "https://shop.example/cancel", false, null));
    }

    @Test
    void the_events_own_values_win_over_defaults() {
        OrderDefaults defaults = new OrderDefaults("https://d.example/", "https://d.example/", "https://d.example/", false);
        OrderMapper mapper = new OrderMapper(rules(OrderIdType.AUTO, DescriptionPolicy.FIX, defaults));

        Mapping mapping = mapper.map(event(Events.SAMPLE));

        assertThat(new String(accepted(mapping).order().toJson(), StandardCharsets.UTF_8)).isEqualTo(SAMPLE_ORDER);
    }

    @Test
    void a_default_that_the_order_id_makes_too_long_is_a_violation() {
        OrderDefaults defaults = new OrderDefaults("https://shop.example/" + "n".repeat(100) + "/{order_id}", null, null, null);
        OrderMapper mapper = new OrderMapper(rules(OrderIdType.AUTO, DescriptionPolicy.FIX, defaults));
        String event = without("payment_options.notification_url").replace("my-order-id-1", "ž".repeat(20));

        Mapping mapping = mapper.map(event(event));

        assertThat(violations(mapping)).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("payment_options.notification_url");
            assertThat(violation.problem()).startsWith("found a text of 242 characters in the configured default");
        });
    }

    @Test
    void absent_optional_members_leave_no_trace() {
        Mapping mapping = mapper.map(event(without("payment_options.close_window")
                .replaceFirst("\\{", "{\"second_chance\":{},\"plugin\":{},\"var1\":null,\"days_active\":null,")));

        assertThat(new String(accepted(mapping).order().toJson(), StandardCharsets.UTF_8))
                .isEqualTo(SAMPLE_ORDER.replace(",\"close_window\":true", ""));
    }

    private static String repeated(String given) {
        return given.startsWith("*") ? quoted("\uD83D\uDE00".repeat(Integer.parseInt(given.substring(1)))) : given;
    }

    /** Like {@link Events#with}, but keeps the spelling of numbers and escapes. */
    private static String raw(String field, String json) {
        return with(field, "\"THE-VALUE\"").replace("\"THE-VALUE\"", json);
    }
}
