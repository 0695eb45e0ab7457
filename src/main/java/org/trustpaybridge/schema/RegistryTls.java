package org.trustpaybridge.schema;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.trustpaybridge.settings.RegistrySettings;

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
        trust.init(settings.trustStore().isPresent() ? settings.trustStore().get().open() : null);
        KeyManagerFactory keys = null;
        if (settings.keyStore().isPresent()) {
            keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(settings.keyStore().get().open(), settings.keyStore().get().characters());
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return Optional.of(context);
    }
}
