package org.trustpaybridge.transport;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.settings.Proxy;
import org.trustpaybridge.settings.Secret;
import org.trustpaybridge.testkit.TestCertificate;

/** The client as the routes use it, without a bridge around it, and with short times. */
final class ClientRig implements AutoCloseable {

    static final Duration CONNECT = Duration.ofMillis(400);
    static final Duration RESPONSE = Duration.ofMillis(700);
    /** "Never longer than its time-out plus a second." */
    static final Duration LATE = Duration.ofSeconds(1);

    final Queue<OutOfStep> outOfStep = new ConcurrentLinkedQueue<>();
    private final CamelContext camel = new DefaultCamelContext();
    private final ProviderClient client;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final ProducerTemplate template;

    ClientRig() {
        this(SystemDefaultDnsResolver.INSTANCE, null);
    }

    ClientRig(DnsResolver names, TestCertificate trusted) {
        this(names, trusted, 0);
    }

    /** @param proxyPort on this machine; 0: none */
    ClientRig(DnsResolver names, TestCertificate trusted, int proxyPort) {
        this(names, trusted, proxyPort == 0 ? Optional.empty()
            : Optional.of(new Proxy(URI.create("http://127.0.0.1:" + proxyPort), Optional.empty(), "test")));
    }

    ClientRig(DnsResolver names, TestCertificate trusted, Optional<Proxy> proxy) {
        client = new ProviderClient(new Secret("k"), CONNECT, RESPONSE, "test", proxy, outOfStep::add);
        ProviderConnections https = new ProviderConnections(CONNECT, names);
        if (trusted != null) {
            https.setSslContextParameters(trusting(trusted));
        }
        camel.addComponent("http", new ProviderConnections(CONNECT, names));
        camel.addComponent("https", https);
        camel.getRegistry().bind("providerClient", client);
        camel.start();
        template = camel.createProducerTemplate();
    }

    private static SSLContextParameters trusting(TestCertificate trusted) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + trusted.trustStore());
        store.setPassword(TestCertificate.PASSWORD);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        return tls;
    }

    /** How a call ended. */
    record Call(int status, String body, TransportFault fault, Throwable thrown, boolean doubtful, Duration took) {
    }

    Call post(String url, String orderId) {
        return post(url, orderId, ("{\"order_id\":\"" + orderId + "\"}").getBytes(StandardCharsets.UTF_8), false);
    }

    Call post(String url, String orderId, byte[] body, boolean freshConnection) {
        Endpoint endpoint = endpoints.computeIfAbsent(url, address -> camel.getEndpoint(address
            + "?httpMethod=POST&throwExceptionOnFailure=false&skipControlHeaders=true&copyHeaders=false"
            + "&httpClientConfigurer=#providerClient&followRedirects=false&disableStreamCache=true&connectionsPerRoute=64"
            + "&maxTotalConnections=64"
            + "&connectTimeout=" + CONNECT.toMillis() + "&connectionRequestTimeout=" + CONNECT.toMillis()
            + "&responseTimeout=" + RESPONSE.toMillis() + "&soTimeout=" + RESPONSE.toMillis()));
        Exchange exchange = new DefaultExchange(camel);
        ProviderCall.prepare(exchange, orderId, freshConnection);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(Map.of("Content-Type", "application/json"));
        long from = System.nanoTime();
        template.send(endpoint, exchange);
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        Throwable thrown = exchange.getException();
        return new Call(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
            exchange.getMessage().getBody(String.class), thrown instanceof CallFailedException failed ? failed.fault() : null, thrown,
            ProviderCall.of(exchange).doubtful(), took);
    }

    /** The addresses of one name; all others are looked up as usual. */
    static DnsResolver names(String name, String... addresses) {
        return new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                if (!host.equals(name)) {
                    return super.resolve(host);
                }
                InetAddress[] found = new InetAddress[addresses.length];
                for (int i = 0; i < found.length; i++) {
                    found[i] = InetAddress.getByName(addresses[i]);
                }
                return found;
            }
        };
    }

    @Override
    public void close() {
        camel.stop();
        client.close();
    }
}
