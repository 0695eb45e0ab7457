package org.trustpaybridge.simulator;

import java.util.List;
import java.util.Map;

/**
 * A request exactly as it came over the wire.
 *
 * @param method  HTTP method
 * @param target  path and query as sent
 * @param headers all headers in their order, with the names as the caller spelt them
 * @param body    the bytes of the body
 */
public record ReceivedRequest(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {

    public ReceivedRequest {
        headers = List.copyOf(headers);
    }

    /** All values of a header, whatever the case of its name; empty if it was not sent. */
    public List<String> header(String name) {
        return headers.stream().filter(header -> header.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).toList();
    }

    int size() {
        int size = target.length() + body.length;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length();
        }
        return size;
    }

    /** Method and target alone: the rest holds a key and personal data. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
