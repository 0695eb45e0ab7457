package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that somebody named is gone through, or refused with a word; never passed over. */
class ProxySettingsTest {

    private static final Proxy.Login LOGIN = new Proxy.Login("me", new Secret("pw-1@:%"));

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>(Map.of("MULTISAFEPAY_API_KEY", "k", "MULTISAFEPAY_BASE_URL",
        "https://api.example.com/v1/json"));
    private final Properties system = new Properties();

    @ParameterizedTest
    @CsvSource({"MULTISAFEPAY_PROXY, multisafepay.proxy", "HTTPS_PROXY, HTTPS_PROXY", "https_proxy, https_proxy", "ALL_PROXY, ALL_PROXY",
        "CAMEL_COMPONENT_HTTPS_PROXY_HOST, camel.component.https.proxy-host", "https.proxyHost, https.proxyHost"})
    void each_way_to_name_a_proxy_counts(String name, String from) throws IOException {
        // Given
        switch (name) {
            case "CAMEL_COMPONENT_HTTPS_PROXY_HOST" -> environment.putAll(Map.of(name, "proxy.example.com",
                "CAMEL_COMPONENT_HTTPS_PROXY_PORT", "3128",
                "CAMEL_COMPONENT_HTTPS_PROXY_AUTH_SCHEME", "http"));
            case "https.proxyHost" -> system.putAll(Map.of(name, "proxy.example.com", "https.proxyPort", "3128"));
            default -> environment.put(name, "http://proxy.example.com:3128");
        }
        environment.put("MULTISAFEPAY_PROXY_PASSWORD_FILE", Files.writeString(folder.resolve("pw"), "me:pw-1@:%\n").toString());

        // When
        Settings settings = load();

        // Then
        assertThat(settings.provider().proxy()).contains(new Proxy(URI.create("http://proxy.example.com:3128"), Optional.of(LOGIN), from));
        assertThat(settings.properties().toString() + settings + settings.provider()).doesNotContain("pw-1");
        assertThat(settings.knownSecrets().mask("pw-1@:%")).isEqualTo("***");
    }

