package org.trustpaybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What camel-http would have set on its own connections is set on ours. */
class ProviderConnectionsTest {

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        ProviderConnections component = new ProviderConnections(Duration.ofSeconds(1));
        component.callProvider(URI.create("http://localhost:1/v1"), Map.of("httpClientConfigurer", "#provider", "connectTimeout",
            "{{connect}}",
            "throwExceptionOnFailure", "false", "skipControlHeaders", "true"));
        camel.getRegistry().bind("provider", (HttpClientConfigurer) builder -> { });
        camel.getPropertiesComponent().addInitialProperty("connect", "777");
        component.setMaxTotalConnections(30);
        component.setConnectionsPerRoute(3);
        ProviderConnections secure = new ProviderConnections(Duration.ofSeconds(1));
        camel.addComponent("https", secure);
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

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/v1/orders?httpMethod=POST", "http://LOCALHOST:1/v1/gateways/TRUSTPAY",
        "http://localhost:1/v1"})
    void a_route_that_calls_the_provider_says_the_address_only(String uri) {
        HttpEndpoint endpoint = camel.getEndpoint(uri, HttpEndpoint.class);

        assertThat(endpoint.getHttpClientConfigurer()).isSameAs(camel.getRegistry().lookupByName("provider"));
        assertThat(endpoint.getConnectTimeout()).isEqualTo(777);
        assertThat(endpoint.isThrowExceptionOnFailure()).isFalse();
        assertThat(endpoint.isSkipControlHeaders()).isTrue();
    }

    @Test
    void what_a_route_says_itself_counts() {
        HttpEndpoint endpoint = camel.getEndpoint("http://localhost:1/v1/orders?skipControlHeaders=false&connectTimeout=5",
            HttpEndpoint.class);

        assertThat(endpoint.isSkipControlHeaders()).isFalse();
        assertThat(endpoint.getConnectTimeout()).isEqualTo(5);
    }

    /** Somebody's own step may call a system of theirs; the API key is none of its business. */
    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:2/v1/orders", "http://example.com:1/v1/orders", "http://localhost:1/v11/orders",
        "http://localhost:1/v1/../crm", "https://localhost:1/v1/orders", "http://example.com/?a=http://localhost:1/v1/orders"})
    void a_call_of_somebody_else_gets_nothing_of_it(String uri) {
        HttpEndpoint endpoint = camel.getEndpoint(uri, HttpEndpoint.class);

        assertThat(endpoint.getHttpClientConfigurer()).isNotSameAs(camel.getRegistry().lookupByName("provider"));
        assertThat(endpoint.isThrowExceptionOnFailure()).isTrue();
    }
}
