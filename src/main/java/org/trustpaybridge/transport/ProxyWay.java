package org.trustpaybridge.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.trustpaybridge.settings.Proxy;

/**
 * The way through the proxy that the settings name, or straight to the provider; nothing else decides about it, neither Camel nor Java.
 * Over TLS it is a tunnel, so that the proxy sees neither orders nor the API key; without TLS the proxy passes each call on.
 */
final class ProxyWay implements HttpRoutePlanner {

    private final Optional<Proxy> proxy;
    private final HttpHost host;

    ProxyWay(Optional<Proxy> proxy) {
        this.proxy = proxy;
        this.host = proxy.map(Proxy::url).map(url -> new HttpHost(url.getScheme(), url.getHost(), url.getPort())).orElse(null);
    }

    @Override
    public HttpRoute determineRoute(HttpHost to, HttpContext context) throws HttpException {
        HttpHost target = RoutingSupport.normalize(to, DefaultSchemePortResolver.INSTANCE);
        boolean secure = "https".equalsIgnoreCase(target.getSchemeName());
        return host == null ? new HttpRoute(target, null, secure) : new HttpRoute(target, null, host, secure);
    }

    void configure(HttpClientBuilder builder) {
        builder.setRoutePlanner(this);
        proxy.flatMap(Proxy::login).ifPresent(login -> {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(new AuthScope(host),
                new UsernamePasswordCredentials(login.user(), login.password().reveal().toCharArray()));
            builder.setDefaultCredentialsProvider(credentials);
        });
    }

    /**
     * Tells the proxy the login with each call that is not tunnelled; the proxy takes it off. Otherwise each would be made twice. In a
     * tunnel it would reach the provider; there the proxy has asked before.
     */
    void greet(HttpRequest request, HttpRoute route) {
        if (host != null && !route.isTunnelled()) {
            proxy.flatMap(Proxy::login).map(login -> login.user() + ":" + login.password().reveal()).ifPresent(both ->
                request.setHeader(new BasicHeader(HttpHeaders.PROXY_AUTHORIZATION,
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)), true)));
        }
    }
}
