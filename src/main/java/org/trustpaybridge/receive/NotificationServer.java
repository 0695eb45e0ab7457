package org.trustpaybridge.receive;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.http.ServerThreads;
import org.trustpaybridge.http.Visitors;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.settings.NotificationSettings;
import org.trustpaybridge.supervision.Vital;

/**
 * Listens for notifications on a port of its own, for Camel's platform-http. It faces the internet, through whatever stands before it: so
 * many connections at most, none for long, a body that is not too large, and so many requests worked on at once.
 */
public final class NotificationServer extends VertxPlatformHttpServer {

    /** Under this name Camel's platform-http looks for the server of its routes. */
    public static final String ENGINE = "platform-http-engine";
    /** Bytes. An order object with a long shopping cart has some ten thousand. */
    public static final int MOST_BODY = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(NotificationServer.class);
    private static final String BODY = "notification-body";
    private static final int MOST_CONNECTIONS = 128;
    private static final int AT_ONCE = 16;
    private static final int EVENT_LOOPS = 1;
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration GONE = Duration.ofSeconds(10);
    private static final Duration BLOCKED = Duration.ofSeconds(60);
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST);

    private final NotificationSettings settings;
    private final Duration longest;
    private Visitors visitors;
    private volatile ServerThreads threads;

    /**
     * @param settings where to listen
     * @param longest  what a request may take, from the end of its head to its answer
     */
    public NotificationServer(NotificationSettings settings, Duration longest) {
        super(configuration(settings));
        this.settings = settings;
        this.longest = longest;
    }

    private static VertxPlatformHttpServerConfiguration configuration(NotificationSettings settings) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(settings.host());
        configuration.setBindPort(settings.port());
        configuration.setMaxBodySize((long) MOST_BODY);
        configuration.getBodyHandler().setHandleFileUploads(false);
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        return configuration;
    }

    /** @return the engine that leads routes from platform-http to this server, whichever others there are */
    public VertxPlatformHttpEngine engine() {
        return new VertxPlatformHttpEngine() {
            @Override
            public int getServerPort() {
                return settings.port();
            }

            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                return new RawConsumer(endpoint, processor, VertxPlatformHttpRouter.getRouterNameFromPort(settings.port()));
            }
        };
    }

    /** @return starts it before the routes do, and has the start fail when it cannot listen */
    public MainListener beforeRoutes() {
        return new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                try {
                    main.getCamelContext().addService(NotificationServer.this);
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeCamelException(e);
                }
            }
        };
    }

    @Override
    protected Vertx lookupVertx() {
        if (visitors == null) {
            visitors = new Visitors("notifications", (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(AT_ONCE).setMaxWorkerExecuteTime(longest.multipliedBy(2).toNanos())
                .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false))),
                new Visitors.Limits(MOST_CONNECTIONS, HEAD, longest, IDLE, MOST_BODY));
        }
        return visitors;
    }

    @Override
    protected void initializeServer() {
        super.initializeServer();
        getCamelContext().getRegistry().lookupByNameAndType(VertxPlatformHttpRouter.getRouterNameFromPort(settings.port()),
            VertxPlatformHttpRouter.class).route().handler(this::first).failureHandler(NotificationServer::failed);
    }

    /** Camel logs that it cannot listen, and goes on. */
    @Override
    protected void startServer() throws Exception {
        super.startServer();
        if (((HttpServerImpl) getServer()).isClosed()) {
            throw new IllegalStateException("cannot listen on " + settings.host() + ":" + settings.port()
                + " for notifications; the warning before this says why");
        }
        threads = new ServerThreads(this);
        LogEvent.NOTIFICATIONS_OPEN.on(LOG).addKeyValue("notifications", settings.host() + ":" + settings.port() + settings.path()).log();
    }

    @Override
    protected void doStop() throws Exception {
        threads = null;
        super.doStop();
        if (visitors != null) {
            visitors.close();
            visitors = null;
        }
    }

    private void first(RoutingContext request) {
        if (!visitors.admit(request)) {
            return;
        }
        if (!settings.path().equals(request.request().path())) {
            refuse(request, 404);
        } else if (!METHODS.contains(request.request().method())) {
            request.response().putHeader("Allow", "GET, POST");
            refuse(request, 405);
        } else {
            request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            read(request);
        }
    }

    /** The bytes are what is signed, so nobody takes them apart first, whatever the request says they are. */
    private static void read(RoutingContext request) {
        Buffer body = Buffer.buffer();
        request.request().handler(part -> {
            if (body.length() <= MOST_BODY) {
                body.appendBuffer(part);
            }
        });
        request.request().endHandler(end -> {
            if (body.length() > MOST_BODY) {
                refuse(request, 413);
            } else {
                request.put(BODY, body.getBytes());
                request.next();
            }
        });
        request.request().exceptionHandler(gone -> LOG.debug("A visitor left before the end of the request", gone));
    }

    /** Of visitors who leave early Vert.x would write a stack trace each. */
    private static void failed(RoutingContext request) {
        if (!request.response().ended() && !request.response().closed()) {
            refuse(request, request.statusCode() > 0 ? request.statusCode() : 503);
        }
    }

    private static void refuse(RoutingContext request, int status) {
        request.response().setStatusCode(status).putHeader(HttpHeaders.CONNECTION, "close").end();
    }

    /** @return what is to be asked about it: whether it listens */
    public List<Vital> vitals() {
        return List.of(new Vital("The server for notifications", GONE, () -> Optional.ofNullable(threads).flatMap(ServerThreads::gone)),
            new Vital("The server for notifications", BLOCKED, () -> Optional.ofNullable(threads).flatMap(ServerThreads::loopsBlocked)));
    }

    /** Hands over the bytes as they came. */
    private static final class RawConsumer extends VertxPlatformHttpConsumer {

        RawConsumer(PlatformHttpEndpoint endpoint, Processor processor, String router) {
            super(endpoint, processor, List.of(), router);
        }

        @Override
        protected Future<Void> populateCamelMessage(RoutingContext request, Exchange exchange, Message message) {
            return super.populateCamelMessage(request, exchange, message).onSuccess(done -> message.setBody(request.get(BODY)));
        }
    }
}
