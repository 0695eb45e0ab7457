package org.trustpaybridge.order;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads JSON as RFC 8259 has it and nothing beside: valid UTF-8 without a byte order mark, one value, nothing after it, no member twice.
 * The parser's own messages quote what they read and are never passed on; positions are.
 */
final class StrictJson<T> {

    static final int MAX_DEPTH = 64;
    private static final int MAX_DUPLICATES_TOLD = 10;

    /** Member names come from outside, so none is interned or kept in a symbol table. */
    static final JsonFactory FACTORY = JsonFactories.shared()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNameLength(IncomingEvent.MAX_BYTES)
                    .build())
            .build();

    private final String where;
    private final Findings findings;
    private final Shape<T> shape;
    private final String expected;
    private int duplicates;

    private StrictJson(String where, Findings findings, Shape<T> shape, String expected) {
        this.where = where;
        this.findings = findings;
        this.shape = shape;
        this.expected = expected;
    }

    /**
     * Reads one object.
     *
     * @param where the field that violations name, {@code $} for the record's value
     * @return the object, or null when there is none; the reasons are among the findings
     */
    static JsonValue.Obj read(byte[] bytes, String where, Findings findings) {
        StrictJson<JsonValue> reader = new StrictJson<>(where, findings, JsonValue.SHAPE, "one JSON object in UTF-8");
        JsonValue value = reader.read(bytes);
        if (value == null || value instanceof JsonValue.Obj) {
            return (JsonValue.Obj) value;
        }
        findings.violation(where, value.kind(), reader.expected);
        return null;
    }

    /**
     * Reads one value of any kind as a tree that keeps everything; numbers have all their digits.
     *
     * @param where the field that violations name
     * @return the value, or null when there is none; the reasons are among the findings
     */
    static JsonNode readTree(byte[] bytes, String where, Findings findings) {
        return new StrictJson<>(where, findings, TreeShape.INSTANCE, "one JSON value in UTF-8").read(bytes);
    }

    private T read(byte[] bytes) {
        try {
            if (bytes.length > IncomingEvent.MAX_BYTES) {
                throw new Unreadable(bytes.length + " bytes", "at most " + IncomingEvent.MAX_BYTES);
            }
            T value = parse(decode(bytes));
            if (duplicates > MAX_DUPLICATES_TOLD) {
                findings.violation(where, duplicates + " members that appear again in their object", "each once");
            }
            return value;
        } catch (Unreadable e) {
            findings.violation(where, e.getMessage(), e.expected);
            return null;
        }
    }

    private String decode(byte[] bytes) throws Unreadable {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new Unreadable("bytes that are not UTF-8 (at byte " + in.position() + ")", expected);
        }
        String text = out.flip().toString();
        if (text.startsWith("\uFEFF")) {
            throw new Unreadable("a byte order mark", expected + " without one");
        }
        return text;
    }

    private T parse(String text) throws Unreadable {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new Unreadable("no content", expected);
            }
            T value = value(parser, where, 1);
            if (parser.nextToken() != null) {
                throw new Unreadable("more text after the JSON value" + at(parser.currentTokenLocation()), expected);
            }
            return value;
        } catch (JsonEOFException e) {
            throw new Unreadable("JSON that ends too early" + at(e.getLocation()), expected);
        } catch (NumberFormatException e) {
            throw new Unreadable("a number beyond all bounds", expected);
        } catch (StreamConstraintsException e) {
            throw new Unreadable("a number or a nesting beyond all bounds" + at(e.getLocation()), expected);
        } catch (JsonProcessingException e) {
            throw new Unreadable("text that is not JSON" + at(e.getLocation()), expected);
        } catch (Unreadable e) {
            throw e;
        } catch (IOException e) {
            throw new Unreadable("text that is not JSON", expected);
        }
    }

    private T value(JsonParser parser, String path, int depth) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && depth > MAX_DEPTH) {
            throw new Unreadable("nesting deeper than " + MAX_DEPTH + at(parser.currentTokenLocation()), "a flatter value");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, path, depth);
            case START_ARRAY -> array(parser, path, depth);
            case VALUE_STRING -> shape.text(parser.getText());
            case VALUE_NUMBER_INT -> shape.number(parser.getText(), true);
            case VALUE_NUMBER_FLOAT -> shape.number(parser.getText(), false);
            case VALUE_TRUE -> shape.bool(true);
            case VALUE_FALSE -> shape.bool(false);
            default -> shape.nothing();
        };
    }

    private T object(JsonParser parser, String path, int depth) throws IOException {
        Map<String, T> members = shape.members();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            boolean again = members.containsKey(name);
            if (again) {
                tellDuplicate(path, name, parser);
            }
            parser.nextToken();
            T value = value(parser, OrderMembers.child(path, name), depth + 1);
            if (!again) {
                members.put(name, value);
            }
        }
        return shape.object(members);
    }

    private T array(JsonParser parser, String path, int depth) throws IOException {
        List<T> elements = shape.elements();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            T value = value(parser, path, depth + 1);
            if (elements != null) {
                elements.add(value);
            }
        }
        return shape.array(elements);
    }

    private void tellDuplicate(String path, String name, JsonParser parser) {
        duplicates++;
        if (duplicates <= MAX_DUPLICATES_TOLD) {
            String field = OrderMembers.child(path, name);
            String around = path == null ? where : path;
            findings.violation(field == null ? around : field,
                    "a member that appears again in its object" + at(parser.currentTokenLocation()), "each once");
        }
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /**
     * What is made of JSON.
     *
     * @param <T> of one value
     */
    interface Shape<T> {

        T text(String text);

        /** @param integer whether the token has neither fraction nor exponent */
        T number(String token, boolean integer);

        T bool(boolean value);

        T nothing();

        /** An empty map, to be filled. */
        Map<String, T> members();

        T object(Map<String, T> members);

        /** An empty list, to be filled; null where nobody looks at the elements of arrays. */
        List<T> elements();

        T array(List<T> elements);
    }

    /** Carries what was found out of the depth of the reader. */
    private static final class Unreadable extends IOException {
        private final String expected;

        Unreadable(String found, String expected) {
            super(found);
            this.expected = expected;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
