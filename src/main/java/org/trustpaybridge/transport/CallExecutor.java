package org.trustpaybridge.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends a request and reads its whole answer, before anybody else can have the connection. It is used again only when the answer was
 * certainly that of its request and nothing came behind it.
 */
final class CallExecutor extends HttpRequestExecutor {

    static final String CALL = "bridge.call";

    /** Status line and header lines, those of interim answers included. Real heads have less than two KiB. */
    private static final int HEAD_CAP = 32 * 1024;
    /** Real bodies have about one KiB. */
    static final int BODY_CAP = 64 * 1024;
    /** A body in chunks of a few bytes is longer on the wire. */
    private static final int WIRE_CAP = 4 * BODY_CAP;
    private static final long SHORTEST_LOOK = Duration.ofMillis(250).toNanos();
    private static final long LONGEST_LOOK = Duration.ofSeconds(2).toNanos();

    private final ConnectionDoubts doubts;
    private final Duration responseTimeout;
    /** How long answers that bring a payment URL take, as a moving average in nanoseconds. */
    private final AtomicLong usual = new AtomicLong();

    CallExecutor(ConnectionDoubts doubts, Duration responseTimeout) {
        this.doubts = doubts;
        this.responseTimeout = responseTimeout;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection over, HttpResponseInformationCallback none,
                                       HttpContext context) throws IOException, HttpException {
        if (Method.CONNECT.isSame(request.getMethod())) {
            ((ProviderCall) context.getAttribute(CALL)).reachedProxy();
            return super.execute(request, over, null, context);
        }
        ProviderConnection connection = (ProviderConnection) over;
        ProviderCall call = (ProviderCall) context.getAttribute(CALL);
        try {
            return exchange(request, connection, call, context);
        } catch (IOException | HttpException | RuntimeException e) {
            connection.close(CloseMode.IMMEDIATE);
            throw e;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error e) {
            // The client would shut its pool for good.
            connection.close(CloseMode.IMMEDIATE);
            throw new IOException(e);
        }
    }

    private ClassicHttpResponse exchange(ClassicHttpRequest request, ProviderConnection connection, ProviderCall call, HttpContext context)
        throws IOException, HttpException {
        connection.begins(doubts, HEAD_CAP);
        // The pool has just looked at one that is used again.
        if (!connection.reused() && connection.somethingWaits(Timeout.ZERO_MILLISECONDS)) {
            doubts.note(OutOfStep.BEFORE_REQUEST);
            throw new OutOfStepException();
        }
        call.within(responseTimeout);
        call.sends(connection, doubts);
        long sentNanos = System.nanoTime();
        // Without somebody to tell, interim answers are passed over, and 101 is one of them.
        ClassicHttpResponse response = super.execute(request, connection, null, context);
        HttpEntity entity = response.getEntity();
        byte[] sent = entity == null ? new byte[0] : read(entity, connection);
        connection.ended();
        // Whose answer it is can be told only once it is unzipped.
        byte[] body = entity == null ? sent : unzipped(sent, entity.getContentEncoding());
        response.setEntity(entity == null ? null : new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType())));
        checkStep(response.getCode(), body, connection, call, sentNanos);
        return response;
    }

    private static byte[] read(HttpEntity entity, ProviderConnection connection) throws IOException {
        connection.bodyFollows(WIRE_CAP);
        if (entity.getContentLength() > BODY_CAP) {
            throw new AnswerTooLargeException("body", BODY_CAP);
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(entity.getContentLength() < 0 ? BODY_CAP + 1 : (int) entity.getContentLength());
            // Reads what ends the last chunk, too.
            if (body.length > BODY_CAP || in.read() >= 0) {
                throw new AnswerTooLargeException("body", BODY_CAP);
            }
            return body;
        }
    }

    private static byte[] unzipped(byte[] sent, String encoding) throws IOException {
        try (InputStream body = decoded(new ByteArrayInputStream(sent), encoding == null ? "" : encoding.strip())) {
            byte[] bytes = body.readNBytes(BODY_CAP + 1);
            if (bytes.length > BODY_CAP) {
                throw new AnswerTooLargeException("body", BODY_CAP);
            }
            return bytes;
        }
    }

    private static InputStream decoded(InputStream in, String encoding) throws IOException {
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return new GZIPInputStream(in);
        }
        return encoding.equalsIgnoreCase("deflate") ? new InflaterInputStream(in) : in;
    }

    /**
     * An answer that certainly is ours leaves the connection to the next call, if nothing came behind it. After any other the connection is
     * closed; and when it may end an order, it is looked for longer than answers take whether another one follows: that would be the real
     * one.
     */
    private void checkStep(int status, byte[] body, ProviderConnection connection, ProviderCall call, long sentNanos) {
        long now = System.nanoTime();
        boolean ours = call.owns(body);
        boolean surplus;
        if (ours) {
            // What has not arrived yet is found before the next use.
            surplus = connection.holdsMore();
            long before = usual.get();
            usual.set(before == 0 ? now - sentNanos : before + (now - sentNanos - before) / 8);
        } else if (mayEndAnOrder(status)) {
            long nanos = Math.min(Math.max(SHORTEST_LOOK, 4 * usual.get()), LONGEST_LOOK);
            surplus = connection.somethingWaits(Timeout.ofMilliseconds(Math.max(0, Math.min(nanos, call.deadline() - now)) / 1_000_000));
        } else {
            surplus = connection.somethingWaits(Timeout.ZERO_MILLISECONDS);
        }
        if (surplus) {
            call.surplus();
            doubts.note(OutOfStep.BEHIND_ANSWER);
        }
        if (!ours || surplus) {
            connection.close(CloseMode.IMMEDIATE);
        }
    }

    /** Not so of those which say that the call is to be made again, or that the account is at fault. */
    private static boolean mayEndAnOrder(int status) {
        return switch (status) {
            case 401, 403, 405, 408, 425, 429 -> false;
            default -> status < 300 || status >= 400 && status < 500;
        };
    }
}
