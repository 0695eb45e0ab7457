package org.trustpaybridge.schema;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.trustpaybridge.settings.RegistrySettings;
import org.trustpaybridge.settings.RegistrySettings.Store;

/** Whom to trust, and who this is, when a registry is called over TLS. */
final class RegistryTls {

    private RegistryTls() {
    }

    /** Read anew for each client, so that stores may be replaced. Empty where Java's own will do. */
    static Optional<SSLContext> context(RegistrySettings settings) throws IOException, GeneralSecurityException {
        if (settings.trustStore().isEmpty() && settings.keyStore().isEmpty()) {
            return Optional.empty();
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(settings.trustStore().isPresent() ? load(settings.trustStore().get()) : null);
        KeyManagerFactory keys = null;
        if (settings.keyStore().isPresent()) {
            keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(settings.keyStore().get()), password(settings.keyStore().get()));
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return Optional.of(context);
    }

    /** Java tells the type of the store from its bytes. */
    private static KeyStore load(Store store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.file().toFile(), password(store));
    }

    private static char[] password(Store store) {
        return store.password().map(password -> password.reveal().toCharArray()).orElse(null);
    }
}
