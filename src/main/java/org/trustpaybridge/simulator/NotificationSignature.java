package org.trustpaybridge.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The {@code Auth} header of a notification: Base64 of the timestamp, a colon and the hex HMAC-SHA512 of timestamp, colon and body. */
final class NotificationSignature {

    private NotificationSignature() {
    }

    static String authHeader(String apiKey, String timestamp, byte[] body) {
        String prefix = timestamp + ":";
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            mac.update(prefix.getBytes(StandardCharsets.US_ASCII));
            String token = prefix + HexFormat.of().formatHex(mac.doFinal(body));
            return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA512", impossible);
        }
    }
}
