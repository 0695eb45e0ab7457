package org.trustpaybridge.kafka.screen;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.ByteUtils;
import org.trustpaybridge.delivery.Excerpt;
import org.trustpaybridge.delivery.Fingerprint;

/**
 * Reads one record out of an unpacked batch as it goes by, and keeps the beginning of it.
 *
 * @see org.apache.kafka.common.record.DefaultRecord for the format
 */
final class RecordStream extends InputStream {

    /** As much as a dead letter that was trimmed has of its event. */
    private static final int VALUE_KEPT = 16 << 10;
    private static final int KEY_KEPT = 1 << 10;
    private static final int HEADERS_KEPT = 64 << 10;
    private static final int HEADERS_NUMBER = 256;
    private static final int CHUNK = 64 << 10;

    private final InputStream in;
    private final BooleanSupplier abandoned;
    private long left;

    /** @param size bytes of the record, which follow */
    RecordStream(InputStream in, int size, BooleanSupplier abandoned) {
        this.in = in;
        this.left = size;
        this.abandoned = abandoned;
    }

    /**
     * @param limit what is said of it
     * @return the beginning of the record
     */
    Beginning read(int limit) throws IOException {
        read();
        long timestampDelta = ByteUtils.readVarlong(this);
        int offsetDelta = ByteUtils.readVarint(this);
        Part key = part(ByteUtils.readVarint(this), KEY_KEPT);
        Part value = part(ByteUtils.readVarint(this), VALUE_KEPT);
        int number = ByteUtils.readVarint(this);
        if (number < 0 || number > left) {
            throw new InvalidRecordException("a record has " + number + " headers in " + left + " bytes");
        }
        List<Header> headers = new ArrayList<>();
        int room = HEADERS_KEPT;
        int leftOut = 0;
        long bytesLeftOut = 0;
        for (int i = 0; i < number; i++) {
            int name = ByteUtils.readVarint(this);
            byte[] nameKept = name > room || headers.size() == HEADERS_NUMBER ? skip(name) : bytes(name);
            int size = ByteUtils.readVarint(this);
            if (nameKept == null || size > room - name) {
                skip(Math.max(0, size));
                leftOut++;
                bytesLeftOut += name + Math.max(0, size);
            } else {
                headers.add(new RecordHeader(new String(nameKept, StandardCharsets.UTF_8), size < 0 ? null : bytes(size)));
                room -= name + Math.max(0, size);
            }
        }
        if (left != 0) {
            throw new InvalidRecordException("a record has " + left + " bytes too many");
        }
        headers.add(Marker.of(new Excerpt(key.whole, value.whole, leftOut, bytesLeftOut, limit)));
        return new Beginning(timestampDelta, offsetDelta, key.kept, value.kept, headers.toArray(Header[]::new));
    }

    private Part part(int size, int most) throws IOException {
        if (size < 0) {
            return new Part(null, Fingerprint.NONE);
        }
        MessageDigest digest = sha256();
        byte[] kept = bytes(Math.min(size, most));
        digest.update(kept);
        byte[] chunk = new byte[Math.min(CHUNK, size - kept.length)];
        for (int rest = size - kept.length; rest > 0;) {
            int read = read(chunk, 0, Math.min(chunk.length, rest));
            digest.update(chunk, 0, read);
            rest -= read;
        }
        return new Part(kept, new Fingerprint(size, HexFormat.of().formatHex(digest.digest())));
    }

    private byte[] bytes(int size) throws IOException {
        if (size < 0 || size > left) {
            throw new InvalidRecordException("a part of a record has " + size + " bytes, and " + left + " are left");
        }
        byte[] bytes = new byte[size];
        for (int at = 0; at < size;) {
            at += read(bytes, at, size - at);
        }
        return bytes;
    }

    private byte[] skip(int size) throws IOException {
        byte[] chunk = new byte[Math.min(CHUNK, size)];
        for (long rest = size; rest > 0;) {
            rest -= read(chunk, 0, (int) Math.min(chunk.length, rest));
        }
        return null;
    }

    @Override
    public int read() throws IOException {
        int next = left > 0 ? in.read() : -1;
        if (next < 0) {
            throw new EOFException("a record ends too soon");
        }
        left--;
        return next;
    }

    /** Never -1: a record that ends too soon is none. */
    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (abandoned.getAsBoolean()) {
            throw new EOFException("nobody wants it any more");
        }
        int read = in.read(into, from, (int) Math.min(most, left));
        if (read <= 0) {
            throw new EOFException("a record ends too soon");
        }
        left -= read;
        return read;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Part(byte[] kept, Fingerprint whole) {
    }

    /** What is kept of a record, and its marker among the headers. */
    record Beginning(long timestampDelta, int offsetDelta, byte[] key, byte[] value, Header[] headers) {
    }
}
