package org.trustpaybridge.preview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.trustpaybridge.order.TrustPayOrder;

/** An order as JSON, as it would be sent or with what may be personal hidden. */
final class OrderView {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PLAIN = Set.of("type", "order_id", "currency", "gateway", "customer.locale", "customer.country",
        "payment_options.notification_method", "plugin.shop_version", "plugin.plugin_version");
    private static final Set<String> URLS = Set.of("payment_options.notification_url", "payment_options.redirect_url",
        "payment_options.cancel_url");

    private OrderView() {
    }

    /** @return the JSON that would be sent, member for member */
    static ObjectNode whole(TrustPayOrder order) {
        try {
            return (ObjectNode) JSON.readTree(order.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the same with texts hidden that may be about a person; of URLs the host is left */
    static ObjectNode masked(TrustPayOrder order) {
        ObjectNode whole = whole(order);
        mask(whole, "");
        return whole;
    }

    private static void mask(ObjectNode object, String path) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = path + member.getKey();
            if (member.getValue() instanceof ObjectNode inner) {
                mask(inner, name + ".");
            } else if (member.getValue().isTextual() && !PLAIN.contains(name)) {
                String text = member.getValue().textValue();
                member.setValue(TextNode.valueOf(URLS.contains(name) ? host(text) : hidden(text)));
            }
        }
    }

    private static String host(String url) {
        URI parsed = URI.create(url);
        return parsed.getScheme() + "://" + parsed.getHost() + "/***";
    }

    private static String hidden(String text) {
        int length = text.codePointCount(0, text.length());
        return "*** (" + length + (length == 1 ? " character)" : " characters)");
    }

    /** @return the members by their paths, in the order of the request, each as JSON text */
    static Map<String, String> members(ObjectNode order) {
        Map<String, String> members = new LinkedHashMap<>();
        collect(order, "", members);
        return members;
    }

    private static void collect(ObjectNode object, String path, Map<String, String> members) {
        for (Iterator<Map.Entry<String, JsonNode>> each = object.fields(); each.hasNext();) {
            Map.Entry<String, JsonNode> member = each.next();
            if (member.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
                collect(inner, path + member.getKey() + ".", members);
            } else {
                members.put(path + member.getKey(), member.getValue().toString());
            }
        }
    }
}
