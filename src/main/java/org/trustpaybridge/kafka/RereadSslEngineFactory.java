package org.trustpaybridge.kafka;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;

import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.trustpaybridge.secrets.Reread;
import org.trustpaybridge.secrets.SecretSource;

/**
 * Kafka's own factory, made anew for the next connection when the bytes of its key store or trust store have changed. Kafka's client reads
 * them once (only brokers can be told to read them again), and would fail for good when the old certificate has run out. Stores that cannot
 * be used change nothing. Made by Kafka's client by its name.
 */
public final class RereadSslEngineFactory implements SslEngineFactory {

    private static final String NAME = "camel.component.kafka.ssl-keystore-location, ssl-truststore-location";
    private static final List<String> LOCATIONS = List.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
        SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);

    private Reread<DefaultSslEngineFactory> stores;

    @Override
    public void configure(Map<String, ?> configs) {
        stores = stores(configs);
        if (stores.isOfFiles()) {
            stores.look();
        }
        if (stores.get() == null) {
            // Kafka's own words say why.
            stores = new Reread<>(NAME, List.of(), content -> made(configs), made(configs));
        }
    }

    /**
     * @param configs as Kafka has parsed them
     * @return to be made of the files that they name; without a value before the first look
     */
    static Reread<DefaultSslEngineFactory> stores(Map<String, ?> configs) {
        List<SecretSource> files = new ArrayList<>();
        LOCATIONS.stream().map(configs::get).filter(String.class::isInstance)
            .forEach(path -> files.add(SecretSource.file(Path.of((String) path))));
        return new Reread<>(NAME, files, content -> made(configs), null);
    }

    private static DefaultSslEngineFactory made(Map<String, ?> configs) {
        DefaultSslEngineFactory made = new DefaultSslEngineFactory();
        made.configure(configs);
        return made;
    }

    /** Also the next try after a failed handshake comes here. */
    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        stores.look();
        return stores.get().createClientSslEngine(peerHost, peerPort, endpointIdentification);
    }

    @Override
    public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        throw new UnsupportedOperationException("for clients only");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return stores.get().shouldBeRebuilt(nextConfigs);
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return stores.get().reconfigurableConfigs();
    }

    @Override
    public KeyStore keystore() {
        return stores.get().keystore();
    }

    @Override
    public KeyStore truststore() {
        return stores.get().truststore();
    }

    @Override
    public void close() {
        stores.get().close();
    }
}
