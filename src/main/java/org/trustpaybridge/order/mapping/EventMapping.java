package org.trustpaybridge.order.mapping;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.trustpaybridge.order.EventTree;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.Violation;

/**
 * Makes an order of an event of any shape, as a jq program says. The same event always gives the same: a program knows neither the time nor
 * the machine. Safe for use by several threads.
 */
public final class EventMapping {

    /** What a program is given beside the event, as {@code $name}. */
    static final Set<String> VARIABLES = Set.of("key", "headers", "topic", "partition", "offset", "timestamp", "cloudevent");

    /** An order needs a few thousand characters; orders that wait are kept in memory. */
    static final int MAX_SIZE = 128 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final long MAX_FILE = 1024 * 1024;
    private static final String EXPECTED = "one object, or empty for an event that is not for TrustPay";

    private final String name;
    private final Program program;

    private EventMapping(String name, Program program) {
        this.name = name;
        this.program = program;
    }

    /**
     * @param file UTF-8 text of a jq program
     * @throws MappingProblemException when it cannot be read or is no program
     */
    public static EventMapping load(Path file) throws MappingProblemException {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new MappingProblemException(file + " has more than " + MAX_FILE + " bytes");
            }
            return of(file.getFileName().toString(), file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new MappingProblemException(file + " is not UTF-8");
        } catch (IOException e) {
            throw new MappingProblemException(file + " cannot be read");
        }
    }

    /** For a program that is no file. */
    static EventMapping of(String name, String shown, String text) throws MappingProblemException {
        try {
            return new EventMapping(name, new Program(text, VARIABLES));
        } catch (CompileException e) {
            throw new MappingProblemException(shown + ", line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
        }
    }

    /** The name of the file, without its folder. */
    public String name() {
        return name;
    }

    /** Reads a record. No record makes it throw. */
    public ReadEvent read(MappingInput input) {
        EventTree tree = EventTree.read(input.event());
        if (!tree.violations().isEmpty()) {
            return new ReadEvent.Unmappable(tree.violations());
        }
        try {
            return result(program.run(tree.data(), variables(input, tree)));
        } catch (Failure e) {
            return refused(e.field(), e.found(), e.expected(), e.place());
        }
    }

    private ReadEvent result(List<JsonNode> results) {
        if (results.isEmpty()) {
            return new ReadEvent.NotForTrustPay();
        }
        if (results.size() > 1) {
            return refused("$", "more than one result", EXPECTED, ProgramPlace.UNKNOWN);
        }
        if (!(results.get(0) instanceof ObjectNode order)) {
            return refused("$", Values.kind(results.get(0)) + " as the result", EXPECTED, ProgramPlace.UNKNOWN);
        }
        int size = size(order, 0);
        if (size > MAX_SIZE) {
            return refused("$", "a result of more than " + MAX_SIZE + " characters or " + MAX_DEPTH + " levels", "an order",
                ProgramPlace.UNKNOWN);
        }
        return ReadEvent.Mapped.of(order, size, name);
    }

    /** Stops as soon as it is too much. */
    private static int size(JsonNode value, int depth) {
        if (depth > MAX_DEPTH) {
            return MAX_SIZE + 1;
        }
        int size = 32 + (value.isTextual() ? 2 * Math.min(value.textValue().length(), MAX_SIZE) : 0);
        for (JsonNode child : value) {
            size += size <= MAX_SIZE ? size(child, depth + 1) : 0;
        }
        return Math.min(size, MAX_SIZE + 1);
    }

    private ReadEvent refused(String field, String found, String expected, ProgramPlace place) {
        String where = name + (place.line() > 0 ? " line " + place.line() + ", column " + place.column() : "")
            + (place.looked().isEmpty() ? "" : ", at " + place.looked());
        return new ReadEvent.Unmappable(List.of(new Violation(field, "found " + found + ", expected " + expected + " (" + where + ")")));
    }

    private static Map<String, Supplier<JsonNode>> variables(MappingInput input, EventTree tree) {
        Map<String, Supplier<JsonNode>> variables = new HashMap<>();
        variables.put("key", () -> text(input.key().get()));
        variables.put("headers", () -> texts(input.headers().get()));
        variables.put("timestamp", () -> new TextNode(input.timestamp().toString()));
        variables.put("topic", () -> input.place().<JsonNode>map(at -> new TextNode(at.topic())).orElse(NullNode.getInstance()));
        variables.put("partition", () -> input.place().<JsonNode>map(at -> IntNode.valueOf(at.partition())).orElse(NullNode.getInstance()));
        variables.put("offset", () -> input.place().<JsonNode>map(at -> LongNode.valueOf(at.offset())).orElse(NullNode.getInstance()));
        variables.put("cloudevent", () -> tree.cloudEvent().<JsonNode>map(attributes -> attributes)
            .orElseGet(() -> binaryAttributes(input.event())));
        return variables;
    }

    /** Those of a binary CloudEvent are headers. */
    private static JsonNode binaryAttributes(IncomingEvent event) {
        if (event.header("ce_specversion").isEmpty()) {
            return NullNode.getInstance();
        }
        Map<String, String> attributes = new HashMap<>();
        event.headers().forEach((header, text) -> {
            if (header.startsWith("ce_")) {
                attributes.put(header.substring(3), text);
            }
        });
        return texts(attributes);
    }

    private static JsonNode text(Optional<String> text) {
        return text.<JsonNode>map(TextNode::new).orElse(NullNode.getInstance());
    }

    private static JsonNode texts(Map<String, String> texts) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        texts.forEach(object::put);
        return object;
    }
}
