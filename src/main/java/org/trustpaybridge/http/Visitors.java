package org.trustpaybridge.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/**
 * The connections to a port of the bridge: so many at most, and none of them for long without a whole request, or without taking its
 * answer. Vert.x has one time-out, for connections on which nothing moves; a byte now and then is enough for it.
 *
 * <p>Camel makes the options of its server itself, and takes the Vert.x that it finds: this one sees them on their way.
 */
public final class Visitors extends VertxWrapper {

    /**
     * What a connection may take.
     *
     * @param most    connections at a time; beyond that the one is closed that has waited longest for a request
     * @param head    from its opening to the end of the first request's head
     * @param request from there to the end of the answer
     * @param idle    from there to the end of the next request's head; longer than between two scrapes of Prometheus
     * @param body    bytes that a request may bring, where it says how many; 0: none at all
     */
    public record Limits(int most, Duration head, Duration request, Duration idle, long body) {

        /** Those of the management port. */
        public static final Limits SHIPPED = new Limits(256, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20));

        /** As above, without bodies. */
        public Limits(int most, Duration head, Duration request, Duration idle) {
            this(most, head, request, idle, 0);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
    private static final long LOOK_EVERY_MS = 250;
    private static final long SAID_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final String port;
    private final Limits limits;
    /** In the order of their deadlines, nearly; those that wait for a request apart from those that are answered. */
    private final Map<HttpConnection, Long> waiting = new LinkedHashMap<>();
    private final Map<HttpConnection, Long> answered = new LinkedHashMap<>();
    private long closed;
    private long nextLine = System.nanoTime();

    /**
     * @param port   which it is, in a word
     * @param vertx  has the threads of the server
     * @param limits what a connection may take
     */
    public Visitors(String port, VertxInternal vertx, Limits limits) {
        super(vertx);
        this.port = port;
        this.limits = limits;
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        // HTTP/2 has many requests on a connection, and nobody needs it here.
        HttpServer server = super.createHttpServer(options.setHttp2ClearTextEnabled(false).setUseAlpn(false)
            .setMaxInitialLineLength(4096).setMaxHeaderSize(16 * 1024));
        delegate.setPeriodic(LOOK_EVERY_MS, timer -> closeOverdue());
        return server.connectionHandler(this::opened);
    }

    /**
     * To be called for every request, before anything is done for it.
     *
     * @param routing the request
     * @return whether it may go on; otherwise it is answered
     */
    public boolean admit(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        synchronized (this) {
            waiting.remove(request.connection());
            answered.put(request.connection(), in(limits.request()));
        }
        routing.addEndHandler(ended -> answered(request.connection()));
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null ? length == null || fits(length) : limits.body() > 0) {
            return true;
        }
        // What is not taken is not read.
        request.response().setStatusCode(413).putHeader(HttpHeaders.CONNECTION, "close").end();
        return false;
    }

    /** Whoever takes bodies counts what comes in pieces. */
    private boolean fits(String length) {
        return length.length() < 10 && length.chars().allMatch(c -> c >= '0' && c <= '9') && Long.parseLong(length) <= limits.body();
    }

    /** @return connections at this moment */
    synchronized int open() {
        return waiting.size() + answered.size();
    }

    private void opened(HttpConnection connection) {
        HttpConnection longest = null;
        synchronized (this) {
            if (open() >= limits.most()) {
                Map<HttpConnection, Long> from = waiting.isEmpty() ? answered : waiting;
                longest = from.keySet().iterator().next();
                from.remove(longest);
            }
            waiting.put(connection, in(limits.head()));
        }
        connection.closeHandler(gone -> forget(connection));
        if (longest != null) {
            close(longest);
        }
    }

    private synchronized void answered(HttpConnection connection) {
        if (answered.remove(connection) != null) {
            waiting.put(connection, in(limits.idle()));
        }
    }

    private synchronized void forget(HttpConnection connection) {
        waiting.remove(connection);
        answered.remove(connection);
    }

    private void closeOverdue() {
        Map<HttpConnection, Long> overdue = new LinkedHashMap<>();
        synchronized (this) {
            take(waiting, overdue);
            take(answered, overdue);
        }
        overdue.keySet().forEach(this::close);
    }

    private static void take(Map<HttpConnection, Long> from, Map<HttpConnection, Long> overdue) {
        long now = System.nanoTime();
        for (Iterator<Map.Entry<HttpConnection, Long>> each = from.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<HttpConnection, Long> entry = each.next();
            if (now - entry.getValue() > 0) {
                overdue.put(entry.getKey(), entry.getValue());
                each.remove();
            }
        }
    }

    /** Not with the connection's own method, which waits until what was written has been read. */
    private void close(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channelHandlerContext().channel();
        channel.close();
        long count;
        synchronized (this) {
            closed++;
            long now = System.nanoTime();
            if (now - nextLine < 0) {
                return;
            }
            nextLine = now + SAID_EVERY_NANOS;
            count = closed;
        }
        LogEvent.VISITORS_CUT.on(LOG).addKeyValue("port", port).addKeyValue("connections", count).log();
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
