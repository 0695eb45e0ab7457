package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.statistics.Statistics;

class OrderMapperPropertyTest {

    /** Fields whose violation may mean that the order id could not be read. */
    private static final List<String> UNREAD =
            List.of("$", "order_id", "data.order_id", "data", "data_base64", "content-type");

    private static final String MARKER = "Zz9Marker";

    static final OrderDefaults DEFAULTS =
            new OrderDefaults("https://d.example/n/{order_id}", "https://d.example/r/{order_id}", "https://d.example/c", true);

    private static final List<OrderMapper> MAPPERS = List.of(
            new OrderMapper(MappingRules.standard()),
            new OrderMapper(Events.strict(DEFAULTS)));

    static final List<String> PATHS = List.of("type", "gateway", "order_id", "currency", "amount", "description", "custom_info",
            "custom_info.custom_1", "payment_options", "payment_options.notification_url", "payment_options.redirect_url",
            "payment_options.cancel_url", "payment_options.close_window", "payment_options.notification_method", "customer",
            "customer.email", "customer.locale", "customer.first_name", "customer.city", "customer.state", "customer.country",
            "customer.ip_address", "customer.forwarded_ip", "customer.birthday", "customer.gender", "customer.user_agent",
            "customer.disable_send_email", "days_active", "seconds_active", "var1", "second_chance", "second_chance.send_email", "plugin",
            "plugin.shop", "unknown");

    private static final List<String> PERSONAL = List.of("customer.email", "customer.locale", "customer.first_name", "customer.last_name",
            "customer.address1", "customer.address2", "customer.house_number", "customer.zip_code", "customer.city", "customer.state",
            "customer.country", "customer.phone", "customer.ip_address", "customer.forwarded_ip", "customer.gender", "customer.birthday",
            "customer.user_agent", "customer.referrer", "customer.disable_send_email", "description", "payment_options.notification_url",
            "payment_options.redirect_url", "payment_options.cancel_url", "payment_options.close_window", "custom_info.custom_1", "var1",
            "plugin.shop", "customer", "unknown");

    @Property(tries = 800)
    void no_bytes_make_it_throw(@ForAll byte[] bytes, @ForAll("headers") Map<String, String> headers) {
        mapAndCheck(new IncomingEvent(bytes, headers));
    }

    @Property(tries = 1000)
    void no_broken_event_makes_it_throw(@ForAll("events") String event, @ForAll("headers") Map<String, String> headers,
            @ForAll("edits") List<Tuple2<Integer, Byte>> edits, @ForAll("cut") double kept) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        for (Tuple2<Integer, Byte> edit : edits) {
            bytes[edit.get1() % bytes.length] = edit.get2();
        }

