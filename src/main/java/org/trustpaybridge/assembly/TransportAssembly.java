package org.trustpaybridge.assembly;

import java.time.Duration;
import java.util.Map;

import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.transport.OutOfStepLog;
import org.trustpaybridge.transport.ProviderClient;
import org.trustpaybridge.transport.ProviderConnections;

/**
 * The way to the provider. Needs somebody who counts.
 *
 * @param connections       of the scheme http
 * @param secureConnections of the scheme https
 * @param client            makes the calls
 */
record TransportAssembly(ProviderConnections connections, ProviderConnections secureConnections, ProviderClient client) {

    /** Of each call of the provider; the names are those of camel-http's endpoints. */
    private static final Map<String, String> CALLS = Map.ofEntries(
        // The API key is added below Camel, so that it is in no header and in no URI.
        Map.entry("httpClientConfigurer", "#providerClient"),
        Map.entry("headerFilterStrategy", "#providerHeaders"),
        // No header of a message changes where a call goes, and of an answer only what is filtered in counts.
        Map.entry("skipControlHeaders", "true"),
        Map.entry("copyHeaders", "false"),
        Map.entry("followRedirects", "false"),
        // Each answer is judged, whatever its status.
        Map.entry("throwExceptionOnFailure", "false"),
        Map.entry("disableStreamCache", "true"),
        // No call waits for a connection: as many workers call at once.
        Map.entry("connectionsPerRoute", "{{delivery.concurrency}}"),
        Map.entry("maxTotalConnections", "{{delivery.concurrency}}"),
        Map.entry("connectTimeout", "{{multisafepay.connect-timeout}}"),
        Map.entry("connectionRequestTimeout", "{{multisafepay.connect-timeout}}"),
        Map.entry("responseTimeout", "{{multisafepay.response-timeout}}"),
        Map.entry("soTimeout", "{{multisafepay.response-timeout}}"));

    static TransportAssembly of(Settings settings, String version, BridgeMetrics metrics, SecretsAssembly secrets) {
        Settings.Provider provider = settings.provider();
        Duration connectTimeout = Duration.ofMillis(Long.parseLong(settings.text(Setting.MULTISAFEPAY_CONNECT_TIMEOUT)));
        ProviderConnections plain = new ProviderConnections(connectTimeout);
        ProviderConnections secure = new ProviderConnections(connectTimeout);
        plain.callProvider(provider.baseUrl(), CALLS);
        secure.callProvider(provider.baseUrl(), CALLS);
        secure.tellOfTlsFiles(secrets::watch);
        return new TransportAssembly(plain, secure,
            new ProviderClient(secrets.apiKey(), secrets.apiKeyRefused(), connectTimeout, provider.responseTimeout(), "trustpay-bridge/"
                + version,
                provider.proxy(),
                new OutOfStepLog(found -> metrics.outOfStep(found.word()))));
    }

    void bindTo(Beans beans) {
        beans.bind("http", connections);
        beans.bind("https", secureConnections);
        beans.bind("providerClient", client);
    }
}
