package org.trustpaybridge.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.trustpaybridge.order.EventFormat.Decoded;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.settings.RegistrySettings;

/** Reads the same values as {@link Schemas} for who can wait: each schema is fetched when it is needed first. Used by one thread. */
public final class SchemasAtOnce {

    private final SchemaRegistry registry;
    private final Map<Integer, ValueReader> readers = new HashMap<>();

    /** @param settings where the schemas are */
    public SchemasAtOnce(RegistrySettings settings) {
        registry = new SchemaRegistry(() -> settings, "trustpay-bridge");
    }

    /**
     * @param event a record's value and headers
     * @return the same as JSON, or why it never will be
     * @throws RegistryAwayException when the schema cannot be had
     */
    public Decoded decode(IncomingEvent event) throws RegistryAwayException {
        if (event.value() == null) {
            return new Decoded.AsJson(event);
        }
        Optional<Decoded.Undecodable> wrong = WireFormat.problem(event.value());
        return wrong.isPresent() ? wrong.get() : reader(WireFormat.schemaId(event.value())).read(event);
    }

    private ValueReader reader(int id) throws RegistryAwayException {
        ValueReader known = readers.get(id);
        if (known == null) {
            try {
                known = ValueReader.of(registry.schema(id));
            } catch (UnknownSchemaException e) {
                known = ValueReader.unusable(e.getMessage(), "the id of a schema that it has");
            }
            readers.put(id, known);
        }
        return known;
    }
}
