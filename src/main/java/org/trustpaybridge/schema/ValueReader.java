package org.trustpaybridge.schema;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.trustpaybridge.order.EventFormat.Decoded;
import org.trustpaybridge.order.IncomingEvent;

/** Reads the values of one schema. Safe for use by several threads. */
@FunctionalInterface
interface ValueReader {

    Decoded read(IncomingEvent event);

    /** A reader for a schema; for one that is of no use here, a reader that says so of each value. */
    static ValueReader of(RegisteredSchema schema) {
        String name = "schema " + schema.id();
        return switch (schema.type()) {
            case "AVRO" -> avro(schema, name);
            // The schema adds nothing to what the JSON says; whether it is an order is checked as of any event.
            case "JSON" -> event -> new Decoded.AsJson(new IncomingEvent(Arrays.copyOfRange(event.value(), WireFormat.PREFIX,
                event.value().length),
                event.headers()));
            default -> unusable(name + " of type " + (schema.type().matches("[A-Z0-9_-]{1,32}") ? schema.type() : "unknown"),
                "a schema of type AVRO or JSON");
        };
    }

    /** For a schema that cannot be had. */
    static ValueReader unusable(String found, String expected) {
        Decoded always = Decoded.Undecodable.of("$", found, expected);
        return event -> always;
    }

    private static ValueReader avro(RegisteredSchema registered, String name) {
        try {
            // Who wrote with it took the names and the defaults for good.
            Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
            registered.references().forEach(parser::parse);
            Schema schema = parser.parse(registered.text());
            String full = name + (isNamed(schema) ? " (" + schema.getFullName() + ")" : "");
            return event -> AvroValue.toJson(schema, event.value(), WireFormat.PREFIX, full, headers(event.headers()));
        } catch (RuntimeException e) {
            // Avro's own, or what it did not think of: asked again, it would be no other.
            return unusable(name + ", which Avro cannot parse", "a schema of Avro");
        }
    }

    private static boolean isNamed(Schema schema) {
        return schema.getType() == Schema.Type.RECORD && schema.getFullName().length() <= 200;
    }

    /** What says that the value is Avro is no longer true of the JSON. A CloudEvent in Avro's own shape is left to say what it is. */
    private static Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> kept = new HashMap<>(headers);
        kept.computeIfPresent("content-type", (name, type) -> type.strip().toLowerCase(java.util.Locale.ROOT)
            .startsWith("application/cloudevents") ? type : "application/json");
        return kept;
    }
}
