package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A batch on the disk of a broker of which one bit is another one, until this is closed. */
public final class BrokenBatch implements AutoCloseable {
    /** The base offset and the length of what follows. */
    private static final int HEAD = Long.BYTES + Integer.BYTES;

    /** Behind that, the epoch of the leader and a byte for the format. */
    private static final int CHECKSUM = HEAD + Integer.BYTES + 1;

    private final Path segment;
    private final long place;

    private BrokenBatch(Path segment, long place) throws IOException {
        this.segment = segment;
        this.place = place;
        flip();
    }

    /** Breaks the checksum of the batch of a record, which only clients look at. */
    public static BrokenBatch ofChecksum(Path data, ConsumerRecord<?, ?> broken) throws IOException {
        return at(data, broken, (begin, end) -> begin + CHECKSUM);
    }

    /** Breaks the last byte of the batch of a record, so that the broker cannot read it either. */
    public static BrokenBatch ofContent(Path data, ConsumerRecord<?, ?> broken) throws IOException {
        return at(data, broken, (begin, end) -> end - 1);
    }

    private static BrokenBatch at(Path data, ConsumerRecord<?, ?> broken, IntBinaryOperator place) throws IOException {
        Path segment = data.resolve(broken.topic() + "-" + broken.partition()).resolve("00000000000000000000.log");
        ByteBuffer batches = ByteBuffer.wrap(Files.readAllBytes(segment));
        int at = 0;
        while (at < batches.limit()) {
            int next = at + HEAD + batches.getInt(at + Long.BYTES);
            if (batches.getLong(at) <= broken.offset() && (next >= batches.limit() || batches.getLong(next) > broken.offset())) {
                return new BrokenBatch(segment, place.applyAsInt(at, next));
            }
            at = next;
        }
        throw new IllegalArgumentException(broken.topic() + "-" + broken.partition() + "@" + broken.offset()
            + " is not in the first segment");
    }

    private void flip() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(place);
            int was = file.read();
            file.seek(place);
            file.write(was ^ 1);
        }
    }

    @Override
    public void close() throws IOException {
        flip();
    }
}
