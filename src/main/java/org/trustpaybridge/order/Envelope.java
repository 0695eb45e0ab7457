package org.trustpaybridge.order;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Finds the order in an event: the value itself, or the {@code data} of a structured CloudEvent (CloudEvents 1.0, Kafka protocol binding
 * and JSON format). In binary mode the attributes are {@code ce_*} headers; of those only the version is required here.
 */
final class Envelope {

    private static final String JSON = "application/json or a type that ends with +json";
    private static final String VERSION = "1.0";
    private static final TextRule MEDIA_TYPE = TextRule.atMost(255);

    /** What stands before the path of an order's member when the order is inside a CloudEvent. */
    static final String DATA = "data.";

    private final IncomingEvent event;
    private final Findings findings;

    private Envelope(IncomingEvent event, Findings findings) {
        this.event = event;
        this.findings = findings;
    }

    /** The order's members, or null when they cannot be had; the reasons are among the findings. */
    static Section open(IncomingEvent event, Findings findings) {
        return new Envelope(event, findings).open();
    }

    /** Whether the order is inside a CloudEvent instead of being the value. */
    static boolean isStructured(IncomingEvent event) {
        return mediaType(event).equals("application/cloudevents+json");
    }

    private static String mediaType(IncomingEvent event) {
        return event.header("content-type").map(Envelope::mediaType).orElse("");
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String contentType) {
        String type = mediaType(contentType);
        return type.equals("application/json") || type.endsWith("+json") && type.indexOf('/') > 0;
    }

    /** The same for an event of any shape; what is wrong is among the findings. */
    static Tree openTree(IncomingEvent event, Findings findings) {
        return new Envelope(event, findings).openTree();
    }

    /**
     * @param data       null when it cannot be had
     * @param attributes null where the value is the order itself
     */
    record Tree(JsonNode data, ObjectNode attributes) {
    }

    private Section open() {
        if (!opens()) {
            return null;
        }
        return isStructured(event) ? structured() : binaryOrPlain();
    }

    private Tree openTree() {
        if (event.value() == null) {
            // What a delete leaves behind on a compacted topic; whoever reads the tree can tell.
            return new Tree(NullNode.getInstance(), null);
        }
        if (!opens()) {
            return new Tree(null, null);
        }
        if (!isStructured(event)) {
            checkBinary();
            return new Tree(StrictJson.readTree(event.value(), "$", findings), null);
        }
        JsonNode value = StrictJson.readTree(event.value(), "$", findings);
        if (value != null && !value.isObject()) {
            findings.violation("$", JsonValue.of(value).kind(), "a CloudEvent as a JSON object");
        }
        return findings.clean() ? structured((ObjectNode) value) : new Tree(null, null);
    }

    private Tree structured(ObjectNode envelope) {
        JsonNode data = envelope.remove("data");
        Section attributes = attributes((JsonValue.Obj) JsonValue.of(envelope));
        if (!attributes.has("data_base64")) {
            if (data == null) {
                findings.missing("data", "the order");
            }
            return new Tree(data, envelope);
        }
        byte[] bytes = bytes(attributes, data != null);
        envelope.remove("data_base64");
        return new Tree(bytes == null ? null : StrictJson.readTree(bytes, "data_base64", findings), envelope);
    }

    /** Whether the event may be looked into at all. */
    private boolean opens() {
        if (event.value() == null) {
            findings.violation("$", "no value", "an order as JSON");
            return false;
        }
        String type = mediaType(event);
        if (type.startsWith("application/cloudevents") && !isStructured(event)) {
            String found = type.startsWith("application/cloudevents-batch") ? "a batch of CloudEvents" : "a CloudEvent in another format";
            findings.violation("content-type", found, "one CloudEvent as application/cloudevents+json");
            return false;
        }
        return true;
    }

    private void checkBinary() {
        if (event.header("ce_specversion").isPresent()) {
            checkVersion("ce_specversion", event.header("ce_specversion"));
            checkType("content-type", event.header("content-type"));
        }
    }

    private Section binaryOrPlain() {
        checkBinary();
        JsonValue.Obj order = StrictJson.read(event.value(), "$", findings);
        return order == null ? null : new Section("", order, findings);
    }

    private Section structured() {
        JsonValue.Obj envelope = StrictJson.read(event.value(), "$", findings);
        if (envelope == null) {
            return null;
        }
        Section attributes = attributes(envelope);
        if (attributes.has("data_base64")) {
            return encoded(attributes);
        }
        if (attributes.has("data")) {
            return attributes.section("data");
        }
        findings.missing("data", "the order as an object");
        return null;
    }

    private Section attributes(JsonValue.Obj envelope) {
        Section attributes = new Section("", envelope, findings);
        checkVersion("specversion", Optional.ofNullable(attributes.requiredAnyString("specversion", VERSION)));
        checkType("datacontenttype", Optional.ofNullable(attributes.text("datacontenttype", MEDIA_TYPE)));
        return attributes;
    }

    private byte[] bytes(Section attributes, boolean beside) {
        if (beside) {
            findings.violation("data_base64", "data and data_base64", "one of them");
            return null;
        }
        String text = attributes.requiredAnyString("data_base64", "the order as JSON in Base64");
        return text == null ? null : decoded(text);
    }

    private Section encoded(Section attributes) {
        byte[] bytes = bytes(attributes, attributes.has("data"));
        if (bytes == null) {
            return null;
        }
        JsonValue.Obj order = StrictJson.read(bytes, "data_base64", findings);
        return order == null ? null : new Section(DATA, order, findings);
    }

    private byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            findings.violation("data_base64", "a string that is not Base64", "the order as JSON in Base64");
            return null;
        }
    }

    private void checkVersion(String field, Optional<String> version) {
        version.filter(text -> !text.equals(VERSION)).ifPresent(text -> findings.violation(field, Texts.shown(text), VERSION));
    }

    private void checkType(String field, Optional<String> type) {
        type.filter(text -> !isJson(text)).ifPresent(text -> findings.violation(field, Texts.shown(text), JSON));
    }
}
