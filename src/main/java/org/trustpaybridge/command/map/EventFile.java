package org.trustpaybridge.command.map;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.trustpaybridge.order.IncomingEvent;

/**
 * Takes a file of events apart without changing a byte of any: one event over several lines, one after the other, or one a line. Where the
 * text is broken somewhere, a line that holds a whole object tells that it is one event a line; else all of it is one event.
 */
public final class EventFile {

    /** UTF-8 and nothing else, as on Kafka, so that a byte is where the parser says it is. */
    private static final JsonFactory JSON = JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

    private final byte[] content;
    private final Map<String, String> headers;

    /**
     * @param content what the file holds
     * @param headers record headers that all its events have
     */
    public EventFile(byte[] content, Map<String, String> headers) {
        this.content = content;
        this.headers = Map.copyOf(headers);
    }

    /** @return the events in their order; none where there is nothing but white space */
    public List<FoundEvent> events() {
        if (isBlank(0, content.length)) {
            return List.of();
        }
        List<FoundEvent> found = values();
        if (found.isEmpty()) {
            found = lines();
        }
        return found.isEmpty() ? List.of(event(0, content.length)) : found;
    }

    /** The objects one after the other, each beginning on a line of its own; nothing where anything else is found. */
    private List<FoundEvent> values() {
        List<FoundEvent> found = new ArrayList<>();
        int line = 0;
        try (JsonParser parser = JSON.createParser(content)) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                if (parser.currentTokenLocation().getLineNr() == line) {
                    return List.of();
                }
                parser.skipChildren();
                if (parser.currentToken() != JsonToken.END_OBJECT) {
                    return List.of();
                }
                line = parser.currentLocation().getLineNr();
                found.add(event(start, (int) parser.currentLocation().getByteOffset()));
            }
            return parser.currentToken() == null ? found : List.of();
        } catch (IOException broken) {
            return List.of();
        }
    }

    /** One event a line; nothing where no line holds a whole object. */
    private List<FoundEvent> lines() {
        List<FoundEvent> found = new ArrayList<>();
        boolean whole = false;
        for (int start = 0; start < content.length;) {
            int end = endOfLine(start);
            int cut = end > start && content[end - 1] == '\r' ? end - 1 : end;
            if (!isBlank(start, cut)) {
                found.add(event(start, cut));
                whole = whole || isWhole(start, cut);
            }
            start = end + 1;
        }
        return whole ? found : List.of();
    }

    private int endOfLine(int start) {
        int end = start;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean isWhole(int start, int end) {
        try (JsonParser parser = JSON.createParser(content, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException broken) {
            return false;
        }
    }

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (content[i] != ' ' && content[i] != '\t' && content[i] != '\r' && content[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private FoundEvent event(int start, int end) {
        long line = 1;
        for (int i = 0; i < start; i++) {
            line += content[i] == '\n' ? 1 : 0;
        }
        return FoundEvent.inFile("line " + line, new IncomingEvent(Arrays.copyOfRange(content, start, end), headers), headers);
    }
}
