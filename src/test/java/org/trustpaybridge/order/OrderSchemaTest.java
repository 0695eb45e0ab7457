package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.statistics.Statistics;
import org.trustpaybridge.testkit.Schemas;

/** The shipped schema of {@code order-created} and the rules of the program say the same, both ways. */
class OrderSchemaTest {

    private static final Schema SCHEMA = Schemas.of("order-created");
    private static final OrderMapper STRICT = new OrderMapper(Events.strict(OrderMapperPropertyTest.DEFAULTS));
    private static final OrderMapper FIXING = new OrderMapper(Events.rules(OrderIdType.AUTO, DescriptionPolicy.FIX,
            OrderMapperPropertyTest.DEFAULTS));

    /** Where a rule is finer than a schema can say: lists of languages, hosts of URLs, HTML, the spelling of a number, half characters. */
    private static final Set<String> FINER = Set.of("customer.email", "customer.locale", "customer.country", "customer.ip_address",
            "customer.forwarded_ip", "customer.birthday", "payment_options.notification_url", "payment_options.redirect_url",
            "payment_options.cancel_url", "description", "order_id");

    private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    @Property(tries = 800)
    void what_obeys_the_schema_is_sent_as_it_is(@ForAll("good") String event) {
        assertThat(Schemas.problems(SCHEMA, event)).isEmpty();

        Mapping strict = STRICT.map(Events.event(event));

        assertThat(Events.accepted(strict).repairs()).isEmpty();
        assertThat(Events.accepted(FIXING.map(Events.event(event))).repairs()).isEmpty();
    }

    @Property(tries = 1500)
    void what_breaks_the_schema_is_refused_or_repaired_and_what_is_refused_breaks_it(@ForAll("any") String event) {
        boolean valid = Schemas.problems(SCHEMA, event).isEmpty();

        Mapping strict = STRICT.map(Events.event(event));
        Mapping fixing = FIXING.map(Events.event(event));

        boolean accepted = strict instanceof Mapping.Accepted;
        Statistics.label("schema, rules").collect(valid, accepted)
                .coverage(coverage -> {
                    coverage.check(true, true).percentage(share -> share > 2);
                    coverage.check(false, false).percentage(share -> share > 20);
                });
        if (accepted) {
            assertThat(Schemas.problems(SCHEMA, event)).isEmpty();
        } else if (valid) {
            assertThat(Events.violations(strict)).allMatch(each -> FINER.contains(each.field()) || each.problem().contains("surrogate")
                    || spelling(each));
        }
        if (!valid && fixing instanceof Mapping.Accepted mended) {
            assertThat(mended.repairs().size() + mended.warnings().size()).isPositive();
        }
    }

    /** To a schema 1.0 and 1e3 are integers, and -0 is 0. */
    private static boolean spelling(Violation violation) {
        return Set.of("amount", "days_active", "seconds_active").contains(violation.field()) && violation.problem().matches(".*[.eE-].*");
    }

    @Example
    void the_schema_has_all_members_that_have_a_rule_and_no_others() {
        Set<String> paths = new TreeSet<>();
        collect(Schemas.tree("order-created"), "", paths);

        Set<String> rules = new TreeSet<>(OrderMembers.repairable());
        rules.addAll(List.of("order_id", "currency", "amount", "description", "customer", "customer.email", "customer.locale", "type",
            "gateway",
                "payment_options", "payment_options.notification_url", "payment_options.redirect_url", "payment_options.cancel_url"));
        assertThat(paths).isEqualTo(rules);
    }

    private static void collect(JsonNode schema, String prefix, Set<String> paths) {
        schema.path("properties").properties().forEach(member -> {
            paths.add(prefix + member.getKey());
            collect(member.getValue(), prefix + member.getKey() + ".", paths);
        });
    }

    @Example
    void lengths_and_currencies_are_those_of_the_rules() {
        JsonNode members = Schemas.tree("order-created").path("properties");

        OrderMembers.CUSTOMER_LENGTHS.forEach((name, length) ->
            assertThat(members.at("/customer/properties/" + name + "/maxLength").intValue()).as(name).isEqualTo(length));
        List<String> codes = new ArrayList<>();
        members.at("/currency/enum").forEach(code -> codes.add(code.textValue()));
        assertThat(codes).isSorted().allMatch(Currencies::inUse);
        for (char a = 'A'; a <= 'Z'; a++) {
            for (char b = 'A'; b <= 'Z'; b++) {
                for (char c = 'A'; c <= 'Z'; c++) {
                    String code = "" + a + b + c;
                    assertThat(codes.contains(code)).as(code).isEqualTo(Currencies.inUse(code));
                }
            }
        }
    }

