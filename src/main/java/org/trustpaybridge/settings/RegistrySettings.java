package org.trustpaybridge.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A schema registry and how to get in.
 *
 * @param urls       where it is, without a trailing slash; of several any will do
 * @param login      user and password; empty: none is sent
 * @param trustStore whom to trust; empty: those whom Java trusts
 * @param keyStore   who this is; empty: nobody in particular
 */
public record RegistrySettings(List<URI> urls, Optional<Login> login, Optional<Store> trustStore, Optional<Store> keyStore) {

    public RegistrySettings {
        urls = List.copyOf(urls);
    }

    /**
     * @param setting names a file with a password
     * @return the password; empty where there is nobody whose it could be
     */
    public Optional<Secret> password(Setting setting) {
        return switch (setting) {
            case SCHEMA_REGISTRY_PASSWORD_FILE -> login.map(Login::password);
            case SCHEMA_REGISTRY_TRUST_STORE_PASSWORD_FILE -> trustStore.flatMap(Store::password);
            case SCHEMA_REGISTRY_KEY_STORE_PASSWORD_FILE -> keyStore.flatMap(Store::password);
            default -> Optional.empty();
        };
    }

    /**
     * @param setting names a file with a password
     * @param secret  that is in it now
     * @return the same with that password
     */
    public RegistrySettings with(Setting setting, Secret secret) {
        return switch (setting) {
            case SCHEMA_REGISTRY_PASSWORD_FILE -> new RegistrySettings(urls, login.map(known -> new Login(known.user, secret)), trustStore,
                keyStore);
            case SCHEMA_REGISTRY_TRUST_STORE_PASSWORD_FILE -> new RegistrySettings(urls, login, trustStore.map(store -> store.with(secret)),
                keyStore);
            case SCHEMA_REGISTRY_KEY_STORE_PASSWORD_FILE -> new RegistrySettings(urls, login, trustStore,
                keyStore.map(store -> store.with(secret)));
            default -> throw new IllegalArgumentException(setting.key());
        };
    }

    /** All that must not be shown. */
    List<Secret> secrets() {
        return Stream.of(login.map(Login::password), trustStore.flatMap(Store::password), keyStore.flatMap(Store::password))
            .flatMap(Optional::stream).toList();
    }

    /**
     * @param user     name; may have no colon
     * @param password what belongs to it
     */
    public record Login(String user, Secret password) {

        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    /**
     * A key store of Java's.
     *
     * @param file     PKCS12 or JKS
     * @param password of the store and of the keys in it; empty: none
     */
    public record Store(Path file, Optional<Secret> password) {

        Store with(Secret other) {
            return new Store(file, Optional.of(other));
        }

        /**
         * @return what is in it now; Java tells its type from its bytes
         * @throws IOException              when it cannot be read, or not with this password
         * @throws GeneralSecurityException when it is no store that Java knows
         */
        public KeyStore open() throws IOException, GeneralSecurityException {
            return KeyStore.getInstance(file.toFile(), characters());
        }

        /** @return the password; null for none */
        public char[] characters() {
            return password.map(secret -> secret.reveal().toCharArray()).orElse(null);
        }
    }
}
