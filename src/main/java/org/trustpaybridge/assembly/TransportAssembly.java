package org.trustpaybridge.assembly;

import java.time.Duration;

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

    static TransportAssembly of(Settings settings, String version, BridgeMetrics metrics, SecretsAssembly secrets) {
        Settings.Provider provider = settings.provider();
        Duration connectTimeout = Duration.ofMillis(Long.parseLong(settings.text(Setting.MULTISAFEPAY_CONNECT_TIMEOUT)));
        ProviderConnections secure = new ProviderConnections(connectTimeout);
        secure.tellOfTlsFiles(secrets::watch);
        return new TransportAssembly(new ProviderConnections(connectTimeout), secure,
            new ProviderClient(secrets.apiKey(), secrets.apiKeyRefused(), connectTimeout, provider.responseTimeout(), "trustpay-bridge/" + version,
                provider.proxy(),
                new OutOfStepLog(found -> metrics.outOfStep(found.word()))));
    }

    void bindTo(Beans beans) {
        beans.bind("http", connections);
        beans.bind("https", secureConnections);
        beans.bind("providerClient", client);
    }
}
