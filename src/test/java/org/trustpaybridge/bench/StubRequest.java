package org.trustpaybridge.bench;

/**
 * A request to the provider.
 *
 * @param start its first line
 * @param body  its body, one character a byte
 */
record StubRequest(String start, String body) {
    private static final String ORDER_ID = "\"order_id\":";

    /** The order id as it stands in the JSON, number or string. */
    String orderId() {
        int from = body.indexOf(ORDER_ID);
        if (from < 0) {
            throw new IllegalArgumentException("no order id");
        }
        from += ORDER_ID.length();
        int end = body.charAt(from) == '"' ? body.indexOf('"', from + 1) + 1 : endOfNumber(from);
        return body.substring(from, end);
    }

    private int endOfNumber(int from) {
        int end = from;
        while (end < body.length() && Character.isDigit(body.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The text of an id as it stands in the JSON. */
    static String text(String jsonId) {
        return jsonId.startsWith("\"") ? jsonId.substring(1, jsonId.length() - 1) : jsonId;
    }
}
