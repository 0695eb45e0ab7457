package org.trustpaybridge.delivery;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which offsets were still open when a partition's progress was committed. Kafka commits one number, and behind it many records may be
 * finished already; written into the commit's metadata, the few that are not spare the next member all the others.
 *
 * @param first    the committed offset; the text is worth nothing with another one
 * @param position the offset after the highest record that was fetched: what is behind it is new
 * @param open     offsets from first to position that are not finished
 */
record OpenOffsets(long first, long position, Set<Long> open) {

    /** What a broker takes by default ({@code offset.metadata.max.bytes}). */
    private static final int MAX_LENGTH = 4096;
    private static final String VERSION = "tpb1:";

    OpenOffsets {
        open = Set.copyOf(open);
    }

    boolean finished(long offset) {
        return offset >= first && offset < position && !open.contains(offset);
    }

    /** @param sorted open offsets in ascending order, the first of them being the committed one. @return the text; empty if it is too long */
    static String write(long position, Collection<Long> sorted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long previous = -1;
        long first = -1;
        for (long offset : sorted) {
            if (first < 0) {
                first = offset;
                writeNumber(bytes, first);
                writeNumber(bytes, position - first);
            } else {
                writeNumber(bytes, offset - previous);
            }
            previous = offset;
        }
        String text = VERSION + Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        return text.length() > MAX_LENGTH ? "" : text;
    }

    /** @return what was written; empty if the text is another program's, damaged, or belongs to another offset */
    static Optional<OpenOffsets> read(String text, long committed) {
        if (text == null || !text.startsWith(VERSION)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.substring(VERSION.length()));
            int[] at = new int[1];
            long first = readNumber(bytes, at);
            long position = first + readNumber(bytes, at);
            Set<Long> open = new HashSet<>();
            open.add(first);
            for (long offset = first; at[0] < bytes.length;) {
                offset += readNumber(bytes, at);
                open.add(offset);
            }
            return first == committed ? Optional.of(new OpenOffsets(first, position, open)) : Optional.empty();
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Seven bits a byte, the lowest first. */
    private static void writeNumber(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while (rest >= 0x80) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static long readNumber(byte[] bytes, int[] at) {
        long number = 0;
        int shift = 0;
        int next;
        do {
            next = bytes[at[0]++];
            number |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return number;
    }
}
