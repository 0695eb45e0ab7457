package org.trustpaybridge.command.send;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.order.MappingRules;

/** A good event that belongs to nobody. */
final class SampleEvent {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final String SHOP = "https://www.example.com/";

    private SampleEvent() {
    }

    /** @return an order id that was hardly used before: the time, and something drawn by lot */
    static String freshId(Clock clock, RandomGenerator random) {
        return "sample-" + TIME.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)) + "-"
            + "%04x".formatted(random.nextInt(0x10000));
    }

    /**
     * @param orderId its order id
     * @param rules   the mapping's rules; the first of the currencies that pass is taken
     * @return the event as UTF-8 JSON
     */
    static byte[] of(String orderId, MappingRules rules) {
        ObjectNode event = JsonOption.object().put("order_id", orderId)
            .put("currency", rules.currencies().isEmpty() ? "CZK" : rules.currencies().stream().sorted().findFirst().orElseThrow())
            .put("amount", 1000).put("description", "Sample of trustpay-bridge");
        event.putObject("customer").put("email", "simonsmit@example.com").put("locale", "cs_CZ");
        event.putObject("payment_options").put("notification_url", SHOP + "notification").put("redirect_url", SHOP + "thanks")
            .put("cancel_url", SHOP + "cart").put("close_window", true);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
