package org.trustpaybridge.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the proxy on the way to the provider: our own setting, else what Camel was told, else Java's system properties, else the variables
 * that most programs read. What is written and cannot be used is a problem, never passed over.
 */
final class ProxySettings {

    private static final String EXPECTED = "expected " + Setting.MULTISAFEPAY_PROXY.limits();
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private final GivenValues given;

    ProxySettings(GivenValues given) {
        this.given = given;
    }

    /** A URL, which may hold a login, and the name that it was given by. */
    record Found(String name, String text, Origin origin) {
    }

    /** @return the proxy; empty where there is none, or where the provider is to be reached without */
    Optional<Proxy> read(Optional<URI> baseUrl) {
        refuseOtherWays();
        Optional<Found> own = given.text(Setting.MULTISAFEPAY_PROXY)
            .map(text -> new Found(Setting.MULTISAFEPAY_PROXY.key(), text, given.origin(Setting.MULTISAFEPAY_PROXY)));
        Optional<Found> found = own.or(() -> otherwise(baseUrl));
        Optional<Proxy> proxy = found.flatMap(this::parsed);
        Optional<Proxy.Login> login = login(found.isPresent(), proxy.flatMap(Proxy::login));
        if (baseUrl.isPresent() && new ProxyExceptions(given).name(baseUrl.get())) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            baseUrl.ifPresent(this::refuseThatOfTheOtherScheme);
        }
        return proxy.map(each -> new Proxy(each.url(), login.or(each::login), each.from()));
    }

    /** @return what was given elsewhere than by our own setting, for the base URL that was given */
    Optional<Found> otherwiseGiven() {
        Optional<URI> baseUrl = given.text(Setting.MULTISAFEPAY_BASE_URL).flatMap(text -> uri(text));
        return otherwise(baseUrl).filter(found -> baseUrl.filter(new ProxyExceptions(given)::name).isEmpty());
    }

    private Optional<Found> otherwise(Optional<URI> baseUrl) {
        if (baseUrl.isEmpty()) {
            return Optional.empty();
        }
        String scheme = baseUrl.get().getScheme();
        boolean simulator = LOOPBACK.contains(String.valueOf(baseUrl.get().getHost()));
        return new CamelHttpSettings(given).proxy(scheme).or(() -> ofJava(scheme))
            // A simulator on this machine is no business of a proxy that the shell knows.
            .or(() -> scheme.equals("http") && simulator ? Optional.empty() : ofEnvironment(scheme));
    }

    private Optional<Found> ofJava(String scheme) {
        return given.system(scheme + ".proxyHost").map(host -> {
            String login = given.system(scheme + ".proxyUser").map(user -> CamelHttpSettings.encoded(user) + ":"
                + CamelHttpSettings.encoded(given.system(scheme + ".proxyPassword").orElse("")) + "@").orElse("");
            return new Found(scheme + ".proxyHost", "http://" + login + host + ":"
                + given.system(scheme + ".proxyPort").orElse(scheme.equals("https") ? "443" : "80"), Origin.SYSTEM_PROPERTY);
        });
    }

    private Optional<Found> ofEnvironment(String scheme) {
        return Stream.of(scheme + "_proxy", scheme.toUpperCase(Locale.ROOT) + "_PROXY", "all_proxy", "ALL_PROXY")
            .flatMap(name -> given.environment(name).map(text -> new Found(name, text.contains("://") ? text : "http://" + text,
                Origin.ENVIRONMENT)).stream()).findFirst();
    }

    /** The text is not shown: it may hold a password. */
    private Optional<Proxy> parsed(Found found) {
        Optional<URI> url = uri(found.text()).filter(each -> List.of("http", "https").contains(String.valueOf(each.getScheme()))
            && each.getHost() != null && each.getPort() <= 65_535 && each.getPort() != 0 && each.getRawQuery() == null
            && each.getRawFragment() == null && List.of("", "/").contains(each.getRawPath()));
        if (url.isEmpty()) {
            if (found.name().equals(Setting.MULTISAFEPAY_PROXY.key())) {
                given.problem(Setting.MULTISAFEPAY_PROXY, EXPECTED);
            } else {
                given.refuse(found.name(), EXPECTED, "Correct it, or set multisafepay.proxy, or have NO_PROXY name MultiSafepay's host.");
            }
            return Optional.empty();
        }
        Optional<Proxy.Login> login = Optional.ofNullable(url.get().getRawUserInfo()).map(ProxySettings::loginOf);
        int port = url.get().getPort() > 0 ? url.get().getPort() : url.get().getScheme().equals("https") ? 443 : 80;
        return Optional.of(new Proxy(URI.create(url.get().getScheme() + "://" + url.get().getHost() + ":" + port), login, found.name()));
    }

    private static Proxy.Login loginOf(String userInfo) {
        String[] parts = userInfo.split(":", 2);
        return new Proxy.Login(decoded(parts[0]), new Secret(parts.length > 1 ? decoded(parts[1]) : ""));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private Optional<Proxy.Login> login(boolean proxyGiven, Optional<Proxy.Login> ofUrl) {
        Optional<String> user = given.value(Setting.MULTISAFEPAY_PROXY_USER,
            text -> Optional.of(text).filter(each -> each.chars().noneMatch(c -> c == ':' || Character.isISOControl(c))));
        Optional<String> password = given.text(Setting.MULTISAFEPAY_PROXY_PASSWORD);
        Optional<String> file = given.text(Setting.MULTISAFEPAY_PROXY_PASSWORD_FILE);
        Setting first = user.isPresent() ? Setting.MULTISAFEPAY_PROXY_USER
            : password.isPresent() ? Setting.MULTISAFEPAY_PROXY_PASSWORD : Setting.MULTISAFEPAY_PROXY_PASSWORD_FILE;
        if (user.isEmpty() && password.isEmpty() && file.isEmpty()) {
            return Optional.empty();
        }
        if (!proxyGiven) {
            given.problem(first, "there is no proxy that it is for", "Set multisafepay.proxy, or remove it.");
            return Optional.empty();
        }
        if (password.isPresent() && file.isPresent()) {
            given.problem(Setting.MULTISAFEPAY_PROXY_PASSWORD, "set together with " + Setting.MULTISAFEPAY_PROXY_PASSWORD_FILE.key(),
                "Keep one of the two.");
            return Optional.empty();
        }
        if (ofUrl.isPresent()) {
            given.problem(first, "the URL of the proxy has a user already", "Keep one of the two.");
            return Optional.empty();
        }
        Optional<String> secret = password.or(() -> file.flatMap(path ->
            given.firstLine(Setting.MULTISAFEPAY_PROXY_PASSWORD_FILE, path, "password")));
        if (secret.filter(text -> text.chars().anyMatch(Character::isISOControl)).isPresent()) {
            given.problem(password.isPresent() ? Setting.MULTISAFEPAY_PROXY_PASSWORD : Setting.MULTISAFEPAY_PROXY_PASSWORD_FILE,
                "the password holds a control character", "Copy it again.");
        }
        if (secret.isEmpty()) {
            if (file.isEmpty()) {
                given.problem(first, "set without a password", "Set multisafepay.proxy-password or multisafepay.proxy-password-file, too.");
            }
            return Optional.empty();
        }
        if (user.isPresent()) {
            return Optional.of(new Proxy.Login(user.get(), new Secret(secret.get())));
        }
        if (file.isEmpty() || secret.get().indexOf(':') < 1) {
            given.problem(first, "set without a user", "Set multisafepay.proxy-user, too.");
            return Optional.empty();
        }
        String[] both = secret.get().split(":", 2);
        return Optional.of(new Proxy.Login(both[0], new Secret(both[1])));
    }

    /** Kafka's client would pass them by, and so would ours. */
    private void refuseOtherWays() {
        String fix = "Remove it, and set multisafepay.proxy to an HTTP proxy.";
        given.system("socksProxyHost").ifPresent(any -> given.refuse("socksProxyHost", "the bridge goes through no SOCKS proxy", fix));
        given.system("java.net.useSystemProxies").filter("true"::equalsIgnoreCase).ifPresent(any ->
            given.refuse("java.net.useSystemProxies", "the bridge does not ask the desktop for proxies", fix));
    }

    private void refuseThatOfTheOtherScheme(URI baseUrl) {
        String other = baseUrl.getScheme().equals("https") ? "http" : "https";
        given.system(other + ".proxyHost").ifPresent(any -> given.refuse(other + ".proxyHost",
            "has no effect, since multisafepay.base-url is " + baseUrl.getScheme(), "Set " + baseUrl.getScheme()
                + ".proxyHost or multisafepay.proxy."));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text)).filter(url -> url.getScheme() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
