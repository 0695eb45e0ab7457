package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/** The JSON Schemas that are shipped in {@code schemas/}. */
public final class Schemas {

    /** Where they are, in the sources and in the archive. */
    public static final Path FOLDER = Path.of("schemas");

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

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
    public static Schema of(String name) {
        return of(tree(name));
    }

    /** A part of a schema, ready to judge. */
    public static Schema of(JsonNode schema) {
        return REGISTRY.getSchema(schema.toString(), InputFormat.JSON);
    }

    /** What a schema has against a value; empty for one that obeys it. */
    public static List<String> problems(Schema schema, JsonNode value) {
        return schema.validate(value.toString(), InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
            .stream().map(problem -> problem.getMessage()).sorted().toList();
    }

    /** The same of a text; one that is not JSON is a problem too. */
    public static List<String> problems(Schema schema, String json) {
        try {
            return problems(schema, JSON.readTree(json));
        } catch (IOException e) {
            return List.of("not JSON");
        }
    }
}
