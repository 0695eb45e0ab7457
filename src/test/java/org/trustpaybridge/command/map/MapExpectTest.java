package org.trustpaybridge.command.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.testkit.CommandRun;
import org.w3c.dom.Document;

/** Mappings are code, so they are tested: the shipped ones pass their tests, and one that is broken in any way does not. */
class MapExpectTest {

    private static final Path MAPPINGS = Path.of("config/mappings");
    private static final Path TESTS = MAPPINGS.resolve("tests");

    @TempDir
    private Path folder;

    static List<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(MAPPINGS)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jq"))
                .map(name -> name.replace(".jq", ""))
                .sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void a_shipped_mapping_passes_its_tests_which_cover_every_outcome(String name) throws IOException {
        CommandRun run = CommandRun.of("map", "--mapping", MAPPINGS.resolve(name + ".jq").toString(), "--expect", TESTS.resolve(name)
            .toString());

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("as expected").contains(", 0 differ");
        for (String end : List.of(".order.json", ".violations.json", ".skipped.json")) {
            try (Stream<Path> files = Files.list(TESTS.resolve(name))) {
                assertThat(files).as(end).anyMatch(file -> file.toString().endsWith(end));
            }
        }
    }

    @Test
    void five_mappings_are_shipped() throws IOException {
        assertThat(shipped()).containsExactly("commerce-cents", "envelope", "order-woocommerce-like", "outbox-debezium",
            "webhook-shopify-like");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        order_id: $order.orderNumber          ~ order_id: .eventId                        ~ order_id
        order_id: $order.orderNumber,         ~ ``                                        ~ order_id
        minor_units($order.totals.currency)   ~ tonumber                                  ~ amount
        amount: $amount                       ~ amount: ($amount * 100)                   ~ amount
        currency: $order.totals.currency      ~ currency: "EUR"                           ~ currency
        email: $order.customer.emailAddress   ~ email: $order.customer.email              ~ customer.email
        locale($order.customer.language; $order.billingAddress.countryCode) ~ "en_US"     ~ customer.locale
        description(.name; .quantity)         ~ description(.name)                        ~ description
        redirect_url: $order.urls.success     ~ redirect_url: $order.urls.cancel          ~ payment_options.redirect_url
        phone: $order.customer.phoneNumber,   ~ ``                                        ~ customer.phone
        first_name: $order.customer.firstName ~ first_name: $order.customer.lastName      ~ customer.first_name
        .eventType == "OrderPlaced" and       ~ ``                                        ~ outcome
        == "trustpay"                         ~ == "TrustPay"                             ~ outcome
        select(.eventType                     ~ .eventType as $x | select(true or .eventType ~ outcome
        | .payload as $order                  ~ | (.payload, .payload) as $order          ~ outcome
        amount: $amount                       ~ amount: last(range(1e12))                 ~ outcome
        amount: $amount                       ~ amount: error("no amount")                ~ outcome
        amount: $amount                       ~ amount: "\\($amount)"                    ~ amount
        amount: $amount                       ~ amount: $amount, days_active: 1           ~ days_active
        ip_address: $order.customer.remoteAddress ~ var1: $order.customer.remoteAddress   ~ customer.ip_address
        """)
    void a_mapping_that_is_broken_fails_and_the_difference_is_shown(String before, String after, String field) throws Exception {
        String program = Files.readString(MAPPINGS.resolve("envelope.jq"));
        assertThat(program).contains(before);
        Path broken = Files.writeString(folder.resolve("broken.jq"), program.replace(before, after));
        Path junit = folder.resolve("reports/mappings/junit.xml");

        CommandRun run = CommandRun.of("map", "--mapping", broken.toString(), "--expect", TESTS.resolve("envelope").toString(), "--junit",
            junit.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).anyMatch(line -> line.startsWith(field)).allMatch(line -> line.length() <= 80);
        assertThat(run.out()).contains("differs", "expected", "found");
        Document xml = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(junit.toFile());
        int failures = Integer.parseInt(xml.getDocumentElement().getAttribute("failures"));
        assertThat(failures).isPositive().isEqualTo(xml.getElementsByTagName("failure").getLength());
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        commerce-cents ~ $total.fractionDigits ~ 2 ~ outcome
        commerce-cents ~ $total.fractionDigits ~ $total.centAmount ~ outcome
        commerce-cents ~ $order.taxedPrice.totalGross // ~ `` ~ amount
        webhook-shopify-like ~ minor_units($order.currency) ~ tonumber * 100 | floor ~ amount
        webhook-shopify-like ~ ascii_downcase | ~ `` ~ outcome
        webhook-shopify-like ~ | ltrimstr("#") ~ `` ~ order_id
        webhook-shopify-like ~ any( ~ all( ~ outcome
        order-woocommerce-like ~ "en_US" ~ "en_GB" ~ customer.locale
        order-woocommerce-like ~ minor_units($order.currency) ~ minor_units("JPY") ~ outcome
        order-woocommerce-like ~ /cart/ ~ /basket/ ~ payment_options.cancel_url
        order-woocommerce-like ~ // error("the record header shop-url is missing") ~ // "https://other.example.com" ~ outcome
        outbox-debezium ~ or .op == "r" ~ `` ~ outcome
        outbox-debezium ~ .op == "c" or .op == "r" ~ true ~ outcome
        outbox-debezium ~ | fromjson ~ `` ~ outcome
        outbox-debezium ~ days_active: 3 ~ days_active: 30 ~ days_active
        """)
    void each_shipped_mapping_is_held_by_its_own_tests(String name, String before, String after, String field) throws IOException {
        CommandRun run = run(name, program(name, before, after));

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out().lines()).anyMatch(line -> line.startsWith(field)).allMatch(line -> line.length() <= 80);
    }

    /**
     * One path, one text or one member at a time is another: no part of a shipped mapping is without a test, but the words of its errors.
     */
    @ParameterizedTest
    @MethodSource("shipped")
    void no_path_text_or_member_of_a_shipped_mapping_can_be_another_unnoticed(String name) throws IOException {
        String program = Files.readString(MAPPINGS.resolve(name + ".jq"));
        List<String> unnoticed = new ArrayList<>();
        Matcher part = Pattern.compile("#.*"
            + "|error\\(\"[^\"]*\"\\)|(?<path>\\.[a-z]\\w*)|\"(?<text>[\\w.:/ -]*)\"|(?<member>[a-z]\\w*)(?=:)").matcher(program);
        int broken = 0;
        while (part.find()) {
            for (String group : List.of("path", "text", "member")) {
                if (part.group(group) != null) {
                    broken++;
                    String other = program.substring(0, part.end(group)) + "x" + program.substring(part.end(group));
                    if (run(name, other).code() == 0) {
                        unnoticed.add(part.group() + " at " + part.start());
                    }
                }
            }
        }
        assertThat(broken).isGreaterThan(20);
        assertThat(unnoticed).isEmpty();
    }

    private static String program(String name, String before, String after) throws IOException {
        String program = Files.readString(MAPPINGS.resolve(name + ".jq"));
        assertThat(program).contains(before);
        return program.replace(before, after);
    }

    private CommandRun run(String name, String program) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.jq"), program);
        return CommandRun.of("map", "--mapping", file.toString(), "--expect", TESTS.resolve(name).toString());
    }

