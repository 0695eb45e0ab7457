package org.trustpaybridge.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The part of the order check that looks at {@code payment_options}. */
final class PaymentOptionsCheck {

    private static final int LONGEST_NOTIFICATION_URL = 150;

    private PaymentOptionsCheck() {
    }

    static Optional<Refusal> check(ObjectNode order) {
        JsonNode options = order.path("payment_options");
        if (!options.isObject()) {
            return Optional.of(Refusal.missing("payment_options"));
        }
        for (String name : List.of("notification_url", "redirect_url", "cancel_url")) {
            JsonNode url = options.path(name);
            if (OrderCheck.absent(url)) {
                return Optional.of(Refusal.missing("payment_options." + name));
            }
            if (!url.isTextual() || !isWebUrl(url.textValue())) {
                return Optional.of(Refusal.invalid("payment_options." + name, "an absolute http(s) URL in ASCII"));
            }
        }
        if (options.path("notification_url").textValue().length() > LONGEST_NOTIFICATION_URL) {
            return Optional.of(Refusal.invalid("payment_options.notification_url", "at most 150 characters long"));
        }
        return method(options).or(() -> closeWindow(options));
    }

    private static Optional<Refusal> method(JsonNode options) {
        JsonNode method = options.path("notification_method");
        return OrderCheck.absent(method) || "POST".equals(method.textValue()) || "GET".equals(method.textValue()) ? Optional.empty()
            : Optional.of(Refusal.invalid("payment_options.notification_method", "POST or GET"));
    }

    private static Optional<Refusal> closeWindow(JsonNode options) {
        JsonNode close = options.path("close_window");
        return OrderCheck.absent(close) || close.isBoolean() ? Optional.empty()
            : Optional.of(Refusal.invalid("payment_options.close_window", "true or false"));
    }

    private static boolean isWebUrl(String text) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }
}
