package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** The provider's field table a second time, written for reading a finished request and without a line of the product's rules. */
final class ContractChecker {

    private static final Map<String, Integer> CUSTOMER = Map.ofEntries(Map.entry("email", 64), Map.entry("locale", 5),
            Map.entry("first_name", 25), Map.entry("last_name", 25), Map.entry("address1", 64), Map.entry("address2", 64),
            Map.entry("house_number", 10), Map.entry("zip_code", 10), Map.entry("city", 50), Map.entry("state", 6), Map.entry("phone", 25),
            Map.entry("country", 2), Map.entry("ip_address", 45), Map.entry("forwarded_ip", 45), Map.entry("gender", 255),
                Map.entry("reference", 255),
            Map.entry("birthday", 10), Map.entry("user_agent", 1000), Map.entry("referrer", 2000));

    private ContractChecker() {
    }

    static void check(JsonNode order) {
        assertThat(names(order)).isSubsetOf("type", "order_id", "currency", "amount", "gateway", "description", "custom_info",
                "payment_options", "customer", "days_active", "seconds_active", "var1", "var2", "var3", "second_chance", "plugin");
        assertThat(order.get("type").textValue()).isEqualTo("redirect");
        assertThat(order.get("gateway").textValue()).isEqualTo("TRUSTPAY");
        orderId(order.get("order_id"));
        assertThat(Currency.getInstance(order.get("currency").textValue())).isNotNull();
        assertThat(order.get("amount").isIntegralNumber() && order.get("amount").canConvertToLong()).isTrue();
        assertThat(order.get("amount").longValue()).isPositive();
        text(order.get("description"), 1, 200);
        assertThat(order.get("description").textValue()).doesNotContainPattern("</?[A-Za-z][^<>]*>");
        strings(order.get("custom_info"), Set.of("custom_1", "custom_2", "custom_3"), 500);
        options(order.get("payment_options"));
        customer(order.get("customer"));
        range(order.get("days_active"), 365);
        range(order.get("seconds_active"), 31_536_000);
        for (String name : List.of("var1", "var2", "var3")) {
            if (order.has(name)) {
                text(order.get(name), 0, 100);
            }
        }
        if (order.has("second_chance")) {
            assertThat(names(order.get("second_chance"))).containsExactly("send_email");
            assertThat(order.at("/second_chance/send_email").isBoolean()).isTrue();
        }
        if (order.has("plugin")) {
            strings(order.get("plugin"), Set.of("shop", "shop_version", "plugin_version", "partner", "shop_root_url"), 2000);
        }
    }

    private static void orderId(JsonNode id) {
        text(id.isTextual() ? id : id.isIntegralNumber() ? com.fasterxml.jackson.databind.node.TextNode.valueOf(id.asText()) : id, 1, 50);
        boolean harmlessDigits = id.asText().matches("0|[1-9][0-9]{0,14}");
        assertThat(id.isIntegralNumber()).isEqualTo(harmlessDigits);
    }

    private static void options(JsonNode options) {
        assertThat(names(options)).isSubsetOf("notification_url", "redirect_url", "cancel_url", "close_window", "notification_method");
        for (String name : List.of("notification_url", "redirect_url", "cancel_url")) {
            String url = options.get(name).textValue();
            assertThat(url).matches("(?i)https?://[\\x21-\\x7E]+");
            assertThat(URI.create(url).getHost()).isNotBlank();
        }
        assertThat(options.get("notification_url").textValue().length()).isLessThanOrEqualTo(150);
        assertThat(options.path("close_window").isMissingNode() || options.path("close_window").isBoolean()).isTrue();
        assertThat(options.path("notification_method").asText("POST")).isIn("POST", "GET");
    }

    private static void customer(JsonNode customer) {
        for (String name : names(customer)) {
            if (name.equals("disable_send_email")) {
                assertThat(customer.get(name).isBoolean()).isTrue();
            } else {
                assertThat(CUSTOMER).containsKey(name);
                text(customer.get(name), 0, CUSTOMER.get(name));
            }
        }
        assertThat(customer.get("email").textValue()).matches("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
        assertThat(customer.get("locale").textValue()).matches("[a-z]{2}_[A-Z]{2}");
        assertThat(Locale.getISOLanguages()).contains(customer.get("locale").textValue().substring(0, 2));
        assertThat(Locale.getISOCountries()).contains(customer.get("locale").textValue().substring(3));
        if (customer.has("country")) {
            assertThat(Locale.getISOCountries()).contains(customer.get("country").textValue());
        }
        if (customer.has("birthday")) {
            assertThat(LocalDate.parse(customer.get("birthday").textValue())).isNotNull();
        }
        for (String name : List.of("ip_address", "forwarded_ip")) {
            if (customer.has(name)) {
                assertThat(customer.get(name).textValue()).matches("[0-9A-Fa-f:.]{2,45}");
            }
        }
    }

    private static void strings(JsonNode object, Set<String> names, int max) {
        assertThat(object.isObject()).isTrue();
        assertThat(names(object)).isSubsetOf(names);
        object.forEach(value -> text(value, 0, max));
    }

    private static void text(JsonNode node, int min, int max) {
        assertThat(node.isTextual()).isTrue();
        assertThat(node.textValue().codePointCount(0, node.textValue().length())).isBetween(min, max);
        assertThat(node.textValue()).doesNotContain("\u0000");
    }

    private static void range(JsonNode node, int max) {
        if (node != null) {
            assertThat(node.isInt()).isTrue();
            assertThat(node.intValue()).isBetween(1, max);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
