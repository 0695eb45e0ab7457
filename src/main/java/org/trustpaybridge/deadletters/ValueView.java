package org.trustpaybridge.deadletters;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import org.trustpaybridge.order.Masking;

/** Shows the value of an event to a person: JSON indented, anything else as an excerpt; personal data hidden unless they are to be seen. */
public final class ValueView {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int EXCERPT_BYTES = 300;
    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final int WIDTH = 76;

    private final boolean reveal;

    /** @param reveal whether to show everything */
    public ValueView(boolean reveal) {
        this.reveal = reveal;
    }

    /**
     * @param value the value, or null
     * @return lines for a terminal; nothing in them can do more than be read
     */
    public String show(byte[] value) {
        if (value == null) {
            return "(no value)";
        }
        try {
            return cut(Printable.lines(indented(decoded(value))));
        } catch (IOException e) {
            return "(no JSON, " + value.length + (value.length == 1 ? " byte)" : " bytes)") + excerpt(value);
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text
            : text.substring(0, MOST_CHARACTERS) + "\n(cut here: " + (text.length() - MOST_CHARACTERS) + " more characters)";
    }

    /** Copied token by token, so that a member that appears twice is shown twice. */
    private String indented(String value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(value); JsonGenerator generator = JSON.createGenerator(text)) {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            generator.setPrettyPrinter(new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines).withArrayIndenter(lines));
            if (parser.nextToken() == null) {
                throw new IOException("nothing but white space");
            }
            do {
                copy(parser, generator);
            } while (!parser.getParsingContext().inRoot() && parser.nextToken() != null);
            if (parser.nextToken() != null) {
                throw new IOException("text after the value");
            }
        }
        return text.toString();
    }

    private void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        JsonToken token = parser.currentToken();
        if (reveal) {
            generator.copyCurrentEvent(parser);
        } else if (token == JsonToken.FIELD_NAME) {
            generator.writeFieldName(Masking.name(parser.currentName()));
        } else if (token == JsonToken.VALUE_STRING) {
            generator.writeString(Masking.text(path(parser.getParsingContext()), parser.getText()));
        } else if (token.isNumeric() && !Masking.mayShowNumber(path(parser.getParsingContext()))) {
            generator.writeString(Masking.hiddenNumber());
        } else if (token.isNumeric()) {
            generator.writeNumber(parser.getText());
        } else {
            generator.copyCurrentEvent(parser);
        }
    }

    /** The names and lists that lead to a value, joined by dots; the order of a CloudEvent is the one of its data. */
    private static String path(JsonStreamContext context) {
        Deque<String> names = new ArrayDeque<>();
        for (JsonStreamContext at = context; at != null; at = at.getParent()) {
            if (at.inArray()) {
                names.addFirst("[]");
            } else if (at.getCurrentName() != null) {
                names.addFirst(at.getCurrentName());
            }
        }
        String path = String.join(".", names);
        return path.startsWith("data.") ? path.substring("data.".length()) : path;
    }

    private static String decoded(byte[] value) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    }

    private String excerpt(byte[] value) {
        StringBuilder excerpt = new StringBuilder();
        int shown = Math.min(value.length, EXCERPT_BYTES);
        for (int i = 0; i < shown; i++) {
            excerpt.append(shown(value[i] & 0xFF));
        }
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < excerpt.length(); at += WIDTH) {
            lines.append('\n').append(excerpt, at, Math.min(at + WIDTH, excerpt.length()));
        }
        return lines + (shown < value.length ? "\n(and " + (value.length - shown) + " bytes more)" : "");
    }

    /** Unless it is to be seen, a letter is an x and a digit a 9: where brackets and quotes stand is what tells how JSON was broken. */
    private String shown(int octet) {
        if (octet < ' ' || octet == 0x7F || octet > 0x7F && reveal) {
            return String.format("\\x%02x", octet);
        }
        if (reveal) {
            return Character.toString(octet);
        }
        if (octet > 0x7F || Character.isLetter(octet)) {
            return "x";
        }
        return Character.isDigit(octet) ? "9" : Character.toString(octet);
    }
}
