package org.trustpaybridge.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

/** Brings answers onto the wire, whole or broken. Runs on the event loop; nothing here blocks. */
final class Delivery {

    static final int PADDING = 8 * 1024 * 1024;
    private static final byte[] PADDING_CHUNK = filled(64 * 1024);

    private final Vertx vertx;
    private final Stats stats;
    private final Duration slowInterval;
    private final Duration hold;
    private final Clock clock;

    Delivery(Vertx vertx, Stats stats, Duration slowInterval, Duration hold, Clock clock) {
        this.vertx = vertx;
        this.stats = stats;
        this.slowInterval = slowInterval;
        this.hold = hold;
        this.clock = clock;
    }

    /** Sends an answer as it should be. Does nothing if the caller has left. */
    void whole(HttpServerRequest request, Reply reply) {
        if (gone(request)) {
            stats.noAnswer();
            return;
        }
        stats.answer(reply.status());
        begin(request, reply).end(Buffer.buffer(reply.body()));
    }

    /** Sends an answer the way a fault of the connection has it; faults that change only its words travel whole. */
    void broken(HttpServerRequest request, Reply reply, FaultKind kind) {
        if (gone(request)) {
            stats.noAnswer();
            return;
        }
        switch (kind) {
            case CUT -> cut(request, reply);
            case SLOW -> slow(request, reply);
            case HUGE -> huge(request, reply);
            case TIMEOUT -> silent(request);
            case RESET_AFTER -> reset(request);
            case SURPLUS -> surplus(request, reply);
            default -> whole(request, reply);
        }
    }

    /** Ends the connection with a TCP reset and no answer. */
    void reset(HttpServerRequest request) {
        stats.noAnswer();
        hangUp(request);
    }

    /** Ends the connection in an orderly way and without an answer. */
    void close(HttpServerRequest request) {
        stats.noAnswer();
        request.connection().close();
    }

    /** Answers with a head that is none. */
    void badHead(HttpServerRequest request) {
        stats.noAnswer();
        past(request, "HTTP/1.1 000\r\nContent-Length: 2\r\n\r\n{}");
        request.connection().close();
    }

    private void surplus(HttpServerRequest request, Reply reply) {
        whole(request, reply);
        Reply more = Reply.refusal(Refusal.AMOUNT, "Simulated error " + Refusal.AMOUNT);
        past(request, "HTTP/1.1 " + more.status() + " Surplus\r\nContent-Type: application/json\r\nContent-Length: " + more.body().length
            + "\r\n\r\n" + new String(more.body(), StandardCharsets.UTF_8));
    }

    /** Writes bytes as they are, past the encoder of answers. */
    private static void past(HttpServerRequest request, String text) {
        ((ConnectionBase) request.connection()).channelHandlerContext().pipeline().firstContext()
            .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static boolean gone(HttpServerRequest request) {
        return request.response().closed() || request.response().ended();
    }

    /** Every server with a clock sends its time; callers compare theirs with it. */
    private HttpServerResponse begin(HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response().setStatusCode(reply.status());
        response.putHeader("Date", HttpDate.of(clock.instant()));
        reply.headers().forEach(response::putHeader);
        return response;
    }

    /** A socket that lingers for no time drops what it has and sends RST in place of FIN; Vert.x has no call for one connection alone. */
    private static void hangUp(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    private void cut(HttpServerRequest request, Reply reply) {
        stats.answer(reply.status());
        byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2);
        begin(request, reply).putHeader("Content-Length", Integer.toString(reply.body().length))
            .write(Buffer.buffer(half))
            .onComplete(written -> request.connection().close());
    }

    private void silent(HttpServerRequest request) {
        stats.noAnswer();
        long timer = vertx.setTimer(hold.toMillis(), over -> hangUp(request));
        request.response().closeHandler(left -> vertx.cancelTimer(timer));
    }

    private void slow(HttpServerRequest request, Reply reply) {
        stats.answer(reply.status());
        HttpServerResponse response = begin(request, reply).putHeader("Content-Length", Integer.toString(reply.body().length));
        dribble(response, reply.body(), 0);
    }

    private void dribble(HttpServerResponse response, byte[] body, int position) {
        if (response.closed()) {
            return;
        }
        if (position == body.length) {
            response.end();
            return;
        }
        response.write(Buffer.buffer().appendByte(body[position]));
        vertx.setTimer(slowInterval.toMillis(), next -> dribble(response, body, position + 1));
    }

    private void huge(HttpServerRequest request, Reply reply) {
        stats.answer(reply.status());
        byte[] start = "{\"padding\":\"".getBytes(StandardCharsets.US_ASCII);
        String rest = new String(reply.body(), 1, reply.body().length - 1, StandardCharsets.UTF_8);
        byte[] end = ("\"," + rest).getBytes(StandardCharsets.UTF_8);
        HttpServerResponse response = begin(request, reply)
            .putHeader("Content-Length", Integer.toString(start.length + PADDING + end.length));
        response.write(Buffer.buffer(start));
        pad(response, PADDING, Buffer.buffer(end));
    }

    private void pad(HttpServerResponse response, int left, Buffer end) {
        int missing = left;
        while (missing > 0 && !response.writeQueueFull() && !response.closed()) {
            response.write(Buffer.buffer(PADDING_CHUNK));
            missing -= PADDING_CHUNK.length;
        }
        if (response.closed()) {
            return;
        }
        if (missing == 0) {
            response.end(end);
        } else {
            int rest = missing;
            response.drainHandler(drained -> pad(response, rest, end));
        }
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) '.');
        return bytes;
    }
}
