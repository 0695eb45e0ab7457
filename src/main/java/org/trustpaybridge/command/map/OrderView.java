package org.trustpaybridge.command.map;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.trustpaybridge.order.Masking;
import org.trustpaybridge.order.TrustPayOrder;

/** An order as JSON, as it would be sent or with what may be personal hidden. */
final class OrderView {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** @return what a mapping made, with names and values hidden that may be about a person */
    static ObjectNode maskedResult(ObjectNode result) {
        ObjectNode masked = JSON.createObjectNode();
        result.properties().forEach(member -> masked.set(Masking.name(member.getKey()), masked(member.getValue(), member.getKey())));
        return masked;
    }

    private static JsonNode masked(JsonNode value, String path) {
        if (value.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            value.properties().forEach(each -> object.set(Masking.name(each.getKey()),
                masked(each.getValue(), path + "." + each.getKey())));
            return object;
        }
        if (value.isTextual()) {
            return TextNode.valueOf(Masking.text(path, value.textValue()));
        }
        boolean hidden = value.isArray() || value.isNumber() && !Masking.mayShowNumber(path);
        return hidden ? TextNode.valueOf(Masking.hiddenNumber()) : value;
    }

    private static void mask(ObjectNode object, String path) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = path + member.getKey();
            if (member.getValue() instanceof ObjectNode inner) {
                mask(inner, name + ".");
            } else if (member.getValue().isTextual()) {
                member.setValue(TextNode.valueOf(Masking.text(name, member.getValue().textValue())));
            }
        }
    }

    /** @return the members by their paths, in the order of the request, each as JSON text */
    static Map<String, String> members(ObjectNode order) {
        Map<String, String> members = new LinkedHashMap<>();
        collect(order, "", members);
        return members;
    }

    private static void collect(ObjectNode object, String path, Map<String, String> members) {
        for (Iterator<Map.Entry<String, JsonNode>> each = object.properties().iterator(); each.hasNext();) {
            Map.Entry<String, JsonNode> member = each.next();
            if (member.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
                collect(inner, path + member.getKey() + ".", members);
            } else {
                members.put(path + member.getKey(), member.getValue().toString());
            }
        }
    }
}
