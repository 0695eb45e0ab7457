package org.trustpaybridge.schema;

import java.util.List;

/**
 * A schema as a registry has it. It never changes under its id.
 *
 * @param id         its number
 * @param type       {@code AVRO}, {@code JSON}, {@code PROTOBUF}
 * @param text       the schema itself
 * @param references texts of the schemas that it refers to, each behind those that it needs itself
 */
record RegisteredSchema(int id, String type, String text, List<String> references) {

    RegisteredSchema {
        references = List.copyOf(references);
    }
}
