package org.trustpaybridge.settings;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was said with {@code camel.component.http.*} and {@code camel.component.https.*} about the way to the provider. */
final class CamelHttpSettings {

    private static final String PREFIX = "camel.component.";
    /** Those that the bridge and its routes leave to the operator, beside those of a proxy. */
    private static final Set<String> WITH_EFFECT = Set.of("nonproxyhosts", "sslcontextparameters", "useglobalsslcontextparameters",
        "x509hostnameverifier", "connectiontimetolive", "autowiredenabled");

    private final GivenValues given;
    private final Map<String, String> all;

    CamelHttpSettings(GivenValues given) {
        this.given = given;
        this.all = given.camelPropertiesOfAll();
    }

    /** Somebody believes that such a setting does something. */
    void refuseWhatHasNoEffect(URI baseUrl) {
        String scheme = baseUrl.getScheme();
        all.keySet().forEach(key -> {
            if (key.startsWith(PREFIX + "http.") || key.startsWith(PREFIX + "https.")) {
                String ofScheme = key.substring(PREFIX.length(), key.indexOf('.', PREFIX.length()));
                String option = GivenValues.plain(key.substring(PREFIX.length() + ofScheme.length() + 1));
                if (!ofScheme.equals(scheme)) {
                    given.refuse(key, "has no effect, since multisafepay.base-url is " + scheme, "Write " + PREFIX + scheme + ". instead.");
                } else if (!option.startsWith("proxy") && !WITH_EFFECT.contains(option)) {
                    given.refuse(key, "has no effect: the bridge and its routes set this themselves, or Camel has no such setting",
                        "Remove it; docs/settings.md says what can be set.");
                } else if (option.startsWith("proxy") && given.text(Setting.MULTISAFEPAY_PROXY).isPresent()) {
                    given.refuse(key, "set together with multisafepay.proxy", "Keep multisafepay.proxy.");
                }
            }
        });
    }

    /** @return the proxy of this scheme */
    Optional<ProxySettings.Found> proxy(String scheme) {
        return option(scheme, "proxyhost").or(() -> option(scheme, "proxyauthhost")).map(host -> {
            String login = option(scheme, "proxyauthusername").map(user -> encoded(user) + ":"
                + encoded(option(scheme, "proxyauthpassword").orElse("")) + "@").orElse("");
            String port = option(scheme, "proxyport").or(() -> option(scheme, "proxyauthport")).orElse("none");
            String key = key(scheme, "proxyhost").or(() -> key(scheme, "proxyauthhost")).orElseThrow();
            return new ProxySettings.Found(key, option(scheme, "proxyauthscheme").orElse(scheme) + "://" + login + host + ":" + port,
                given.originOfCamel(key));
        });
    }

    /** @return hosts to reach without it, separated by commas */
    Optional<String> nonProxyHosts(String scheme) {
        return option(scheme, "nonproxyhosts");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Optional<String> option(String scheme, String plain) {
        return key(scheme, plain).map(all::get).filter(text -> !text.isBlank());
    }

    private Optional<String> key(String scheme, String plain) {
        return all.keySet().stream().filter(key -> key.startsWith(PREFIX + scheme + ".")
            && GivenValues.plain(key.substring(PREFIX.length() + scheme.length() + 1)).equals(plain)).findFirst();
    }
}
