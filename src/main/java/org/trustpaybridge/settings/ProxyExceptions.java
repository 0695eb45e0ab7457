package org.trustpaybridge.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The hosts that are reached without a proxy: {@code NO_PROXY}, Java's {@code http.nonProxyHosts}, and what Camel was told. */
final class ProxyExceptions {

    private final GivenValues given;

    ProxyExceptions(GivenValues given) {
        this.given = given;
    }

    /** @return whether the host of this URL is one of them */
    boolean name(URI url) {
        String host = bare(url.getHost());
        int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        boolean ofShell = Stream.of("no_proxy", "NO_PROXY").map(given::environment).flatMap(Optional::stream).limit(1)
            .flatMap(text -> Arrays.stream(text.split("[,\\s]+"))).anyMatch(entry -> ofShell(entry.toLowerCase(Locale.ROOT), host, port));
        return ofShell || Stream.concat(given.system("http.nonProxyHosts").stream(),
                new CamelHttpSettings(given).nonProxyHosts(url.getScheme()).stream())
            .flatMap(text -> Arrays.stream(text.split("[|,\\s]+"))).anyMatch(entry -> wildcard(bare(entry), host));
    }

    /** A name stands for what is below it too. */
    private static boolean ofShell(String entry, String host, int port) {
        if (entry.isEmpty()) {
            return false;
        }
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return inNetwork(entry, host);
        }
        String name = entry;
        if (entry.matches("(\\[.*\\]|[^:]*):\\d+")) {
            if (Integer.parseInt(entry.substring(entry.lastIndexOf(':') + 1)) != port) {
                return false;
            }
            name = entry.substring(0, entry.lastIndexOf(':'));
        }
        String plain = bare(name.replaceFirst("^\\*?\\.", ""));
        return host.equals(plain) || host.endsWith("." + plain) && !host.matches("[\\d.]+") || wildcard(plain, host);
    }

    /** Networks of IPv4, for addresses that are written as such; names are not looked up for it. */
    private static boolean inNetwork(String entry, String host) {
        String[] parts = entry.split("/", 2);
        Optional<Long> network = address(parts[0]);
        Optional<Long> address = address(host);
        if (network.isEmpty() || address.isEmpty() || !parts[1].matches("[0-9]|[12][0-9]|3[0-2]")) {
            return false;
        }
        int shift = 32 - Integer.parseInt(parts[1]);
        return network.get() >> shift == address.get() >> shift;
    }

    private static Optional<Long> address(String text) {
        if (!text.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(text.split("\\.")).mapToLong(Long::parseLong).reduce(0, (sum, octet) -> sum << 8 | octet & 0xff));
    }

    private static boolean wildcard(String entry, String host) {
        return !entry.isEmpty() && host.matches(Arrays.stream(entry.split("\\*", -1)).map(part -> part.isEmpty() ? "" : Pattern.quote(part))
            .reduce((a, b) -> a + ".*" + b).orElse(""));
    }

    private static String bare(String host) {
        return String.valueOf(host).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    }
}
