package org.trustpaybridge.command.console;

import java.io.PrintWriter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** The option {@code --json}. Standard output then holds JSON and nothing else; what goes wrong is told on standard error. */
public final class JsonOption {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "Prints JSON, for a machine to read.")
    private boolean json;

    /** @return whether JSON is wanted */
    public boolean wanted() {
        return json;
    }

    /** @return an empty object */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Prints one document over several lines. */
    public static void print(PrintWriter out, JsonNode document) {
        out.println(text(document));
        out.flush();
    }

    /** Prints one document in one line, for results that come one by one. */
    public static void printLine(PrintWriter out, JsonNode document) {
        out.println(document.toString());
        out.flush();
    }

    /** @return the document as an indented text */
    public static String text(JsonNode document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
