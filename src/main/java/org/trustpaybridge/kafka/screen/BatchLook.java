package org.trustpaybridge.kafka.screen;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecord;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.ByteUtils;
import org.trustpaybridge.delivery.Excerpt;

/**
 * Looks into a batch that may have records that are too large to be held. If there are any, it makes a batch of the same offsets, times,
 * producer and transaction that has excerpts in their places. No record that is too large is ever in memory, packed or not, but for what
 * the batch itself is.
 */
final class BatchLook {

    private static final int ROOM = 64 << 10;
    private static final int SIZE_OF_SIZE = 5;
    /** No batch has more: each takes some bytes, and what would be made of them is held. */
    private static final int MOST_UNSEEN = 100_000;

    private final DefaultRecordBatch batch;
    private final int limit;
    private final long piece;
    private final BooleanSupplier abandoned;
    private final Long logAppendTime;

    /**
     * @param batch     not changed meanwhile
     * @param limit     bytes of the largest record that may be held
     * @param piece     bytes that the codec needs at once
     * @param abandoned whether nobody wants to know any more
     */
    BatchLook(DefaultRecordBatch batch, int limit, long piece, BooleanSupplier abandoned) {
        this.batch = batch;
        this.limit = limit;
        this.piece = piece;
        this.abandoned = abandoned;
        this.logAppendTime = batch.timestampType() == TimestampType.LOG_APPEND_TIME ? batch.maxTimestamp() : null;
    }

    /**
     * @return the batch with excerpts; empty when all its records may be held
     * @throws IOException      when it cannot be unpacked, as the codec says
     * @throws RuntimeException when it is no batch
     */
    Optional<MemoryRecords> look() throws IOException {
        batch.ensureValid();
        if (piece > HeapShare.piece()) {
            return Optional.of(unseen());
        }
        return hasTooLarge() ? Optional.of(withExcerpts()) : Optional.empty();
    }

    private boolean hasTooLarge() throws IOException {
        try (InputStream in = batch.recordInputStream(BufferSupplier.NO_CACHING)) {
            for (int i = batch.countOrNull(); i > 0 && !abandoned.getAsBoolean(); i--) {
                int size = ByteUtils.readVarint(in);
                if (size > limit) {
                    return true;
                }
                in.skipNBytes(Math.max(0, size));
            }
        }
        return false;
    }

    private MemoryRecords withExcerpts() throws IOException {
        try (InputStream in = batch.recordInputStream(BufferSupplier.NO_CACHING);
             MemoryRecordsBuilder made = builder(batch.compressionType())) {
            for (int i = batch.countOrNull(); i > 0; i--) {
                int size = ByteUtils.readVarint(in);
                if (size > limit) {
                    RecordStream.Beginning beginning = new RecordStream(in, size, abandoned).read(limit);
                    made.appendWithOffset(batch.baseOffset() + beginning.offsetDelta(),
                        logAppendTime == null ? batch.baseTimestamp() + beginning.timestampDelta() : logAppendTime,
                        beginning.key(), beginning.value(), beginning.headers());
                } else {
                    DefaultRecord whole = whole(in, size);
                    made.appendWithOffset(whole.offset(), whole.timestamp(), whole.key(), whole.value(), whole.headers());
                }
                if (abandoned.getAsBoolean()) {
                    throw new EOFException("nobody wants it any more");
                }
            }
            return finished(made);
        }
    }

    private DefaultRecord whole(InputStream in, int size) throws IOException {
        if (size < 0) {
            throw new InvalidRecordException("a record has " + size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(SIZE_OF_SIZE + size);
        ByteUtils.writeVarint(size, bytes);
        if (in.readNBytes(bytes.array(), bytes.position(), size) < size) {
            throw new EOFException("a batch ends too soon");
        }
        bytes.limit(bytes.position() + size).position(0);
        return DefaultRecord.readFrom(bytes, batch.baseOffset(), batch.baseTimestamp(), batch.baseSequence(), logAppendTime);
    }

    /** Some codecs have pieces that can only be unpacked whole. Then of none of the batch's records more is known than its place. */
    private MemoryRecords unseen() {
        int count = Math.min(MOST_UNSEEN, batch.countOrNull());
        try (MemoryRecordsBuilder made = builder(CompressionType.NONE)) {
            for (int i = 0; i < count; i++) {
                made.appendWithOffset(batch.baseOffset() + i, batch.maxTimestamp(), null, (byte[]) null,
                    new Header[] {Marker.of(Excerpt.unseen(limit))});
            }
            return finished(made);
        }
    }

    private MemoryRecordsBuilder builder(CompressionType codec) {
        return new MemoryRecordsBuilder(new ByteBufferOutputStream(ROOM), batch.magic(), Compression.of(codec).build(),
            batch.timestampType(),
            batch.baseOffset(), logAppendTime == null ? RecordBatch.NO_TIMESTAMP : logAppendTime, batch.producerId(), batch.producerEpoch(),
            batch.baseSequence(), batch.isTransactional(), batch.isControlBatch(), batch.partitionLeaderEpoch(), ROOM,
            batch.deleteHorizonMs().orElse(RecordBatch.NO_TIMESTAMP));
    }

    private MemoryRecords finished(MemoryRecordsBuilder made) {
        made.overrideLastOffset(batch.lastOffset());
        return made.build();
    }
}
