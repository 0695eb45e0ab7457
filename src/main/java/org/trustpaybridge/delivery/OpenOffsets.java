package org.trustpaybridge.delivery;

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
public record OpenOffsets(long first, long position, Set<Long> open) {

    /** What versions wrote that noted nothing else. */
    private static final String FIRST_VERSION = "tpb1:";

    /** Copies the set. */
    public OpenOffsets {
        open = Set.copyOf(open);
    }

    /**
     * @param offset an offset
     * @return whether its record was finished, or there is none
     */
    public boolean finished(long offset) {
        return offset >= first && offset < position && !open.contains(offset);
    }

    /**
     * @param from the committed offset
     * @param to   an offset behind it
     * @return how many offsets in between, the first included, were not finished
     */
    public long unfinished(long from, long to) {
        return open.stream().filter(offset -> offset >= from && offset < to).count() + Math.max(0, to - Math.max(from, position));
    }

    /** @param sorted open offsets in ascending order, the first of them being the committed one */
    static void write(CompactNumbers.Writer writer, long position, Collection<Long> sorted) {
        long previous = -1;
        for (long offset : sorted) {
            writer.number(previous < 0 ? position - offset : offset - previous);
            previous = offset;
        }
    }

    static OpenOffsets read(CompactNumbers.Reader reader, long first) {
        long position = first + reader.number();
        Set<Long> open = new HashSet<>();
        open.add(first);
        for (long offset = first; !reader.atEnd();) {
            offset += reader.number();
            open.add(offset);
        }
        return new OpenOffsets(first, position, open);
    }

    /** @return what an earlier version wrote; empty if the text is another program's, damaged, or belongs to another offset */
    static Optional<OpenOffsets> readFirstVersion(String text, long committed) {
        if (!text.startsWith(FIRST_VERSION)) {
            return Optional.empty();
        }
        try {
            CompactNumbers.Reader reader = new CompactNumbers.Reader(text.substring(FIRST_VERSION.length()));
            return reader.number() == committed ? Optional.of(read(reader, committed)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
