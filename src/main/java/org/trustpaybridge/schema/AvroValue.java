package org.trustpaybridge.schema;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.trustpaybridge.order.EventFormat.Decoded;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.JsonFactories;

/**
 * Makes JSON of one Avro value while it is read, so that neither a length that lies nor a value that unfolds takes more memory than an
 * event may have. A union is the value of its branch, without the branch's name.
 */
final class AvroValue {

    /** As deep as events may be; a schema may contain itself. */
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory JSON = JsonFactories.shared()
        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

    private final Schema schema;
    private final BinaryDecoder in;
    private final JsonGenerator out;
    private final AvroLogical logical;
    private final Deque<String> path = new ArrayDeque<>();
    private int depth;

    private AvroValue(Schema schema, BinaryDecoder in, JsonGenerator out) {
        this.schema = schema;
        this.in = in;
        this.out = out;
        this.logical = new AvroLogical(out);
    }

    /**
     * @param schema what the value was written with
     * @param value  bytes
     * @param from   where in them the value begins; it takes all that follow
     * @param name   of the schema, for people
     * @param headers of the record
     * @return JSON, or why it is none; never throws
     */
    static Decoded toJson(Schema schema, byte[] value, int from, String name, Map<String, String> headers) {
        Bounded bytes = new Bounded(2 * value.length);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            AvroValue reader = new AvroValue(schema, DecoderFactory.get().binaryDecoder(value, from, value.length - from, null), out);
            Decoded.Undecodable undecodable = reader.all(name);
            if (undecodable != null) {
                bytes.close();
                return undecodable;
            }
        } catch (IOException e) {
            return Decoded.Undecodable.of("$", "bytes that cannot be read as " + name, "a value of " + name);
        }
        return new Decoded.AsJson(new IncomingEvent(bytes.toByteArray(), headers));
    }

    private Decoded.Undecodable all(String name) {
        String expected = "a value of " + name;
        try {
            write(schema);
            if (!in.isEnd()) {
                return Decoded.Undecodable.of("$", in.remainingBytes() + " bytes behind the value", expected + " and nothing behind it");
            }
            out.flush();
            return null;
        } catch (UndecodableException e) {
            return Decoded.Undecodable.of(where(), e.getMessage(), e.expected() == null ? expected : e.expected());
        } catch (EOFException e) {
            return Decoded.Undecodable.of(where(), "bytes that end too early", expected);
        } catch (TooMuchException e) {
            return Decoded.Undecodable.of("$", e.getMessage(), "at most " + IncomingEvent.MAX_BYTES + " bytes of JSON");
        } catch (IOException | RuntimeException e) {
            // Messages of the library may quote what it read.
            return Decoded.Undecodable.of(where(), "bytes that cannot be read as " + name, expected);
        }
    }

    private String where() {
        if (path.isEmpty()) {
            return "$";
        }
        StringBuilder text = new StringBuilder();
        for (Iterator<String> names = path.descendingIterator(); names.hasNext();) {
            text.append(text.isEmpty() ? "" : ".").append(names.next());
        }
        return text.toString();
    }

    private void write(Schema of) throws IOException {
        switch (of.getType()) {
            case RECORD -> nested(of, this::record);
            case ARRAY -> nested(of, this::array);
            case MAP -> nested(of, this::map);
            case UNION -> write(branch(of.getTypes()));
            case ENUM -> out.writeString(symbol(of.getEnumSymbols()));
            case STRING -> out.writeString(text(bytes()));
            case BYTES -> logical.bytes(of, bytes());
            case FIXED -> logical.bytes(of, fixed(of.getFixedSize()));
            case INT -> logical.integer(of, in.readInt());
            case LONG -> logical.integer(of, in.readLong());
            case FLOAT -> number(Float.toString(in.readFloat()));
            case DOUBLE -> number(Double.toString(in.readDouble()));
            case BOOLEAN -> out.writeBoolean(in.readBoolean());
            case NULL -> out.writeNull();
        }
    }

    private void nested(Schema of, Step step) throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new UndecodableException("nesting deeper than " + MAX_DEPTH, "a flatter value");
        }
        step.write(of);
        depth--;
    }

    private void record(Schema of) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : of.getFields()) {
            out.writeFieldName(field.name());
            path.push(field.name());
            write(field.schema());
            path.pop();
        }
        out.writeEndObject();
    }

    private void array(Schema of) throws IOException {
        out.writeStartArray();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                write(of.getElementType());
            }
        }
        out.writeEndArray();
    }

    /** Its keys may be about a person, so no path names one. */
    private void map(Schema of) throws IOException {
        out.writeStartObject();
        for (long entries = in.readMapStart(); entries != 0; entries = in.mapNext()) {
            for (long i = 0; i < entries; i++) {
                out.writeFieldName(text(bytes()));
                write(of.getValueType());
            }
        }
        out.writeEndObject();
    }

    private Schema branch(List<Schema> branches) throws IOException {
        int index = in.readIndex();
        if (index < 0 || index >= branches.size()) {
            throw new UndecodableException("branch " + index + " of a union", "one of its " + branches.size()
                + " branches, counted from 0");
        }
        return branches.get(index);
    }

    private String symbol(List<String> symbols) throws IOException {
        int index = in.readEnum();
        if (index < 0 || index >= symbols.size()) {
            throw new UndecodableException("symbol " + index + " of an enum", "one of its " + symbols.size() + " symbols, counted from 0");
        }
        return symbols.get(index);
    }

    /** JSON has neither of these numbers. Digits are those that Java needs to tell the number from its neighbours. */
    private void number(String text) throws IOException {
        if (text.endsWith("N") || text.endsWith("y")) {
            throw new UndecodableException(text, "a number that JSON has");
        }
        out.writeNumber(new BigDecimal(text).toPlainString());
    }

    private byte[] bytes() throws IOException {
        long length = in.readLong();
        if (length < 0 || length > in.remainingBytes()) {
            throw new UndecodableException("a length that goes beyond the bytes that are there", null);
        }
        return fixed((int) length);
    }

    private byte[] fixed(int size) throws IOException {
        if (size > in.remainingBytes()) {
            throw new UndecodableException("bytes that end too early", null);
        }
        byte[] bytes = new byte[size];
        in.readFixed(bytes, 0, size);
        return bytes;
    }

    private static String text(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UndecodableException("a string that is not UTF-8", "UTF-8");
        }
    }

    @FunctionalInterface
    private interface Step {
        void write(Schema of) throws IOException;
    }

    /** Takes as much as an event may have, and once closed nothing: what a generator still has is of no use then. */
    private static final class Bounded extends ByteArrayOutputStream {

        private boolean closed;

        Bounded(int size) {
            super(Math.min(Math.max(size, 32), IncomingEvent.MAX_BYTES));
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (closed) {
                return;
            }
            if (count + length > IncomingEvent.MAX_BYTES) {
                close();
                throw new TooMuchException();
            }
            super.write(bytes, from, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** The methods of such a stream declare no exception that is to be caught. */
    private static final class TooMuchException extends AvroRuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuchException() {
            super("a value that unfolds to more than an event may have");
        }
    }
}
