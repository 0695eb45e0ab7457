package org.trustpaybridge.simulator;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.NetUtil;

/** The part of the order check that looks at {@code customer}. */
final class CustomerCheck {

    private static final int LONGEST_EMAIL = 64;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern BIRTHDAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Map<String, Integer> LONGEST = Collections.unmodifiableMap(new TreeMap<>(Map.of(
        "first_name", 25, "last_name", 25, "address1", 64, "address2", 64, "house_number", 10, "zip_code", 10, "city", 50, "state", 6,
        "phone", 25)));

    private CustomerCheck() {
    }

    static Optional<Refusal> check(ObjectNode order) {
        JsonNode customer = order.path("customer");
        if (!customer.isObject()) {
            return Optional.of(Refusal.missing("customer"));
        }
        return email(customer)
            .or(() -> locale(customer))
            .or(() -> addresses(customer))
            .or(() -> country(customer))
            .or(() -> texts(customer))
            .or(() -> rest(customer));
    }

    private static Optional<Refusal> email(JsonNode customer) {
        JsonNode email = customer.path("email");
        if (OrderCheck.absent(email)) {
            return Optional.of(Refusal.missing("customer.email"));
        }
        boolean good = email.isTextual() && email.textValue().length() <= LONGEST_EMAIL && EMAIL.matcher(email.textValue()).matches();
        return good ? Optional.empty() : Optional.of(Refusal.invalid("customer.email", "an e-mail address of at most 64 characters"));
    }

    /** The provider falls back to English for a locale it does not know, so any text will do. */
    private static Optional<Refusal> locale(JsonNode customer) {
        JsonNode locale = customer.path("locale");
        if (OrderCheck.absent(locale)) {
            return Optional.of(Refusal.missing("customer.locale"));
        }
        return locale.isTextual() ? Optional.empty() : Optional.of(Refusal.invalid("customer.locale", "a text such as cs_CZ"));
    }

    private static Optional<Refusal> addresses(JsonNode customer) {
        for (String name : List.of("ip_address", "forwarded_ip")) {
            JsonNode address = customer.path(name);
            if (!OrderCheck.absent(address) && !(address.isTextual() && isIpAddress(address.textValue()))) {
                return Optional.of(new Refusal(Refusal.IP_ADDRESS, "Invalid IP address"));
            }
        }
        return Optional.empty();
    }

    private static boolean isIpAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    private static Optional<Refusal> country(JsonNode customer) {
        JsonNode country = customer.path("country");
        return OrderCheck.absent(country) || country.isTextual() && COUNTRIES.contains(country.textValue()) ? Optional.empty()
            : Optional.of(new Refusal(Refusal.COUNTRY, "Invalid country code"));
    }

    private static Optional<Refusal> texts(JsonNode customer) {
        for (Map.Entry<String, Integer> rule : LONGEST.entrySet()) {
            JsonNode text = customer.path(rule.getKey());
            if (!OrderCheck.absent(text) && !(text.isTextual() && text.textValue().length() <= rule.getValue())) {
                return Optional.of(Refusal.invalid("customer." + rule.getKey(), "a text of at most " + rule.getValue() + " characters"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> rest(JsonNode customer) {
        JsonNode birthday = customer.path("birthday");
        if (!OrderCheck.absent(birthday) && !(birthday.isTextual() && BIRTHDAY.matcher(birthday.textValue()).matches())) {
            return Optional.of(Refusal.invalid("customer.birthday", "a date such as 1980-12-31"));
        }
        JsonNode silent = customer.path("disable_send_email");
        return OrderCheck.absent(silent) || silent.isBoolean() ? Optional.empty()
            : Optional.of(Refusal.invalid("customer.disable_send_email", "true or false"));
    }
}
