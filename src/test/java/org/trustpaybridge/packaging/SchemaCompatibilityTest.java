package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.testkit.Schemas;

/**
 * Within a version, the schemas change only as {@code docs/events.md} says. Those of the last release are in
 * {@code src/test/resources/schemas/released}; with a release they are replaced.
 */
class SchemaCompatibilityTest {

    private static final Path RELEASED = Path.of("src", "test", "resources", "schemas", "released");
    private static final List<String> PUBLISHED = List.of("payment-url-created", "payment-url-created-headers", "dead-letter-headers",
        "payment-status-changed", "payment-status-changed-headers");
    private static final List<String> BOUNDS = List.of("maxLength", "maximum");

    @Test
    void what_was_taken_is_still_taken() throws IOException {
        List<String> breaks = new ArrayList<>();

        taken(released("order-created"), Schemas.tree("order-created"), "", breaks);

        assertThat(breaks).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment-url-created", "payment-url-created-headers", "dead-letter-headers", "payment-status-changed",
        "payment-status-changed-headers"})
    void what_was_published_is_still_published(String name) throws IOException {
        List<String> breaks = new ArrayList<>();

        published(released(name), Schemas.tree(name), "", breaks);

        assertThat(breaks).isEmpty();
    }

    static List<Consumer<ObjectNode>> breakingOfWhatIsTaken() {
        return List.of(schema -> ((ArrayNode) schema.path("required")).add("var1"),
            schema -> ((ArrayNode) schema.at("/properties/customer/required")).add("phone"),
            schema -> ((ObjectNode) schema.at("/properties/description")).put("maxLength", 100),
            schema -> ((ObjectNode) schema.at("/properties/amount")).put("maximum", 10),
            schema -> ((ObjectNode) schema.at("/properties/amount")).put("minimum", 10),
            schema -> ((ObjectNode) schema.at("/properties/customer/properties/email")).put("pattern", "^a"),
            schema -> ((ArrayNode) schema.at("/properties/currency/enum")).remove(0),
            schema -> ((ObjectNode) schema.at("/properties/order_id")).put("type", "string"),
            schema -> schema.put("additionalProperties", false));
    }

    @ParameterizedTest
    @MethodSource("breakingOfWhatIsTaken")
    void refusing_what_was_taken_is_noticed(Consumer<ObjectNode> change) {
        ObjectNode changed = Schemas.tree("order-created").deepCopy();
        change.accept(changed);
        List<String> breaks = new ArrayList<>();

        taken(Schemas.tree("order-created"), changed, "", breaks);

        assertThat(breaks).isNotEmpty();
    }

    static List<Consumer<ObjectNode>> breakingOfWhatIsPublished() {
        return List.of(schema -> ((ObjectNode) schema.path("properties")).remove("session_id"),
            schema -> ((ArrayNode) schema.path("required")).remove(0),
            schema -> ((ObjectNode) schema.at("/properties/amount")).put("type", "string"),
            schema -> ((ObjectNode) schema.at("/properties/gateway")).put("const", "VISA"),
            schema -> ((ObjectNode) schema.at("/properties/created_at")).put("pattern", ".*"));
    }

    @ParameterizedTest
    @MethodSource("breakingOfWhatIsPublished")
    void publishing_something_else_is_noticed(Consumer<ObjectNode> change) {
        ObjectNode changed = Schemas.tree("payment-url-created").deepCopy();
        change.accept(changed);
        List<String> breaks = new ArrayList<>();

        published(Schemas.tree("payment-url-created"), changed, "", breaks);

        assertThat(breaks).isNotEmpty();
    }

    @Test
    void what_may_change_is_no_break() {
        ObjectNode order = Schemas.tree("order-created").deepCopy();
        ((ObjectNode) order.path("properties")).putObject("var4").put("type", "string");
        ((ObjectNode) order.at("/properties/description")).put("maxLength", 500);
        ((ArrayNode) order.at("/properties/currency/enum")).add("XYZ");
        ObjectNode url = Schemas.tree("payment-url-created").deepCopy();
        ((ObjectNode) url.path("properties")).putObject("merchant").put("type", "string");
        List<String> breaks = new ArrayList<>();

        taken(Schemas.tree("order-created"), order, "", breaks);
        published(Schemas.tree("payment-url-created"), url, "", breaks);

        assertThat(breaks).isEmpty();
    }

    @Test
    void every_schema_is_compared() throws IOException {
        Set<String> names = new TreeSet<>(PUBLISHED);
        names.add("order-created");

        assertThat(Schemas.FOLDER.toFile().list()).containsExactlyInAnyOrderElementsOf(names.stream().map(each -> each + ".schema.json")
            .toList());
        assertThat(RELEASED.toFile().list()).containsExactlyInAnyOrder(Schemas.FOLDER.toFile().list());
    }

    /** What goes in may only become less strict. */
    private static void taken(JsonNode before, JsonNode now, String path, List<String> breaks) {
        note(path + " requires more", !strings(before.path("required")).containsAll(strings(now.path("required"))), breaks);
        note(path + " takes fewer values", now.has("enum") && (!before.has("enum") || !strings(now.path("enum"))
            .containsAll(strings(before.path("enum")))),
            breaks);
        note(path + " takes fewer kinds", now.has("type") && !strings(now.path("type")).containsAll(strings(before.path("type"))), breaks);
        for (String bound : BOUNDS) {
            note(path + " has a smaller " + bound, now.has(bound) && (!before.has(bound)
                || now.path(bound).decimalValue().compareTo(before.path(bound).decimalValue()) < 0), breaks);
        }
        for (String other : List.of("minimum", "minLength")) {
            note(path + " has a larger " + other, now.has(other) && (!before.has(other)
                || now.path(other).decimalValue().compareTo(before.path(other).decimalValue()) > 0), breaks);
        }
        for (String other : List.of("pattern", "const", "additionalProperties")) {
            note(path + " has another " + other, now.has(other) && !now.path(other).equals(before.path(other)), breaks);
        }
        now.path("properties").properties().forEach(member -> {
            if (before.path("properties").has(member.getKey())) {
                taken(before.path("properties").get(member.getKey()), member.getValue(), path + "/" + member.getKey(), breaks);
            }
        });
    }

    /** What goes out keeps all that readers may rely on. */
    private static void published(JsonNode before, JsonNode now, String path, List<String> breaks) {
        note(path + " is not always there any more", !strings(now.path("required")).containsAll(strings(before.path("required"))), breaks);
        note(path + " has lost a value", !strings(now.path("enum")).containsAll(strings(before.path("enum"))), breaks);
        for (String same : List.of("type", "const", "pattern", "format", "maxLength", "maximum", "minimum", "contentMediaType")) {
            note(path + " has another " + same, before.has(same) && !before.path(same).equals(now.path(same)), breaks);
        }
        before.path("properties").properties().forEach(member -> {
            note(path + "/" + member.getKey() + " is gone", !now.path("properties").has(member.getKey()), breaks);
            published(member.getValue(), now.path("properties").path(member.getKey()), path + "/" + member.getKey(), breaks);
        });
        if (before.has("contentSchema")) {
            published(before.path("contentSchema"), now.path("contentSchema"), path, breaks);
        }
        if (before.has("items")) {
            published(before.path("items"), now.path("items"), path + "[]", breaks);
        }
    }

    private static void note(String what, boolean broken, List<String> breaks) {
        if (broken) {
            breaks.add(what);
        }
    }

    /** One text is a list of one. */
    private static Set<String> strings(JsonNode list) {
        Set<String> strings = new TreeSet<>();
        if (list.isTextual()) {
            strings.add(list.textValue());
        }
        list.forEach(each -> strings.add(each.toString().replace("\"", "")));
        return strings;
    }

    private static JsonNode released(String name) throws IOException {
        return new ObjectMapper().readTree(RELEASED.resolve(name + ".schema.json").toFile());
    }
}
