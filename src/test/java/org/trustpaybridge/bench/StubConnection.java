package org.trustpaybridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection to the provider: cuts what comes in into requests, as much of HTTP/1.1 as the two programs speak. */
final class StubConnection {
    private static final int LARGEST = 64 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";

    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(4096);

    StubConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Reads what is there; false at the end of the stream. */
    boolean fill() throws IOException {
        int read = channel.read(in);
        while (read > 0 && !in.hasRemaining()) {
            if (in.capacity() >= LARGEST) {
                throw new IOException("request too large");
            }
            in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
            read = Math.max(channel.read(in), 1);
        }
        return read >= 0;
    }

    /** The next complete request, or null. */
    StubRequest next() {
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return null;
        }
        int length = contentLength(text.substring(0, head + 2).toLowerCase(Locale.ROOT));
        int end = head + 4 + length;
        if (end > in.position()) {
            return null;
        }
        in.flip().position(end);
        in.compact();
        return new StubRequest(text.substring(0, text.indexOf("\r\n")), text.substring(head + 4, end));
    }

    private static int contentLength(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            if (head.contains("\r\ntransfer-encoding:")) {
                throw new IllegalArgumentException("bodies without a length are not read");
            }
            return 0;
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf("\r\n", from)).trim());
    }

    /** Answers are far smaller than a socket's buffer, so this does not wait in practice. */
    synchronized void write(ByteBuffer response) throws IOException {
        while (response.hasRemaining()) {
            channel.write(response);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to be done with it.
        }
    }
}