    @Test
    void our_own_setting_wins_over_the_others_and_its_url_may_hold_the_login() {
        environment.putAll(Map.of("MULTISAFEPAY_PROXY", "https://me:pw-1%40%3A%25@proxy.example.com", "HTTPS_PROXY", "http://other:1"));

        Proxy proxy = load().provider().proxy().orElseThrow();

        assertThat(proxy).isEqualTo(new Proxy(URI.create("https://proxy.example.com:443"), Optional.of(LOGIN), "multisafepay.proxy"));
        assertThat(proxy.shown() + proxy).doesNotContain("pw-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "other.org,example.com", ".example.com", "*.example.com", "*", "api.example.com:443",
        "API.Example.com",
        "a b api.example.com"})
    void no_proxy_names_hosts_that_are_reached_without(String exceptions) {
        environment.putAll(Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", exceptions));

        assertThat(load().provider().proxy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "xample.com", "api.example.com:8443", "10.0.0.0/8", "pi.example.com", ",", "api"})
    void and_no_others(String exceptions) {
        environment.putAll(Map.of("MULTISAFEPAY_PROXY", "http://proxy:3128", "NO_PROXY", exceptions));

        assertThat(load().provider().proxy()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 10.0.0.0/8, true", "10.1.2.3, 10.1.2.3, true", "11.1.2.3, 10.0.0.0/8, false", "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, localhost, false"})
    void addresses_are_compared_as_they_are_written(String host, String exceptions, boolean without) {
        environment.putAll(Map.of("HTTPS_PROXY", "proxy:3128", "no_proxy", exceptions, "MULTISAFEPAY_BASE_URL", "https://" + host
            + ":8443/v1/json"));

        assertThat(load().provider().proxy().isEmpty()).isEqualTo(without);
    }

    @Test
    void javas_own_exceptions_count_too() {
        system.putAll(Map.of("https.proxyHost", "proxy", "http.nonProxyHosts", "localhost|127.*|*.example.com"));

        assertThat(load().provider().proxy()).isEmpty();
    }

    @Test
    void a_simulator_on_this_machine_is_not_looked_for_behind_the_proxy_of_a_shell() {
        environment.putAll(Map.of("HTTP_PROXY", "http://proxy:3128", "MULTISAFEPAY_BASE_URL", "http://localhost:8090/v1/json"));

        assertThat(load().provider().proxy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HTTPS_PROXY, socks5://u:secret-9@proxy:1080", "HTTPS_PROXY, http://u:secret-9@:1", "https_proxy, u:secret-9@proxy:port"})
    void what_cannot_be_used_is_refused_and_not_shown(String name, String value) {
        environment.put(name, value);

        InvalidSettingsException refusal = refusal();

        assertThat(refusal.problems()).singleElement().satisfies(only -> assertThat(only.key()).isEqualTo(name));
        assertThat(refusal).hasMessageNotContaining("secret-9");
    }

    @ParameterizedTest
    @CsvSource({"socksProxyHost, proxy", "java.net.useSystemProxies, true", "http.proxyHost, proxy"})
    void properties_of_java_that_would_have_no_effect_are_refused(String name, String value) {
        system.put(name, value);

        assertThat(refusal().problems()).singleElement().satisfies(only -> assertThat(only.key()).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({"CAMEL_COMPONENT_HTTPS_CONNECT_TIMEOUT, camel.component.https.connect-timeout",
        "CAMEL_COMPONENT_HTTP_PROXY_HOST, camel.component.http.proxy-host",
        "CAMEL_COMPONENT_HTTPS_FOLLOW_REDIRECTS, camel.component.https.follow-redirects",
        "CAMEL_COMPONENT_HTTPS_USE_SYSTEM_PROPERTIES, camel.component.https.use-system-properties"})
    void settings_of_camels_http_that_have_no_effect_are_refused(String variable, String key) {
        environment.put(variable, "true");

        assertThat(refusal().problems()).singleElement().satisfies(only -> {
            assertThat(only.key()).isEqualTo(key);
            assertThat(only.problem()).startsWith("has no effect");
        });
    }

    @Test
    void a_login_is_whole_and_said_once() {
        environment.putAll(Map.of("MULTISAFEPAY_PROXY", "http://u:p@proxy:3128", "MULTISAFEPAY_PROXY_USER", "me"));
        assertThat(refusal().problems()).extracting(SettingsProblem::problem).containsExactly("the URL of the proxy has a user already");
        environment.put("MULTISAFEPAY_PROXY", "http://proxy:3128");
        assertThat(refusal().problems()).extracting(SettingsProblem::problem).containsExactly("set without a password");
        environment.put("MULTISAFEPAY_PROXY_PASSWORD", "pw");
        assertThat(load().provider().proxy().flatMap(Proxy::login)).contains(new Proxy.Login("me", new Secret("pw")));
        environment.remove("MULTISAFEPAY_PROXY_USER");
        assertThat(refusal().problems()).extracting(SettingsProblem::problem).containsExactly("set without a user");
        environment.put("MULTISAFEPAY_PROXY_PASSWORD_FILE", "nowhere");
        assertThat(refusal().problems()).extracting(SettingsProblem::problem)
            .containsExactly("set together with multisafepay.proxy-password-file");
    }

    @Test
    void the_one_that_holds_is_shown_with_its_name_and_no_login() {
        environment.put("HTTPS_PROXY", "http://me:pw-1@proxy:3128");

        List<EffectiveSetting> shown = EffectiveSetting.all(environment, system, Optional.empty(), List.of());

        assertThat(shown).contains(new EffectiveSetting("multisafepay.proxy", "http://***@proxy:3128 (HTTPS_PROXY)", Origin.ENVIRONMENT));
    }

    private Settings load() {
        return new SettingsLoader(environment, system).load(Optional.empty());
    }

    private InvalidSettingsException refusal() {
        return catchThrowableOfType(InvalidSettingsException.class, this::load);
    }
}
