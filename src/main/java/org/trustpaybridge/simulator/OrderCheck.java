package org.trustpaybridge.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Looks at a posted order as the provider would and stops at the first thing that is wrong. Members it does not know are let pass.
 * Fields without an error code of their own in the provider's list are refused with 1016.
 */
final class OrderCheck {

    private static final int LONGEST_ORDER_ID = 50;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final int LONGEST_CUSTOM_INFO = 500;
    private static final int LONGEST_VARIABLE = 100;
    /** Where a tag begins, closed or not, or an entity of those that can hide one. */
    private static final Pattern HTML = Pattern.compile("<(/?[a-zA-Z]|[!?])|&(#[xX]?[0-9a-fA-F]|([lg]t|LT|GT)|(amp|quot|apos|nbsp)\\b)");
    /** The currencies of TrustPay's page in MultiSafepay's documentation. */
    private static final Set<String> CURRENCIES = Set.of("CZK", "DKK", "EUR", "GBP", "NOK", "SEK");

    private static final List<Function<ObjectNode, Optional<Refusal>>> CHECKS = List.of(
        OrderCheck::type, OrderCheck::gateway, OrderCheck::orderId, OrderCheck::currency, OrderCheck::amount, OrderCheck::description,
        PaymentOptionsCheck::check, CustomerCheck::check, OrderCheck::customInfo, OrderCheck::variables, OrderCheck::lifetime,
        OrderCheck::extras);

    private OrderCheck() {
    }

    /** The first thing wrong with the order, or empty if the provider would take it. */
    static Optional<Refusal> firstProblem(ObjectNode order) {
        return CHECKS.stream().flatMap(check -> check.apply(order).stream()).findFirst();
    }

    private static Optional<Refusal> type(ObjectNode order) {
        JsonNode type = order.path("type");
        if (absent(type)) {
            return Optional.of(Refusal.missing("type"));
        }
        // TrustPay sends the customer to the bank's own page; it has no direct flow.
        return "redirect".equals(type.textValue()) ? Optional.empty() : Optional.of(Refusal.invalid("type", "redirect"));
    }

    private static Optional<Refusal> gateway(ObjectNode order) {
        JsonNode gateway = order.path("gateway");
        if (absent(gateway)) {
            return Optional.of(Refusal.missing("gateway"));
        }
        return "TRUSTPAY".equals(gateway.textValue()) ? Optional.empty()
            : Optional.of(new Refusal(Refusal.GATEWAY, "Gateway not available"));
    }

    private static Optional<Refusal> orderId(ObjectNode order) {
        JsonNode id = order.path("order_id");
        if (absent(id)) {
            return Optional.of(Refusal.missing("order_id"));
        }
        boolean wellTyped = id.isTextual() || id.isIntegralNumber();
        String text = id.asText();
        return wellTyped && !text.isBlank() && text.length() <= LONGEST_ORDER_ID ? Optional.empty()
            : Optional.of(new Refusal(Refusal.TRANSACTION_ID, "Invalid transaction ID"));
    }

    private static Optional<Refusal> currency(ObjectNode order) {
        JsonNode currency = order.path("currency");
        if (absent(currency)) {
            return Optional.of(Refusal.missing("currency"));
        }
        return currency.isTextual() && CURRENCIES.contains(currency.textValue()) ? Optional.empty()
            : Optional.of(new Refusal(Refusal.CURRENCY, "Invalid currency"));
    }

    private static Optional<Refusal> amount(ObjectNode order) {
        JsonNode amount = order.path("amount");
        if (absent(amount)) {
            return Optional.of(Refusal.missing("amount"));
        }
        return amount.isIntegralNumber() && amount.canConvertToLong() && amount.longValue() >= 1 ? Optional.empty()
            : Optional.of(new Refusal(Refusal.AMOUNT, "Invalid amount"));
    }

    private static Optional<Refusal> description(ObjectNode order) {
        JsonNode description = order.path("description");
        if (absent(description)) {
            return Optional.of(Refusal.missing("description"));
        }
        boolean good = description.isTextual() && !description.textValue().isBlank()
            && description.textValue().length() <= LONGEST_DESCRIPTION && !HTML.matcher(description.textValue()).find();
        return good ? Optional.empty() : Optional.of(new Refusal(Refusal.DESCRIPTION, "Invalid description"));
    }

    private static Optional<Refusal> customInfo(ObjectNode order) {
        JsonNode info = order.path("custom_info");
        if (absent(info)) {
            return Optional.empty();
        }
        boolean good = info.isObject();
        for (JsonNode value : info) {
            good &= value.isTextual() && value.textValue().length() <= LONGEST_CUSTOM_INFO;
        }
        return good ? Optional.empty() : Optional.of(new Refusal(Refusal.VARIABLE, "Invalid variable: custom_info"));
    }

    private static Optional<Refusal> variables(ObjectNode order) {
        for (String name : List.of("var1", "var2", "var3")) {
            JsonNode value = order.path(name);
            if (!absent(value) && !(value.isTextual() && value.textValue().length() <= LONGEST_VARIABLE)) {
                return Optional.of(new Refusal(Refusal.VARIABLE, "Invalid variable: " + name));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> lifetime(ObjectNode order) {
        if (!withinOrAbsent(order.path("days_active"), 365)) {
            return Optional.of(Refusal.invalid("days_active", "an integer from 1 to 365"));
        }
        return withinOrAbsent(order.path("seconds_active"), 31_536_000) ? Optional.empty()
            : Optional.of(Refusal.invalid("seconds_active", "an integer from 1 to 31536000"));
    }

    private static boolean withinOrAbsent(JsonNode number, int most) {
        return absent(number)
            || number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 1 && number.intValue() <= most;
    }

    private static Optional<Refusal> extras(ObjectNode order) {
        JsonNode secondChance = order.path("second_chance");
        JsonNode sendEmail = secondChance.path("send_email");
        if (!absent(secondChance) && !secondChance.isObject() || !absent(sendEmail) && !sendEmail.isBoolean()) {
            return Optional.of(Refusal.invalid("second_chance.send_email", "true or false"));
        }
        JsonNode plugin = order.path("plugin");
        return absent(plugin) || plugin.isObject() ? Optional.empty() : Optional.of(Refusal.invalid("plugin", "an object"));
    }

    /** Whether a member is not there; JSON null counts as not there. */
    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