    @Example
    void every_order_in_the_documents_and_in_the_tests_of_the_mappings_obeys_the_schema_and_is_taken() throws IOException {
        List<String> orders = new ArrayList<>();
        Schemas.tree("order-created").path("examples").forEach(example -> orders.add(example.toString()));
        for (String text : documents()) {
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                if (block.group(1).contains("\"order_id\"") && block.group(1).contains("\"customer\"")) {
                    orders.add(block.group(1));
                }
            }
        }
        int documented = orders.size();
        try (Stream<Path> files = Files.walk(Path.of("config", "mappings", "tests"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".order.json")).toList()) {
                orders.add(Files.readString(file));
            }
        }

        assertThat(documented).isGreaterThan(1);
        assertThat(orders).hasSizeGreaterThan(documented + 5).allSatisfy(order -> {
            assertThat(Schemas.problems(SCHEMA, order)).isEmpty();
            assertThat(Events.accepted(STRICT.map(Events.event(order))).repairs()).isEmpty();
        });
    }

    @Example
    void every_payment_url_in_the_documents_obeys_its_schema() throws IOException {
        Schema schema = Schemas.of("payment-url-created");
        List<String> found = new ArrayList<>();
        for (String text : documents()) {
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                if (block.group(1).contains("\"payment_url\"") && block.group(1).contains("\"expires_at\"")) {
                    found.add(block.group(1));
                }
            }
        }

        assertThat(found).isNotEmpty().allSatisfy(each -> assertThat(Schemas.problems(schema, each)).isEmpty());
    }

    private static List<String> documents() throws IOException {
        List<String> texts = new ArrayList<>(List.of(Files.readString(Path.of("README.md"))));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    @Provide
    Arbitrary<String> any() {
        Arbitrary<String> json = OrderMapperPropertyTest.json();
        Arbitrary<String> paths = Arbitraries.oneOf(Arbitraries.of(OrderMapperPropertyTest.PATHS),
            Arbitraries.of(OrderMembers.repairable()));
        return Combinators.combine(paths, json).as(Tuple::of).list().ofMinSize(1).ofMaxSize(4).map(OrderMapperPropertyTest::changed);
    }

    @Provide
    Arbitrary<String> good() {
        List<Arbitrary<Tuple2<String, String>>> members = new ArrayList<>();
        OrderMembers.CUSTOMER_LENGTHS.forEach((name, length) -> members.add(member("customer." + name, free(length))));
        Map.of("custom_info.custom_1", 500, "custom_info.custom_3", 500, "var1", 100, "var3", 100, "plugin.shop", 255, "plugin.partner",
            255,
                "plugin.shop_root_url", 2000).forEach((name, length) -> members.add(member(name, free(length))));
        members.add(member("customer.country", Arbitraries.of("CZ", "SK", "DE")));
        members.add(member("customer.ip_address", Arbitraries.of("203.0.113.7", "2001:db8::1", "::1")));
        members.add(member("customer.forwarded_ip", Arbitraries.of("203.0.113.7", "2001:db8::1")));
        members.add(member("customer.birthday", Arbitraries.of("2000-02-29", "1999-12-31")));
        members.add(member("customer.locale", Arbitraries.of("cs_CZ", "sk_SK", "en_GB")));
        members.add(member("customer.email", Arbitraries.of("a@b.example", "jana.nováková@příklad.example")));
        members.add(member("currency", Arbitraries.of("CZK", "JPY", "KWD", "EUR")));
        members.add(member("description", Arbitraries.strings().withChars("Objednávka č. 7\uD83D\uDE00").ofMinLength(1).ofMaxLength(100)
                .filter(text -> !text.isBlank() && Texts.flaw(text, true) == null)));
        members.add(member("order_id", Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(50)));
        members.add(literal("order_id", Arbitraries.longs().map(String::valueOf)));
        members.add(literal("amount", Arbitraries.longs().between(1, Long.MAX_VALUE).map(String::valueOf)));
        members.add(literal("days_active", Arbitraries.integers().between(1, 365).map(String::valueOf)));
        members.add(literal("seconds_active", Arbitraries.integers().between(1, 31_536_000).map(String::valueOf)));
        members.add(literal("payment_options.close_window", Arbitraries.of("true", "false", "null")));
        members.add(literal("second_chance.send_email", Arbitraries.of("true", "null")));
        members.add(literal("customer.disable_send_email", Arbitraries.of("true", "false")));
        members.add(literal("customer.phone", Arbitraries.just("null")));
        members.add(literal("second_chance", Arbitraries.just("null")));
        members.add(member("payment_options.notification_method", Arbitraries.of("POST", "GET")));
        members.add(member("payment_options.redirect_url", Arbitraries.of("https://shop.example/thanks?a=b#c",
            "HTTP://shop.example:8080/")));
        members.add(literal("payment_options.cancel_url", Arbitraries.just("null")));
        members.add(member("type", Arbitraries.just("redirect")));
        members.add(member("gateway", Arbitraries.just("TRUSTPAY")));
        return Arbitraries.oneOf(members).list().ofMaxSize(12).map(OrderMapperPropertyTest::changed);
    }

    private static Arbitrary<String> free(int length) {
        return Arbitraries.strings().withChars("ab 1\t\n<&\u00e9\u0161").ofMinLength(1).ofMaxLength(length).filter(text -> !text.isBlank());
    }

    private static Arbitrary<Tuple2<String, String>> member(String path, Arbitrary<String> texts) {
        return literal(path, texts.map(Events::quoted));
    }

    private static Arbitrary<Tuple2<String, String>> literal(String path, Arbitrary<String> json) {
        return json.map(value -> Tuple.of(path, value));
    }
}
