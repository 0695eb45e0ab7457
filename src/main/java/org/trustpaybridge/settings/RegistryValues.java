package org.trustpaybridge.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.settings.RegistrySettings.Login;
import org.trustpaybridge.settings.RegistrySettings.Store;

/** Reads what was given for the schema registry. */
final class RegistryValues {

    private final GivenValues given;

    /** @param given all values; takes the problems */
    RegistryValues(GivenValues given) {
        this.given = given;
    }

    /** @return empty where there is none, or something is wrong with it */
    Optional<RegistrySettings> read() {
        if (given.text(Setting.SCHEMA_REGISTRY_URL).isEmpty()) {
            return Optional.empty();
        }
        List<URI> urls = urls();
        Optional<Login> login = login();
        Optional<Store> trustStore = store(Setting.SCHEMA_REGISTRY_TRUST_STORE, secret(Setting.SCHEMA_REGISTRY_TRUST_STORE_PASSWORD,
            Setting.SCHEMA_REGISTRY_TRUST_STORE_PASSWORD_FILE));
        Optional<Store> keyStore = store(Setting.SCHEMA_REGISTRY_KEY_STORE, secret(Setting.SCHEMA_REGISTRY_KEY_STORE_PASSWORD,
            Setting.SCHEMA_REGISTRY_KEY_STORE_PASSWORD_FILE));
        return urls.isEmpty() ? Optional.empty() : Optional.of(new RegistrySettings(urls, login, trustStore, keyStore));
    }

    /** They are not shown: one may hold a password. */
    private List<URI> urls() {
        List<URI> urls = new ArrayList<>();
        for (String text : given.text(Setting.SCHEMA_REGISTRY_URL).orElse("").split(",", -1)) {
            Optional<URI> url = SettingsLoader.baseUrl(text.strip());
            if (url.isEmpty()) {
                given.problem(Setting.SCHEMA_REGISTRY_URL, "expected " + Setting.SCHEMA_REGISTRY_URL.limits(),
                    "Give user and password as schema-registry.user and schema-registry.password.");
                return List.of();
            }
            urls.add(url.get());
        }
        return urls;
    }

    private Optional<Login> login() {
        Optional<String> user = given.text(Setting.SCHEMA_REGISTRY_USER);
        Optional<Secret> password = secret(Setting.SCHEMA_REGISTRY_PASSWORD, Setting.SCHEMA_REGISTRY_PASSWORD_FILE);
        if (user.filter(text -> !SecretFile.isVisibleAscii(text) || text.indexOf(':') >= 0).isPresent()) {
            given.problem(Setting.SCHEMA_REGISTRY_USER, "expected " + Setting.SCHEMA_REGISTRY_USER.limits());
            return Optional.empty();
        }
        boolean file = given.text(Setting.SCHEMA_REGISTRY_PASSWORD_FILE).isPresent();
        if (user.isPresent() && password.isEmpty() && !file) {
            given.problem(Setting.SCHEMA_REGISTRY_PASSWORD, "missing, while schema-registry.user is set");
        }
        if (user.isEmpty() && (password.isPresent() || file)) {
            given.problem(Setting.SCHEMA_REGISTRY_USER, "missing, while there is a password for it");
        }
        return user.flatMap(name -> password.map(secret -> new Login(name, secret)));
    }

    private Optional<Secret> secret(Setting value, Setting file) {
        Optional<String> text = given.text(value);
        Optional<String> path = given.text(file);
        if (text.isPresent() && path.isPresent()) {
            given.problem(value, "set together with " + file.key(), "Keep one of the two.");
            return Optional.empty();
        }
        return text.or(() -> path.flatMap(where -> given.firstLine(file, where, "password"))).map(Secret::new);
    }

    /** Opened once, so that a wrong password ends the start and not every call. */
    private Optional<Store> store(Setting setting, Optional<Secret> password) {
        return given.text(setting).flatMap(text -> {
            try {
                Store store = new Store(Path.of(text), password);
                store.open();
                return Optional.of(store);
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                given.problem(setting, "cannot be opened, expected " + setting.limits(),
                    "Check the path, who may read it, and the password.");
                return Optional.empty();
            }
        });
    }
}
