package org.trustpaybridge.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.net.ssl.HostnameVerifier;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.client5.http.socket.PlainConnectionSocketFactory;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.trustpaybridge.secrets.Reread;

/** camel-http with connections that are small, bounded, and looked at before they are used again. */
// camel-http hands on the deprecated socket factories of HttpClient (4.18).
@SuppressWarnings("deprecation")
@Component("http,https")
public final class ProviderConnections extends HttpComponent {

    /** A connection has three buffers on the heap and one outside, of 8 KiB each by default, for orders and answers of about one KiB. */
    private static final int BUFFER = 2 * 1024;
    private static final Http1Config BOUNDS = Http1Config.custom().setBufferSize(BUFFER)
        .setMaxLineLength(8 * 1024).setMaxHeaderCount(200).setMaxEmptyLineCount(10).build();

    private final Duration connectTimeout;
    private final DnsResolver names;
    private Consumer<Reread<?>> tlsFiles = files -> { };
    private Optional<URI> provider = Optional.empty();
    private Map<String, String> calls = Map.of();

    /** @param connectTimeout longest wait for a connection */
    public ProviderConnections(Duration connectTimeout) {
        this(connectTimeout, SystemDefaultDnsResolver.INSTANCE);
    }

    ProviderConnections(Duration connectTimeout, DnsResolver names) {
        this.connectTimeout = connectTimeout;
        this.names = new PatientResolver(names, connectTimeout);
        // With a listener camel-http shows the client below which exchange it calls for.
        setHttpActivityListener(new NoListener());
    }

    /** @param told of the stores of certificates, once for each endpoint over TLS that has some */
    public void tellOfTlsFiles(Consumer<Reread<?>> told) {
        tlsFiles = told;
    }

    /**
     * Says once how the provider is called, whichever route does so. Endpoints of other addresses get none of this: the API key is not
     * theirs.
     *
     * @param baseUrl    of the provider
     * @param parameters of each endpoint at or below it, by the names that they have in routes; what a route says itself counts
     */
    public void callProvider(URI baseUrl, Map<String, String> parameters) {
        provider = Optional.of(baseUrl);
        calls = Map.copyOf(parameters);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (provider.isPresent() && isBelow(provider.get(), URI.create(uri))) {
            calls.forEach((name, value) -> parameters.putIfAbsent(name, getCamelContext().resolvePropertyPlaceholders(value)));
        }
        return super.createEndpoint(uri, remaining, parameters);
    }

    private static boolean isBelow(URI base, URI address) {
        return base.getScheme().equalsIgnoreCase(address.getScheme()) && base.getHost().equalsIgnoreCase(address.getHost())
            && port(base) == port(address) && slashed(address).startsWith(slashed(base));
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static String slashed(URI address) {
        String path = address.normalize().getPath();
        return path.endsWith("/") ? path : path + "/";
    }

    @Override
    protected Registry<ConnectionSocketFactory> createConnectionRegistry(HostnameVerifier verifier, SSLContextParameters tls,
                                                                         boolean systemProperties)
        throws GeneralSecurityException, IOException {
        Optional<RereadTls> reread = tls == null ? Optional.empty() : RereadTls.of(tls, verifier, getCamelContext());
        if (reread.isEmpty()) {
            return super.createConnectionRegistry(verifier, tls, systemProperties);
        }
        tlsFiles.accept(reread.get().files());
        return RegistryBuilder.<ConnectionSocketFactory>create().register("http", PlainConnectionSocketFactory.getSocketFactory())
            .register("https", reread.get()).build();
    }

    @Override
    protected HttpClientConnectionManager createConnectionManager(Registry<ConnectionSocketFactory> schemes, int most, int mostOfRoute,
                                                                  SocketConfig socket) {
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
            new Operator(schemes, names, connectTimeout), PoolConcurrencyPolicy.STRICT, PoolReusePolicy.LIFO,
            TimeValue.ofMilliseconds(getConnectionTimeToLive()), new Factory());
        // Before each use; what that means is said by ProviderConnection.
        connections.setDefaultConnectionConfig(ConnectionConfig.custom().setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS).build());
        firstAboveZero(most, getMaxTotalConnections()).ifPresent(connections::setMaxTotal);
        firstAboveZero(mostOfRoute, getConnectionsPerRoute()).ifPresent(connections::setDefaultMaxPerRoute);
        connections.setDefaultSocketConfig(socket);
        return connections;
    }

    private static OptionalInt firstAboveZero(int ofEndpoint, int ofComponent) {
        return IntStream.of(ofEndpoint, ofComponent).filter(limit -> limit > 0).findFirst();
    }

    private static final class Factory implements HttpConnectionFactory<ManagedHttpClientConnection> {

        private final AtomicLong count = new AtomicLong();

        @Override
        public ManagedHttpClientConnection createConnection(Socket none) {
            return new ProviderConnection("provider-" + count.incrementAndGet(), BOUNDS);
        }
    }

    /** Each address gets the time for a connection, TLS included. */
    private static final class Operator extends DefaultHttpClientConnectionOperator {

        /** The time-out of the socket comes first, after which the next address is tried. */
        private static final Duration GRACE = Duration.ofMillis(500);

        private final Duration connectTimeout;

        Operator(Registry<ConnectionSocketFactory> schemes, DnsResolver names, Duration connectTimeout) {
            super(schemes, null, names);
            this.connectTimeout = connectTimeout;
        }

        @Override
        protected void onBeforeSocketConnect(HttpContext context, HttpHost host) {
            if (context.getAttribute(CallExecutor.CALL) instanceof ProviderCall call) {
                call.connects();
                call.within(connectTimeout.plus(GRACE));
            }
        }
    }

    private static final class NoListener implements HttpActivityListener {

        @Override
        public void onRequestSubmitted(Object source, Exchange exchange, HttpHost host, HttpRequest request, HttpEntity entity) {
            // Nothing to do.
        }

        @Override
        public void onResponseReceived(Object source, Exchange exchange, HttpHost host, HttpResponse response, HttpEntity entity,
                                       long elapsed) {
            // Nothing to do.
        }
    }
}
