package org.trustpaybridge.kafka.screen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.apache.kafka.common.memory.MemoryPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Kafka's client puts what a broker sends, before it looks at it: on the heap, as ever, and what is too large for that into a
 * temporary file that looks like memory. A broker sends the first batch whole, however large it is, so nothing else bounds it. What is in
 * the file is looked at as it is anywhere else, and a record that is too large is known by its beginning, size and hash afterwards.
 *
 * <p>Where no such file can be had, the heap is tried, unless it would be filled by it: who runs out of memory there is anybody, Kafka's
 * heartbeats for one. Then the connection is closed, and {@link #refused} says why.
 */
final class LargeReceives implements MemoryPool {

    private static final Logger LOG = LoggerFactory.getLogger(LargeReceives.class);
    private static final int CHUNK = 1 << 20;

    private final long onHeap;
    private volatile String refused = "";

    /** @param onHeap bytes of what is put on the heap at most */
    LargeReceives(long onHeap) {
        this.onHeap = onHeap;
    }

    @Override
    public ByteBuffer tryAllocate(int sizeBytes) {
        if (sizeBytes <= onHeap) {
            return ByteBuffer.allocate(sizeBytes);
        }
        try {
            return inFile(sizeBytes);
        } catch (IOException | RuntimeException e) {
            LOG.debug("No temporary file of {} bytes can be had", sizeBytes, e);
            return onHeapAfterAll(sizeBytes, e);
        }
    }

    private ByteBuffer onHeapAfterAll(int sizeBytes, Exception noFile) {
        if (sizeBytes <= freeHeap() / 2) {
            return ByteBuffer.allocate(sizeBytes);
        }
        refused = "an answer of " + sizeBytes + " bytes has no room: neither in a file in java.io.tmpdir, "
            + System.getProperty("java.io.tmpdir") + " (" + noFile.getClass().getSimpleName() + ": " + noFile.getMessage()
            + "), nor on the heap, " + Runtime.getRuntime().maxMemory() + " bytes";
        throw LargeReceives.<RuntimeException>asItIs(new IOException(refused));
    }

    /**
     * Kafka's client takes it for a connection that broke, as the method that calls this one may fail so; of others it logs a stack trace.
     */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E asItIs(IOException broken) throws E {
        throw (E) broken;
    }

    private static long freeHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    /** @return why an answer was refused since this was asked last; empty if none was */
    String refused() {
        String why = refused;
        refused = "";
        return why;
    }

    /**
     * It is there until nobody refers to it any more. Its blocks are written first: a disk that turns out to be full later is a fault of
     * the JVM.
     */
    private static MappedByteBuffer inFile(int size) throws IOException {
        Path file = Files.createTempFile("trustpay-bridge-fetch-", null);
        // From here on it has no name any more, so it is not left behind, whatever happens.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
            if (Files.getFileStore(file.getParent()).getUsableSpace() / 2 < size) {
                throw new IOException("less than twice as much is free");
            }
            ByteBuffer zeros = ByteBuffer.allocate(CHUNK);
            for (long left = size; left > 0;) {
                zeros.clear().limit((int) Math.min(CHUNK, left));
                left -= channel.write(zeros);
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        }
    }

    @Override
    public void release(ByteBuffer previouslyAllocated) {
        // The garbage collector sees to it.
    }

    @Override
    public long size() {
        return Long.MAX_VALUE;
    }

    @Override
    public long availableMemory() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isOutOfMemory() {
        return false;
    }
}
