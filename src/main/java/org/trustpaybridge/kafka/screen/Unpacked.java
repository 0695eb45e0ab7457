package org.trustpaybridge.kafka.screen;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.apache.kafka.common.record.CompressionType;

/**
 * How large a batch can become at most, found by hopping from block to block of what is packed, without unpacking any. So what an ordinary
 * batch costs is next to nothing.
 *
 * @param bytes most that it unpacks to; {@link Long#MAX_VALUE} when that cannot be told
 * @param piece most that a codec has to hold of it at once
 */
record Unpacked(long bytes, long piece) {

    private static final Unpacked UNKNOWN = new Unpacked(Long.MAX_VALUE, 0);

    private static final int ZSTD_FRAME = 0xFD2FB528;
    private static final int ZSTD_SKIPPABLE = 0x184D2A50;
    private static final long ZSTD_BLOCK = 128 << 10;
    private static final int LZ4_FRAME = 0x184D2204;
    private static final long SNAPPY_FRAMED = 0x82534E4150505900L;
    private static final int SNAPPY_HEADER = 16;
    /** Deflate makes at most 258 bytes of two bits. */
    private static final long GZIP_RATIO = 1032;
    private static final int GZIP_LEAST = 18;

    /**
     * @param codec  its codec
     * @param packed the records of a batch as they are packed; its position stays
     */
    static Unpacked of(CompressionType codec, ByteBuffer packed) {
        ByteBuffer in = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
        try {
            return switch (codec) {
                case NONE -> new Unpacked(in.remaining(), 0);
                case GZIP -> gzip(in);
                case SNAPPY -> snappy(in.order(ByteOrder.BIG_ENDIAN));
                case LZ4 -> lz4(in);
                case ZSTD -> zstd(in);
            };
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return UNKNOWN;
        }
    }

    /** It ends with its length. That can be the length of its last part only, so a length is believed that is not odd. */
    private static Unpacked gzip(ByteBuffer in) {
        int packed = in.remaining();
        long most = packed * GZIP_RATIO;
        if (packed < GZIP_LEAST || most > 0xFFFFFFFFL) {
            return new Unpacked(most, 0);
        }
        long said = Integer.toUnsignedLong(in.getInt(in.limit() - Integer.BYTES));
        return new Unpacked(said < packed / 2 ? most : said, 0);
    }

    private static Unpacked snappy(ByteBuffer in) {
        if (in.remaining() < SNAPPY_HEADER || in.getLong(0) != SNAPPY_FRAMED) {
            long whole = varint(in);
            return new Unpacked(whole, whole);
        }
        long bytes = 0;
        long piece = 0;
        while (in.remaining() >= Integer.BYTES) {
            if (in.remaining() >= SNAPPY_HEADER && in.getLong(in.position()) == SNAPPY_FRAMED) {
                hop(in, SNAPPY_HEADER);
                continue;
            }
            int packed = in.getInt();
            int next = in.position() + packed;
            long block = varint(in);
            bytes += block;
            piece = Math.max(piece, block);
            in.position(next);
        }
        return new Unpacked(bytes, piece);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0 && shift < 35);
        return value;
    }

    private static Unpacked lz4(ByteBuffer in) {
        if (in.getInt() != LZ4_FRAME) {
            return UNKNOWN;
        }
        int flags = in.get();
        int size = in.get() >> 4 & 7;
        if (size < 4) {
            return UNKNOWN;
        }
        long largest = 1L << 8 + 2 * size;
        boolean blockHasChecksum = (flags & 0x10) != 0;
        hop(in, ((flags & 0x08) != 0 ? Long.BYTES : 0) + 1);
        long bytes = 0;
        for (int block = in.getInt(); block != 0; block = in.getInt()) {
            int packed = block & 0x7FFFFFFF;
            bytes += block < 0 ? packed : largest;
            hop(in, packed + (blockHasChecksum ? Integer.BYTES : 0));
        }
        return new Unpacked(bytes, largest);
    }

    private static Unpacked zstd(ByteBuffer in) {
        long bytes = 0;
        while (in.remaining() >= Integer.BYTES) {
            int magic = in.getInt();
            if ((magic & 0xFFFFFFF0) == ZSTD_SKIPPABLE) {
                hop(in, in.getInt());
            } else if (magic == ZSTD_FRAME) {
                bytes += zstdFrame(in);
            } else {
                return UNKNOWN;
            }
        }
        return in.hasRemaining() ? UNKNOWN : new Unpacked(bytes, 0);
    }

    private static long zstdFrame(ByteBuffer in) {
        int descriptor = in.get();
        boolean single = (descriptor & 0x20) != 0;
        int sizeFlag = descriptor >> 6 & 3;
        int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
        int size = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        hop(in, (single ? 0 : 1) + dictionary + size);
        long bytes = 0;
        boolean last;
        do {
            int header = in.get() & 0xFF | (in.get() & 0xFF) << 8 | (in.get() & 0xFF) << 16;
            last = (header & 1) != 0;
            int length = header >> 3;
            int kind = header >> 1 & 3;
            bytes += kind == 2 ? ZSTD_BLOCK : length;
            hop(in, kind == 1 ? 1 : length);
        } while (!last);
        if ((descriptor & 0x04) != 0) {
            hop(in, Integer.BYTES);
        }
        return bytes;
    }

    private static void hop(ByteBuffer in, int over) {
        if (over < 0) {
            throw new IllegalArgumentException("backwards");
        }
        in.position(in.position() + over);
    }
}
