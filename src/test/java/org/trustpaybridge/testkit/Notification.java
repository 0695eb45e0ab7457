package org.trustpaybridge.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
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
public record Notification(String body, String key, long timestamp) {

    /** Stands where the customer's address does, so that a test can look for it where it must not be. */
    public static final String PERSONAL = "jana.novakova@personal.example";

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The status of an order, signed now. */
    public static Notification of(String key, String orderId, String status) {
        return of(key, orderId, status, 0);
    }

    /** The same with what went back. */
    public static Notification of(String key, String orderId, String status, long refunded) {
        return new Notification("""
            {"transaction_id":4000000000000017,"order_id":"%s","created":"2026-11-28T10:00:00","currency":"CZK","amount":1000,
             "amount_refunded":%d,"status":"%s","financial_status":"%s","description":"Test","items":null,"costs":[{"amount":0.49}],
             "customer":{"email":"%s","locale":"cs_CZ","phone1":"420777123456"},
             "payment_details":{"type":"TRUSTPAY","account_iban":"CZ6508000000192000145399","account_holder_name":"Jana"}}"""
            .formatted(orderId, refunded, status, status, PERSONAL), key, Instant.now().getEpochSecond());
    }

    /** The same, signed otherwise. */
    public Notification signedWith(String other) {
        return new Notification(body, other, timestamp);
    }

    /** The same, signed otherwise. */
    public Notification signedAt(Instant when) {
        return new Notification(body, key, when.getEpochSecond());
    }

    /** The header. */
    public String auth() {
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
    public HttpRequest to(String target) {
        return HttpRequest.newBuilder(URI.create(target)).header("Auth", auth()).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    /** Sends it as MultiSafepay does. */
    public HttpResponse<String> sendTo(int port) throws IOException, InterruptedException {
        return send(to("http://127.0.0.1:" + port + "/notifications?transactionid=any&timestamp=" + timestamp));
    }

    /** Sends any request. */
    public static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
