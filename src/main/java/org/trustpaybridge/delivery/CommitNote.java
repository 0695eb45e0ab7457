package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What is committed beside an offset, so that whoever gets the partition next knows what this member knew.
 *
 * @param topicId    id of the topic that the offset belongs to, which another topic of the same name has not; empty where brokers have none
 * @param partitions how many partitions the topic had; 0 when nothing of this program was written beside the offset
 * @param deleted    records that were deleted unread, until it is acknowledged
 * @param doubt      records that may have been done before
 * @param open       which of the records behind the offset are not finished
 */
public record CommitNote(String topicId, int partitions, Optional<DeletedUnread> deleted, Optional<Doubt> doubt,
                         Optional<OpenOffsets> open) {

    /** Nothing is known. */
    public static final CommitNote NONE = new CommitNote("", 0, Optional.empty(), Optional.empty(), Optional.empty());

    private static final String VERSION = "tpb2:";
    private static final int DELETED = 1;
    private static final int DOUBT = 2;
    private static final int TOLD = 4;
    private static final int OPEN = 8;

    /** @return whether it says which topic its offset belongs to, as every commit of this version does */
    public boolean trusted() {
        return partitions > 0;
    }

    /** @return the same without the open offsets, which is short */
    CommitNote brief() {
        return new CommitNote(topicId, partitions, deleted, doubt, Optional.empty());
    }

    /** @return the text beside this offset, while no record behind it is in flight */
    String write(long committed) {
        return VERSION + begin(committed, 0).toBase64();
    }

    /**
     * @param position offset after the highest record that was fetched
     * @param sorted   open offsets in ascending order, the first of them being the committed one
     * @param longest  characters that brokers take beside an offset
     * @return the text beside that offset; the open ones are left out where they would make it too long
     */
    String write(long position, Collection<Long> sorted, int longest) {
        long committed = sorted.iterator().next();
        CompactNumbers.Writer writer = begin(committed, OPEN);
        OpenOffsets.write(writer, position, sorted);
        String text = VERSION + writer.toBase64();
        return text.length() > longest ? write(committed) : text;
    }

    private CompactNumbers.Writer begin(long committed, int flags) {
        CompactNumbers.Writer writer = new CompactNumbers.Writer().number(committed).number(partitions).text(topicId)
            .number(flags | (deleted.isPresent() ? DELETED : 0) | (doubt.isPresent() ? DOUBT : 0)
                | (doubt.filter(Doubt::told).isPresent() ? TOLD : 0));
        deleted.ifPresent(gone -> writer.number(gone.from()).number(gone.to() - gone.from()).number(gone.atMost())
            .number(gone.since().toEpochMilli()));
        doubt.ifPresent(doubtful -> writer.number(doubtful.until()));
        return writer;
    }

    /**
     * @param text      what was committed beside an offset; may be null, another program's, or damaged
     * @param committed that offset
     * @return what it says; {@link #NONE} if that is nothing, or if it was written beside another offset
     */
    public static CommitNote read(String text, long committed) {
        if (text == null || !text.startsWith(VERSION)) {
            return new CommitNote("", 0, Optional.empty(), Optional.empty(),
                OpenOffsets.readFirstVersion(text == null ? "" : text, committed));
        }
        try {
            CompactNumbers.Reader reader = new CompactNumbers.Reader(text.substring(VERSION.length()));
            if (reader.number() != committed) {
                return NONE;
            }
            int partitions = Math.toIntExact(reader.number());
            String topicId = reader.text();
            long flags = reader.number();
            Optional<DeletedUnread> deleted = Optional.empty();
            if ((flags & DELETED) != 0) {
                long from = reader.number();
                deleted = Optional.of(new DeletedUnread(from, from + reader.number(), reader.number(),
                    Instant.ofEpochMilli(reader.number())));
            }
            Optional<Doubt> doubt = (flags & DOUBT) == 0 ? Optional.empty() : Optional.of(new Doubt(reader.number(), (flags & TOLD) != 0));
            Optional<OpenOffsets> open = (flags & OPEN) == 0 ? Optional.empty() : Optional.of(OpenOffsets.read(reader, committed));
            return new CommitNote(topicId, partitions, deleted, doubt, open);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return NONE;
        }
    }
}