    @Test
    void a_mapping_that_does_not_compile_is_wrong_configuration() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jq"), "{order_id: .id,\n amount: }");

        CommandRun run = CommandRun.of("map", "--mapping", broken.toString(), "--expect", TESTS.resolve("envelope").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("broken.jq, line 2, column 10: found \"}\", which cannot stand there");
    }

    @Test
    void an_expectation_that_is_missing_doubled_or_without_its_event_is_no_test_that_passes() throws IOException {
        Files.writeString(folder.resolve("none.event.json"), "{}");
        Files.writeString(folder.resolve("two.event.json"), "{}");
        Files.writeString(folder.resolve("two.order.json"), "{}");
        Files.writeString(folder.resolve("two.skipped.json"), "{}");
        Files.writeString(folder.resolve("lost.order.json"), "{}");
        Path program = Files.writeString(folder.resolve("shop.jq"), "empty");

        CommandRun run = CommandRun.of("map", "--mapping", program.toString(), "--expect", folder.toString(), "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.contains("\"differs\""));
    }

    @Test
    void type_and_gateway_need_not_be_written_but_are_compared_where_they_are() throws IOException {
        String event = Files.readString(TESTS.resolve("envelope/order.event.json"));
        String order = Files.readString(TESTS.resolve("envelope/order.order.json"));
        Files.writeString(folder.resolve("a.event.json"), event);
        Files.writeString(folder.resolve("b.event.json"), event);
        Files.writeString(folder.resolve("a.order.json"), order.replaceAll("\"(type|gateway)\" *: *\"\\w+\",", ""));
        Files.writeString(folder.resolve("b.order.json"), order.replace("TRUSTPAY", "VISA"));

        CommandRun run = CommandRun.of("map", "--mapping", MAPPINGS.resolve("envelope.jq").toString(), "--expect", folder.toString());

        assertThat(run.out()).contains("a: as expected", "b: differs", "gateway  expected  \"VISA\"");
    }

    @Test
    void a_number_that_is_spelt_otherwise_is_another_one_and_a_violation_is_compared_with_its_problem_where_that_is_given()
        throws IOException {
        Files.writeString(folder.resolve("a.event.json"), "{}");
        Files.writeString(folder.resolve("a.violations.json"), "[{\"field\":\"order_id\",\"problem\":\"other\"},{\"field\":\"nothing\"}]");
        Path program = Files.writeString(folder.resolve("shop.jq"), "{}");

        CommandRun run = CommandRun.of("map", "--mapping", program.toString(), "--expect", folder.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("order_id", "other", "missing, expected", "nothing", "customer.email");
    }

    @Test
    void an_expectation_that_says_two_things_is_none() throws IOException {
        Files.writeString(folder.resolve("a.event.json"), Files.readString(TESTS.resolve("envelope/order.event.json")));
        Files.writeString(folder.resolve("a.order.json"), "{\"amount\":1,\n\"amount\":2}");

        CommandRun run = CommandRun.of("map", "--mapping", MAPPINGS.resolve("envelope.jq").toString(), "--expect", folder.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().replaceAll("\\s+", " ")).contains("or has a member twice (line 2, column");
    }

    @Test
    void an_empty_folder_and_contradicting_options_are_told() {
        List<CommandRun> wrong = new ArrayList<>();
        assertThat(CommandRun.of("map", "--expect", folder.toString()).err()).contains("There is no *.event.json in");
        wrong.add(CommandRun.of("map", "--expect", folder.resolve("nowhere").toString()));
        wrong.add(CommandRun.of("map", "--expect", folder.toString(), "--from-topic", "3"));
        wrong.add(CommandRun.of("map", "--expect", folder.toString(), "a.json"));
        wrong.add(CommandRun.of("map", "--junit", "x.xml"));

        assertThat(wrong).allMatch(run -> run.code() == 2);
    }
}
