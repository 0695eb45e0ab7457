package org.trustpaybridge.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A notification as MultiSafepay sends it, with a signature that is made here anew.
 *
 * @param body      order object
 * @param key       that signs it
 * @param timestamp Unix time
 */
record Notification(String body, String key, long timestamp) {

    static Notification of(String orderId, String status) {
        return of(orderId, status, 0);
    }

    static Notification of(String orderId, String status, long refunded) {
        return new Notification("""
            {"transaction_id":4000000000000017,"order_id":"%s","created":"2026-11-28T10:00:00","currency":"CZK","amount":1000,
             "amount_refunded":%d,"status":"%s","financial_status":"%s","description":"Test","items":null,"costs":[{"amount":0.49}],
             "customer":{"email":"%s","locale":"cs_CZ","phone1":"420777123456"},
             "payment_details":{"type":"TRUSTPAY","account_iban":"CZ6508000000192000145399","account_holder_name":"Jana"}}"""
            .formatted(orderId, refunded, status, status, Events.PERSONAL), WireRig.API_KEY, Instant.now().getEpochSecond());
    }

    Notification signedWith(String other) {
        return new Notification(body, other, timestamp);
    }

    Notification signedAt(Instant when) {
        return new Notification(body, key, when.getEpochSecond());
    }

    String auth() {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            String hex = HexFormat.of().formatHex(mac.doFinal((timestamp + ":" + body).getBytes(StandardCharsets.UTF_8)));
            return Base64.getEncoder().encodeToString((timestamp + ":" + hex).getBytes(StandardCharsets.US_ASCII));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param target of the request, with what MultiSafepay adds to it */
    HttpRequest to(String target) {
        return HttpRequest.newBuilder(URI.create(target)).header("Auth", auth()).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    /** Sends it as MultiSafepay does. */
    HttpResponse<String> sendTo(int port) throws IOException, InterruptedException {
        return send(to("http://127.0.0.1:" + port + "/notifications?transactionid=any&timestamp=" + timestamp));
    }

    static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return WireRig.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
