package org.trustpaybridge.route;

import java.util.OptionalInt;
import java.util.stream.IntStream;

import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.annotations.Component;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;

/**
 * camel-http with smaller connections. A connection has three buffers on the heap and one outside, of 8 KiB each by default, for orders and
 * answers of about one KiB; camel-http 4.18 has no option for their size. What is larger goes through them in several parts.
 */
@Component("http,https")
public final class ProviderConnections extends HttpComponent {

    private static final int BUFFER = 2 * 1024;

    @Override
    protected HttpClientConnectionManager createConnectionManager(Registry<ConnectionSocketFactory> schemes, int most, int mostOfRoute,
                                                                  SocketConfig socket) {
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(schemes, PoolConcurrencyPolicy.STRICT,
            TimeValue.ofMilliseconds(getConnectionTimeToLive()),
            ManagedHttpClientConnectionFactory.builder().http1Config(Http1Config.custom().setBufferSize(BUFFER).build()).build());
        firstAboveZero(most, getMaxTotalConnections()).ifPresent(connections::setMaxTotal);
        firstAboveZero(mostOfRoute, getConnectionsPerRoute()).ifPresent(connections::setDefaultMaxPerRoute);
        connections.setDefaultSocketConfig(socket);
        return connections;
    }

    private static OptionalInt firstAboveZero(int ofEndpoint, int ofComponent) {
        return IntStream.of(ofEndpoint, ofComponent).filter(limit -> limit > 0).findFirst();
    }
}
