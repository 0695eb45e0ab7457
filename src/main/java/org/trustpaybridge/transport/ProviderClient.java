package org.trustpaybridge.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHeader;
import org.trustpaybridge.settings.Proxy;
import org.trustpaybridge.settings.Secret;
import org.trustpaybridge.supervision.Vital;

/**
 * Sets up the HTTP client for the provider. The API key is added here, below Camel, so that it is never a header of an exchange and never
 * part of an endpoint's URI, which JMX shows.
 *
 * <p>A call ends in time with a whole answer, or with a {@link CallFailedException}, whatever the provider does.
 */
public final class ProviderClient implements HttpClientConfigurer, AutoCloseable {

    private static final Set<Integer> REFUSALS = Set.of(401, 403);

    private final Supplier<Secret> apiKey;
    private final Runnable refused;
    private final Duration connectTimeout;
    private final Duration responseTimeout;
    private final String userAgent;
    private final ProxyWay way;
    private final ConnectionDoubts doubts;
    private final Deadlines deadlines = new Deadlines();

    /**
     * @param apiKey          key of the site
     * @param connectTimeout  longest wait for a connection, with the look-up of its name and TLS
     * @param responseTimeout longest wait for a whole answer, from the moment the request is sent
     * @param userAgent       names this program and its version
     * @param proxy           on the way to the provider; empty: none
     * @param outOfStep       told of each connection whose answers and requests do not belong together
     */
    public ProviderClient(Secret apiKey, Duration connectTimeout, Duration responseTimeout, String userAgent, Optional<Proxy> proxy,
                          Consumer<OutOfStep> outOfStep) {
        this(() -> apiKey, () -> { }, connectTimeout, responseTimeout, userAgent, proxy, outOfStep);
    }

    /**
     * As above, for a key that changes.
     *
     * @param apiKey  key of the site, asked for with each call
     * @param refused told that the key may be refused, before anybody gets the answer
     */
    public ProviderClient(Supplier<Secret> apiKey, Runnable refused, Duration connectTimeout, Duration responseTimeout, String userAgent,
                          Optional<Proxy> proxy,
                          Consumer<OutOfStep> outOfStep) {
        this.apiKey = apiKey;
        this.refused = refused;
        this.connectTimeout = connectTimeout;
        this.responseTimeout = responseTimeout;
        this.userAgent = userAgent;
        this.way = new ProxyWay(proxy);
        this.doubts = new ConnectionDoubts(outOfStep);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        way.configure(builder);
        builder
            .setUserAgent(userAgent)
            .setDefaultHeaders(List.of(new BasicHeader("Accept", "application/json"),
                new BasicHeader("Accept-Encoding", "gzip")))
            // A repetition hidden in the client would be a second payment link that nobody counted.
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            // What comes compressed is unzipped by CallExecutor, within bounds.
            .disableContentCompression()
            .setRequestExecutor(new CallExecutor(doubts, responseTimeout))
            .addExecInterceptorFirst("whole-call", this::call);
    }

    /** @return what is to be asked about the thread that cuts calls */
    public List<Vital> vitals() {
        return deadlines.vitals();
    }

    /** Ends the thread that cuts calls. */
    @Override
    public void close() {
        deadlines.close();
    }

    private ClassicHttpResponse call(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException {
        // Camel puts it there for a listener to HTTP, see ProviderConnections.
        ProviderCall call = ProviderCall.of((Exchange) scope.clientContext.getAttribute("org.apache.camel.Exchange"));
        scope.clientContext.setAttribute(CallExecutor.CALL, call);
        ExecRuntime runtime = scope.execRuntime;
        boolean proxied = scope.route.getProxyHost() != null;
        if (proxied) {
            call.goesThroughProxy();
            way.greet(request, scope.route);
        }
        call.begins((Cancellable) scope.originalRequest, connectTimeout.plus(responseTimeout));
        deadlines.watch(call);
        try {
            request.setHeader(new BasicHeader("api_key", apiKey.get().reveal(), true));
            runtime.acquireEndpoint(scope.exchangeId, scope.route, null, scope.clientContext);
            if (call.wantsFreshConnection() && runtime.isEndpointConnected()) {
                runtime.disconnectEndpoint();
            }
            ClassicHttpResponse answer = chain.proceed(request, scope);
            if (!call.sent() || proxied && answer.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
                throw new ProxyRefusedException(answer.getCode());
            }
            if (REFUSALS.contains(answer.getCode())) {
                refused.run();
            }
            call.answered(answer.getFirstHeader(HttpHeaders.DATE));
            return plain(answer);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Exception | Error e) {
            runtime.discardEndpoint();
            throw new CallFailedException(call.fault(e), e);
        } finally {
            deadlines.forget(call);
        }
    }

    /** The answer without anything that camel-http would act on. */
    private static ClassicHttpResponse plain(ClassicHttpResponse answer) throws IOException {
        ClassicHttpResponse plain = new BasicClassicHttpResponse(answer.getCode());
        Header retryAfter = answer.getFirstHeader(HttpHeaders.RETRY_AFTER);
        if (retryAfter != null) {
            plain.addHeader(retryAfter);
        }
        HttpEntity entity = answer.getEntity();
        if (entity != null) {
            plain.setEntity(entity);
        }
        return plain;
    }
}
