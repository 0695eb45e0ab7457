package org.trustpaybridge.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.trustpaybridge.testkit.OrderEvents;

/** Bytes that are no order, of many kinds. */
final class Poison {
    private static final int KINDS = 14;

    private Poison() {
    }

    /**
     * @param number decides the kind
     * @param orderId stands in those that look like an order
     */
    static byte[] value(int number, String orderId, Random random) {
        String good = new String(OrderEvents.order(orderId, 1000), StandardCharsets.UTF_8);
        return switch (number % KINDS) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> randomBytes(random);
            case 3 -> utf8("this is no JSON");
            case 4 -> utf8("[" + good + "]");
            case 5 -> utf8(good.substring(0, good.length() / 2));
            case 6 -> utf8(good.replace("\"amount\":1000", "\"amount\":\"1000\""));
            case 7 -> utf8(good.replace("\"amount\":1000", "\"amount\":10.5"));
            case 8 -> utf8(good.replace("\"CZK\"", "\"crowns\""));
            case 9 -> utf8(good.replaceFirst("\"order_id\":\"[^\"]*\",", ""));
            case 10 -> utf8(good.replace("\"currency\":\"CZK\"", "\"currency\":\"CZK\",\"currency\":\"EUR\""));
            case 11 -> utf8("{\"order_id\":" + "[".repeat(20_000));
            case 12 -> utf8("x".repeat(200_000));
            default -> good.replace("Test Order", "Test \u0000 Order").getBytes(StandardCharsets.UTF_16LE);
        };
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        bytes[0] = (byte) 0xff;
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
