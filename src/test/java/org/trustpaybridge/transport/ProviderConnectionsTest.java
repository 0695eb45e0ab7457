package org.trustpaybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What camel-http would have set on its own connections is set on ours. */
class ProviderConnectionsTest {

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        ProviderConnections component = new ProviderConnections(Duration.ofSeconds(1));
        component.setMaxTotalConnections(30);
        component.setConnectionsPerRoute(3);
        camel.addComponent("http", component);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @CsvSource({"maxTotalConnections=7&connectionsPerRoute=5, 7, 5", "connectionsPerRoute=5, 30, 5", "muteException=true, 30, 3"})
    void the_limits_of_an_endpoint_count_and_otherwise_those_of_the_component(String query, int most, int mostOfRoute) {
        HttpEndpoint endpoint = camel.getEndpoint("http://localhost:1/orders?" + query, HttpEndpoint.class);

        PoolingHttpClientConnectionManager connections = (PoolingHttpClientConnectionManager) endpoint.getClientConnectionManager();
        assertThat(connections.getMaxTotal()).isEqualTo(most);
        assertThat(connections.getDefaultMaxPerRoute()).isEqualTo(mostOfRoute);
    }
}