        mapAndCheck(new IncomingEvent(Arrays.copyOf(bytes, (int) (bytes.length * kept)), headers));
    }

    @Property(tries = 1500)
    void every_accepted_order_obeys_the_contract(@ForAll("events") String event, @ForAll("headers") Map<String, String> headers) {
        boolean accepted = mapAndCheck(new IncomingEvent(event.getBytes(StandardCharsets.UTF_8), headers));

        Statistics.label("accepted").collect(accepted).coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
    }

    @Property(tries = 1000)
    void personal_values_are_shown_nowhere(@ForAll("marked") String event, @ForAll("cut") double kept) {
        String value = event.substring(0, (int) (event.length() * kept));
        for (String body : List.of(event, value, event + "}", event.replaceFirst("\\{", "{\"amount\":x,"))) {
            for (OrderMapper mapper : MAPPERS) {
                assertThat(mapper.map(Events.event(body)).toString()).doesNotContain(MARKER);
            }
        }
    }

    @Property(tries = 1500)
    void a_good_order_with_any_optional_members_is_sent_and_obeys_the_contract(@ForAll("optional") String event) {
        Mapping mapping = MAPPERS.get(0).map(Events.event(event));

        Mapping.Accepted accepted = Events.accepted(mapping);
        ContractChecker.check(Events.tree(accepted.order().toJson()));
        assertThat(OrderMembers.repairable()).containsAll(accepted.repairs().stream().map(Repair::member).toList());
        Statistics.label("repaired").collect(!accepted.repairs().isEmpty())
            .coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
    }

    /** Maps with every mapper and checks what holds for all results; says whether the first one accepted the event. */
    private static boolean mapAndCheck(IncomingEvent event) {
        List<Boolean> accepted = new ArrayList<>();
        Optional<OrderId> peeked = OrderIdPeek.peek(event);
        for (OrderMapper mapper : MAPPERS) {
            Mapping mapping = mapper.map(event);
            if (mapping instanceof Mapping.Accepted good) {
                ContractChecker.check(Events.tree(good.order().toJson()));
                assertThat(peeked).contains(good.orderId());
                accepted.add(true);
            } else {
                Mapping.Refused bad = (Mapping.Refused) mapping;
                assertThat(bad.violations()).isNotEmpty().noneMatch(violation -> violation.problem().contains(OrderMapper.UNREADABLE));
                assertThat(bad.violations()).hasSizeLessThan(80);
                boolean idIsFine = bad.violations().stream().map(Violation::field)
                        .noneMatch(field -> UNREAD.contains(field));
                assertThat(!idIsFine || peeked.isPresent()).isTrue();
                assertThat(bad.orderId()).isEqualTo(peeked);
                accepted.add(false);
            }
        }
        return accepted.get(0);
    }

    @Provide
    Arbitrary<String> events() {
        Arbitrary<Tuple2<String, String>> change = Combinators.combine(Arbitraries.of(PATHS), json()).as(Tuple::of);
        Arbitrary<String> plain = change.list().ofMaxSize(4).map(OrderMapperPropertyTest::changed);
        return Arbitraries.oneOf(plain, plain.map(event -> "{\"specversion\":\"1.0\",\"data\":" + event + "}"));
    }

    @Provide
    Arbitrary<String> optional() {
        List<String> paths = new ArrayList<>(OrderMembers.repairable());
        paths.remove("customer.locale");
        Arbitrary<String> locales = Arbitraries.of("cs", "cs-CZ", "cs_cz", "CS-cz", "en", "zh-Hant", "sr-Latn-RS", "cs_CZ")
            .map(Events::quoted);
        Arbitrary<String> near = Arbitraries.of("203.0.113.7, 10.0.0.1", "Stredocesky kraj", "cz", "CZE", "post", " 2000-01-01",
            "e\u0301".repeat(60),
                "\uD83C\uDDE8\uD83C\uDDFF".repeat(300), "\u0000".repeat(30), "a\u0007".repeat(600), "\uD83D\uDE00".repeat(26), ",",
                    "[::1]:1").map(Events::quoted);
        Arbitrary<Tuple2<String, String>> change = Combinators.combine(Arbitraries.of(paths), Arbitraries.oneOf(json(), near))
            .as(Tuple::of);
        return Combinators.combine(change.list().ofMinSize(1).ofMaxSize(8), locales).as((changes, locale) -> {
            List<Tuple2<String, String>> all = new ArrayList<>(changes);
            all.add(Tuple.of("customer.locale", locale));
            return changed(all);
        });
    }

    @Provide
    Arbitrary<String> marked() {
        Arbitrary<String> dirt = Arbitraries.of(MARKER, "<b>" + MARKER + "</b>", MARKER + "@example.com", "https://example.com/" + MARKER,
                MARKER + "\\u0000", "\\ud800" + MARKER, "cs_" + MARKER, MARKER.repeat(80), MARKER + " \\n", "https:// " + MARKER);
        Arbitrary<String> json = Arbitraries.oneOf(dirt.map(text -> "\"" + text + "\""), dirt.map(text -> "[\"" + text + "\"]"),
                dirt.map(text -> "{\"" + text + "\":1}"), dirt.map(text -> "{\"" + text + "\":1,\"" + text + "\":2}"));
        return Combinators.combine(Arbitraries.of(PERSONAL), json).as(Tuple::of).list().ofMinSize(1).ofMaxSize(5)
                .map(OrderMapperPropertyTest::changed);
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.of(Map.of(), Map.of("ce_specversion", "1.0"), Map.of("content-type", "application/cloudevents+json"),
                Map.of("ce_specversion", "\u0000", "content-type", ";"), Map.of("content-type", "application/cloudevents-batch+json"));
    }

    @Provide
    Arbitrary<List<Tuple2<Integer, Byte>>> edits() {
        return Combinators.combine(Arbitraries.integers().between(0, 2000), Arbitraries.bytes()).as(Tuple::of).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Double> cut() {
        return Arbitraries.oneOf(Arbitraries.just(1.0), Arbitraries.doubles().between(0, 1));
    }

    static Arbitrary<String> json() {
        Arbitrary<String> words = Arbitraries.of("redirect", "TRUSTPAY", "EUR", "cs_CZ", "a@b.example", "CZ", "192.0.2.1", "::1",
                "2000-01-01", "POST", "https://example.com/x", "", "007", "42", "<b>x</b>", "\u0000", "\uD83D\uDE00");
        Arbitrary<String> texts = Arbitraries.oneOf(words, Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(600)).map(Events::quoted);
        Arbitrary<String> numbers = Arbitraries.oneOf(Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf),
                Arbitraries.integers().between(-1, 400).map(String::valueOf), Arbitraries.of("1e3", "1.0", "-0", "1E-400"));
        return Arbitraries.frequencyOf(Tuple.of(6, texts), Tuple.of(3, numbers),
                Tuple.of(2, Arbitraries.of("true", "false", "null", "{}", "[]", "{\"a\":[{}]}", "\"\\ud800\"")));
    }

    /** The sample with members set, each value spelled as given. */
    static String changed(List<Tuple2<String, String>> changes) {
        ObjectNode event = (ObjectNode) Events.tree(Events.SAMPLE);
        Map<String, String> spellings = new HashMap<>();
        for (Tuple2<String, String> change : changes) {
            String[] names = change.get1().split("\\.");
            JsonNode parent = names.length == 1 ? event : event.has(names[0]) ? event.get(names[0]) : event.putObject(names[0]);
            if (parent instanceof ObjectNode object) {
                String key = "VALUE-" + spellings.size() + "-";
                spellings.put("\"" + key + "\"", change.get2());
                object.put(names[names.length - 1], key);
            }
        }
        String text = event.toString();
        for (Map.Entry<String, String> spelling : spellings.entrySet()) {
            text = text.replace(spelling.getKey(), spelling.getValue());
        }
        return text;
    }
}
