package org.trustpaybridge.schema;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * What numbers and bytes mean by Avro's logical types: a decimal is a number with all its digits, a time is ISO 8601 text. Bytes without
 * such a meaning are Base64.
 */
final class AvroLogical {

    /** Digits of a decimal, those of its scale included. A number that is written out would otherwise take any room. */
    private static final int MAX_DIGITS = 500;

    private final JsonGenerator out;

    AvroLogical(JsonGenerator out) {
        this.out = out;
    }

    void integer(Schema schema, long value) throws IOException {
        LogicalType type = schema.getLogicalType();
        if (type == null) {
            out.writeNumber(value);
            return;
        }
        try {
            String text = text(type.getName(), value);
            if (text == null) {
                out.writeNumber(value);
            } else {
                out.writeString(text);
            }
        } catch (DateTimeException e) {
            throw new UndecodableException("a number that is no " + type.getName(), "one in its range");
        }
    }

    private static String text(String type, long value) {
        return switch (type) {
            case "date" -> LocalDate.ofEpochDay(value).toString();
            case "time-millis" -> DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.MIDNIGHT.plus(inDay(value, 86_400_000L),
                ChronoUnit.MILLIS));
            case "time-micros" -> DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.MIDNIGHT.plus(inDay(value, 86_400_000_000L),
                ChronoUnit.MICROS));
            case "timestamp-millis" -> instant(value, 1_000).toString();
            case "timestamp-micros" -> instant(value, 1_000_000).toString();
            case "timestamp-nanos" -> instant(value, 1_000_000_000).toString();
            case "local-timestamp-millis" -> local(instant(value, 1_000));
            case "local-timestamp-micros" -> local(instant(value, 1_000_000));
            case "local-timestamp-nanos" -> local(instant(value, 1_000_000_000));
            default -> null;
        };
    }

    private static Instant instant(long value, long inSecond) {
        return Instant.ofEpochSecond(Math.floorDiv(value, inSecond), Math.floorMod(value, inSecond) * (1_000_000_000 / inSecond));
    }

    private static String local(Instant time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    private static long inDay(long value, long day) {
        if (value < 0 || value >= day) {
            throw new DateTimeException("not within a day");
        }
        return value;
    }

    /** Of types {@code bytes} and {@code fixed}. */
    void bytes(Schema schema, byte[] bytes) throws IOException {
        LogicalType type = schema.getLogicalType();
        if (type instanceof LogicalTypes.Decimal decimal) {
            decimal(bytes, decimal.getScale());
        } else if (type instanceof LogicalTypes.BigDecimal) {
            bigDecimal(bytes);
        } else if (type != null && type.getName().equals("uuid") && bytes.length == 16) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            out.writeString(new UUID(halves.getLong(), halves.getLong()).toString());
        } else if (type != null && type.getName().equals("duration") && bytes.length == 12) {
            ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            out.writeString("P" + unsigned(parts) + "M" + unsigned(parts) + "DT" + BigDecimal.valueOf(unsigned(parts), 3).toPlainString()
                + "S");
        } else {
            out.writeBinary(bytes);
        }
    }

    private static long unsigned(ByteBuffer parts) {
        return Integer.toUnsignedLong(parts.getInt());
    }

    /** The scale is written with the number. */
    private void bigDecimal(byte[] bytes) throws IOException {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, null);
        long length = in.readLong();
        if (length < 0 || length > in.remainingBytes()) {
            throw new UndecodableException("bytes that are no big-decimal", "its digits and its scale");
        }
        byte[] digits = new byte[(int) length];
        in.readFixed(digits);
        decimal(digits, in.readInt());
    }

    private void decimal(byte[] bytes, int scale) throws IOException {
        if (bytes.length == 0) {
            throw new UndecodableException("a decimal without a digit", "at least one byte");
        }
        if (bytes.length > MAX_DIGITS / 3 || Math.abs((long) scale) > MAX_DIGITS) {
            throw new UndecodableException("a decimal of more than " + MAX_DIGITS + " digits", "fewer");
        }
        out.writeNumber(new BigDecimal(new BigInteger(bytes), scale).toPlainString());
    }
}
