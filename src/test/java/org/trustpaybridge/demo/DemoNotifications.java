package org.trustpaybridge.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;

/** What the shop was told of its payments. Only what the provider has signed, not long ago, counts. */
final class DemoNotifications {
    private static final Duration MOST_AGE = Duration.ofSeconds(600);

    private final Map<String, Told> told = new LinkedHashMap<>();
    private final String apiKey;
    private final Clock clock;

    DemoNotifications(String apiKey, Clock clock) {
        this.apiKey = apiKey;
        this.clock = clock;
    }

    /**
     * A notification that was believed.
     *
     * @param status the payment's status in MultiSafepay's words, such as {@code completed}
     * @param at     when it came
     */
    record Told(String status, Instant at) {
    }

    /** What the shop answers to a notification. */
    record Answer(int status, String text) {
    }

    /** Takes a notification, and believes it where its signature is right. */
    Answer take(String timestamp, String auth, byte[] body) {
        if (auth == null || !MessageDigest.isEqual(signature(timestamp, body), auth.getBytes(StandardCharsets.UTF_8))) {
            return new Answer(403, "The signature is wrong.");
        }
        Instant now = clock.instant();
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(sent, now).abs().compareTo(MOST_AGE) > 0) {
            return new Answer(403, "The notification is too old.");
        }
        JsonNode order = Outcome.json(new String(body, StandardCharsets.UTF_8));
        told.put(order.path("order_id").asText(), new Told(order.path("status").asText(), now.truncatedTo(ChronoUnit.SECONDS)));
        return new Answer(200, "OK");
    }

    /** The latest that was told of an order. */
    Optional<Told> of(String orderId) {
        return Optional.ofNullable(told.get(orderId));
    }

    /** Over the bytes as they came: JSON that was read and written again could differ. */
    private byte[] signature(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            mac.update((timestamp + ":").getBytes(StandardCharsets.UTF_8));
            String token = timestamp + ":" + HexFormat.of().formatHex(mac.doFinal(body));
            return Base64.getEncoder().encode(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA512", e);
        }
    }
}
