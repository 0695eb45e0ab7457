package org.trustpaybridge.settings;

import java.net.URI;
import java.nio.file.Path;
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
    }
}
