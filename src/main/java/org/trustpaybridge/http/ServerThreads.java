package org.trustpaybridge.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.VertxInternal;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;

/**
 * Gives each thread of an HTTP server something to do, and sees whether it is done. Asked from inside, so that nobody who floods the
 * port can make the server look dead.
 */
public final class ServerThreads {

    private final VertxInternal vertx;
    private final HttpServerImpl server;
    private final AtomicInteger open = new AtomicInteger();

    /** @param server started */
    public ServerThreads(VertxPlatformHttpServer server) {
        this.vertx = (VertxInternal) server.getVertx();
        this.server = (HttpServerImpl) server.getServer();
    }

    /** @return what is missing for good, as the rest of a sentence */
    public Optional<String> gone() {
        if (server.isClosed()) {
            return Optional.of("does not listen any more");
        }
        return Stream.of(vertx.getEventLoopGroup(), vertx.getAcceptorEventLoopGroup())
            .flatMap(group -> StreamSupport.stream(group.spliterator(), false)).anyMatch(EventExecutor::isShuttingDown)
            ? Optional.of("has lost a thread") : Optional.empty();
    }

    /** @return what does not move, as the rest of a sentence; asked by one thread */
    public Optional<String> blocked() {
        Optional<String> blocked = loopsBlocked();
        if (blocked.isEmpty()) {
            open.incrementAndGet();
            vertx.<Void>executeBlocking(() -> null, false).onComplete(done -> open.decrementAndGet());
        }
        return blocked;
    }

    /** @return the same of those alone that may never be busy; asked by one thread */
    public Optional<String> loopsBlocked() {
        if (open.get() > 0) {
            return Optional.of("has a thread that does nothing");
        }
        vertx.getEventLoopGroup().forEach(this::ask);
        vertx.getAcceptorEventLoopGroup().forEach(this::ask);
        return Optional.empty();
    }

    /** One that was lost takes nothing any more. */
    private void ask(EventExecutor loop) {
        if (!loop.isShuttingDown()) {
            open.incrementAndGet();
            loop.execute(open::decrementAndGet);
        }
    }
}
