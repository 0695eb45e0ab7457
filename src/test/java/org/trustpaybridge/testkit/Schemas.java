package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

/** The JSON Schemas that are shipped in {@code schemas/}. */
public final class Schemas {

    /** Where they are, in the sources and in the archive. */
    public static final Path FOLDER = Path.of("schemas");

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private Schemas() {
    }

    /** The schema as a document. */
    public static JsonNode tree(String name) {
        try {
            return JSON.readTree(FOLDER.resolve(name + ".schema.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema, ready to judge. */
    public static JsonSchema of(String name) {
        return of(tree(name));
    }

    /** A part of a schema, ready to judge. */
    public static JsonSchema of(JsonNode schema) {
        return FACTORY.getSchema(schema, CONFIG);
    }

    /** What a schema has against a value; empty for one that obeys it. */
    public static List<String> problems(JsonSchema schema, JsonNode value) {
        return schema.validate(value).stream().map(ValidationMessage::getMessage).sorted().toList();
    }

    /** The same of a text; one that is not JSON is a problem too. */
    public static List<String> problems(JsonSchema schema, String json) {
        try {
            return problems(schema, JSON.readTree(json));
        } catch (IOException e) {
            return List.of("not JSON");
        }
    }
}
