package org.trustpaybridge.observe.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.service.ServiceSupport;
import org.trustpaybridge.http.ServerThreads;
import org.trustpaybridge.http.Visitors;
import org.trustpaybridge.supervision.Vital;

/**
 * Camel's management server, with the token in front of it and the status page on it. Camel Main finds this factory among the beans and
 * prefers it to its own.
 *
 * <p>Who may come at all, and the token, are asked for by the first handler of the router. Camel puts that in place before the server
 * listens, and every path, its own and those that are added later, comes behind it. Camel's own configurers of basic and JWT authentication
 * guard the path that they take from the configuration, beside the path at which the server is mounted, and thus may guard nothing
 * (CVE-2026-40022).
 */
public final class ManagementServer extends DefaultMainHttpServerFactory implements AutoCloseable {

    private static final String EVERYTHING = "/*";

    private static final Duration GONE = Duration.ofSeconds(10);
    private static final Duration BLOCKED = Duration.ofSeconds(60);
    /** Whoever looks at the management port waits for a worker, if for anybody. */
    private static final int EVENT_LOOPS = 2;

    private final Optional<BearerToken> token;
    private final StatusPage page;
    private Visitors visitors;
    private volatile ServerThreads threads;

    /**
     * @param token asked for before anything is served; empty: whoever reaches the port may look
     * @param page  the status page
     */
    public ManagementServer(Optional<BearerToken> token, StatusPage page) {
        this.token = token;
        this.page = page;
    }

    @Override
    public Service newHttpManagementServer(CamelContext context, HttpManagementServerConfigurationProperties configuration) {
        ManagementHttpServer server = (ManagementHttpServer) super.newHttpManagementServer(context, configuration);
        // By itself Vert.x makes a folder for files of the class path in the folder of temporary files, and leaves it there when killed.
        visitors = new Visitors("management", (VertxInternal) Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false))), Visitors.Limits.SHIPPED);
        context.getRegistry().bind("managementVertx", Vertx.class, visitors);
        AuthenticationConfig.AuthenticationConfigEntry entry = new AuthenticationConfig.AuthenticationConfigEntry();
        entry.setPath(EVERYTHING);
        entry.setAuthenticationProviderFactory(vertx -> null);
        entry.setAuthenticationHandlerFactory(new AuthenticationConfig.AuthenticationHandlerFactory() {
            @Override
            public <T extends AuthenticationProvider> AuthenticationHandler createAuthenticationHandler(T none) {
                return ManagementServer.this::first;
            }
        });
        AuthenticationConfig authentication = server.getConfiguration().getAuthenticationConfig();
        authentication.setEnabled(true);
        authentication.getEntries().add(entry);
        return server;
    }

    private void first(RoutingContext request) {
        if (visitors.admit(request)) {
            token.ifPresentOrElse(guard -> guard.handle(request), request::next);
        }
    }

    /** Ends the threads of the server. */
    @Override
    public void close() {
        if (visitors != null) {
            visitors.close();
        }
    }

    /**
     * Camel starts services in the order in which they were added, and routes after them. A server that cannot listen is logged by Camel
     * 4.18, which then goes on without it: here the start fails, so that no bridge runs that nobody can look into.
     *
     * @return a listener that adds the status page to a server that listens
     */
    public MainListener pageBehindServer() {
        return new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                CamelContext context = main.getCamelContext();
                try {
                    context.addService(new ServiceSupport() {
                        @Override
                        protected void doStart() {
                            // Whoever only wants to know whether the routes can be built starts no server.
                            Optional.ofNullable(context.hasService(ManagementHttpServer.class)).ifPresent(ManagementServer.this::addPage);
                        }
                    });
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeCamelException(e);
                }
            }
        };
    }

    private void addPage(ManagementHttpServer server) {
        if (((HttpServerImpl) server.getRouter().getServer().getServer()).isClosed()) {
            throw new IllegalStateException("cannot listen on " + server.getHost() + ":" + server.getPort()
                + " for health and metrics; the warning before this says why");
        }
        page.addTo(server.getRouter());
        threads = new ServerThreads(server.getRouter().getServer());
    }

    /** @return what is to be asked about the server: whether it listens, and whether its threads do what they are told */
    public List<Vital> vitals() {
        return List.of(new Vital("The management server", GONE, () -> Optional.ofNullable(threads).flatMap(ServerThreads::gone)),
            new Vital("The management server", BLOCKED, () -> Optional.ofNullable(threads).flatMap(ServerThreads::blocked)));
    }
}
