package org.trustpaybridge.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that counts what it reads for an answer, and knows whether something can be read that nobody asked for. Used by one thread
 * at a time; only {@link #close(CloseMode)} comes from others.
 */
final class ProviderConnection extends DefaultManagedHttpClientConnection {

    /** A server closes idle connections; after this time it is looked whether it did. That takes a millisecond, so not before each call. */
    private static final Duration LOOK_AFTER_IDLE = Duration.ofSeconds(2);

    private final Counted counted = new Counted();
    private SessionInputBuffer buffer;
    private ConnectionDoubts doubts;
    private long openedNanos;
    private long usedNanos;
    private int calls;

    ProviderConnection(String id, Http1Config config) {
        super(id, null, null, config, null, null, null, new DefaultHttpResponseParserFactory(config));
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new Holder(socket));
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        bind(new Holder(tls, socket));
    }

    /** Unlike the two others, this one of the library refuses once the connection was closed: a cancelled call opens no further socket. */
    @Override
    public void bind(SocketHolder holder) throws IOException {
        super.bind(holder);
        openedNanos = System.nanoTime();
        usedNanos = openedNanos;
    }

    /** Notes a call that is about to be sent; from now on its answer is counted. */
    void begins(ConnectionDoubts shared, int headCap) {
        doubts = shared;
        calls++;
        counted.allow("head", headCap);
    }

    /** The head is read: what follows may be so long on the wire. */
    void bodyFollows(int bodyCap) {
        counted.allow("body", bodyCap);
    }

    /** Notes that the answer was read. */
    void ended() {
        usedNanos = System.nanoTime();
    }

    /** Whether the present call is not the first one. */
    boolean reused() {
        return calls > 1;
    }

    long openedNanos() {
        return openedNanos;
    }

    /** Whether something can be read, now or within a time, though everything that was asked for has been read. */
    boolean somethingWaits(Timeout within) {
        try {
            return (within.toMilliseconds() > 0 || arrived()) && isDataAvailable(within.toMilliseconds() > 0 ? within
                : Timeout.ONE_MILLISECOND);
        } catch (AnswerTooLargeException e) {
            return true;
        } catch (IOException endedOrBroken) {
            return false;
        }
    }

    /** Whether more was read than the answer. */
    boolean holdsMore() {
        return buffer != null && buffer.length() > 0;
    }

    /**
     * Asked by the pool before a connection is used again. Only what waits already is looked for, which costs a system call, and nobody's
     * time.
     */
    @Override
    public boolean isStale() throws IOException {
        if (!isOpen() || doubts != null && doubts.concern(openedNanos)) {
            return true;
        }
        boolean arrived = arrived();
        if (!arrived && System.nanoTime() - usedNanos < LOOK_AFTER_IDLE.toNanos()) {
            return false;
        }
        if (super.isStale()) {
            return true;
        }
        // Of TLS there may be messages that are no data, which are read now.
        boolean data = holdsMore();
        if (data && doubts != null) {
            doubts.note(OutOfStep.BEFORE_REQUEST);
        }
        return data;
    }

    private boolean arrived() throws IOException {
        SocketHolder holder = getSocketHolder();
        if (holder == null) {
            return false;
        }
        return holdsMore() || holder.getBaseSocket().getInputStream().available() > 0
            || holder.getSSLSocket() != null && holder.getSSLSocket().getInputStream().available() > 0;
    }

    /** Keeps the buffer, which the library does not show otherwise. */
    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer from, InputStream in) {
        buffer = from;
        return super.createContentInputStream(length, from, in);
    }

    /** An orderly end of TLS is written and waited for; nobody has time for that here. */
    @Override
    public void close() throws IOException {
        close(CloseMode.IMMEDIATE);
    }

    @Override
    public void close(CloseMode mode) {
        SocketHolder holder = getSocketHolder();
        super.close(holder != null && holder.getSSLSocket() != null ? CloseMode.IMMEDIATE : mode);
    }

    private final class Holder extends SocketHolder {

        Holder(Socket socket) {
            super(socket);
        }

        Holder(SSLSocket tls, Socket socket) {
            super(tls, socket);
        }

        @Override
        protected InputStream getInputStream(Socket socket) throws IOException {
            return new CountedStream(socket.getInputStream(), counted);
        }
    }

    /** What may still be read. Without a call nothing is counted. */
    private static final class Counted {

        private String part = "";
        private int cap = Integer.MAX_VALUE;
        private int left = Integer.MAX_VALUE;

        void allow(String name, int bytes) {
            part = name;
            cap = bytes;
            left = bytes;
        }

        void take(int bytes) throws AnswerTooLargeException {
            if (cap != Integer.MAX_VALUE && bytes > 0) {
                left -= bytes;
                if (left < 0) {
                    throw new AnswerTooLargeException(part, cap);
                }
            }
        }
    }

    private static final class CountedStream extends FilterInputStream {

        private final Counted counted;

        CountedStream(InputStream in, Counted counted) {
            super(in);
            this.counted = counted;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            counted.take(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            counted.take(read);
            return read;
        }
    }
}
