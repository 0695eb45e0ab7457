package org.trustpaybridge.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * How a simulator behaves. Start from {@link #defaults()} and change what matters.
 *
 * @param host          address to listen on
 * @param port          port to listen on; 0 for any free one
 * @param apiKey        the only key that is accepted; null accepts any key that is not empty
 * @param latency       wait before each answer of the API
 * @param faults        share of the API calls that go wrong
 * @param maxOrders     orders remembered; beyond it the oldest is forgotten
 * @param publicUrl     start of every payment URL, without a slash at its end; null for the address listened on
 * @param seed          makes chance repeatable; null for another run each time
 * @param notifyAnyHost whether notifications go to hosts other than this machine
 * @param notifyInterval wait before a notification that was not acknowledged is sent again, three times
 * @param slowInterval  pause after each byte of the fault {@code slow}
 * @param hold          longest silence of the fault {@code timeout}
 */
public record SimulatorOptions(
    String host, int port, String apiKey, Latency latency, FaultPlan faults, int maxOrders, String publicUrl, Long seed,
    boolean notifyAnyHost, Duration notifyInterval, Duration slowInterval, Duration hold) {

    public SimulatorOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(faults, "faults");
        require(!host.isBlank(), "the host is empty");
        require(port >= 0 && port <= 65535, "port " + port + " does not exist; ports run from 0 (any free one) to 65535");
        require(apiKey == null || !apiKey.isBlank(), "the API key is empty");
        require(maxOrders >= 1, "at least 1 order must be remembered, not " + maxOrders);
        require(notifyInterval.toMillis() >= 1, "the notify interval is at least 1ms");
        require(slowInterval.toMillis() >= 1, "the slow interval is at least 1ms");
        require(hold.toMillis() >= 1, "the hold is at least 1ms");
        publicUrl = publicUrl == null ? null : checkedBase(publicUrl);
    }

    /** Any free port on 127.0.0.1, any key, no latency, no faults: what an in-process test wants. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions("127.0.0.1", 0, null, Latency.NONE, FaultPlan.NONE, 100_000, null, null, false, Duration.ofMinutes(15),
            Duration.ofMillis(100), Duration.ofMinutes(5));
    }

    public SimulatorOptions withApiKey(String key) {
        return new SimulatorOptions(host, port, key, latency, faults, maxOrders, publicUrl, seed, notifyAnyHost, notifyInterval,
            slowInterval, hold);
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(host, newPort, apiKey, latency, faults, maxOrders, publicUrl, seed, notifyAnyHost, notifyInterval,
            slowInterval, hold);
    }

    public SimulatorOptions withLatency(Latency newLatency) {
        return new SimulatorOptions(host, port, apiKey, newLatency, faults, maxOrders, publicUrl, seed, notifyAnyHost, notifyInterval,
            slowInterval, hold);
    }

    public SimulatorOptions withFaults(FaultPlan plan) {
        return new SimulatorOptions(host, port, apiKey, latency, plan, maxOrders, publicUrl, seed, notifyAnyHost, notifyInterval,
            slowInterval, hold);
    }

    public SimulatorOptions withMaxOrders(int most) {
        return new SimulatorOptions(host, port, apiKey, latency, faults, most, publicUrl, seed, notifyAnyHost, notifyInterval, slowInterval,
            hold);
    }

    public SimulatorOptions withPublicUrl(String url) {
        return new SimulatorOptions(host, port, apiKey, latency, faults, maxOrders, url, seed, notifyAnyHost, notifyInterval, slowInterval,
            hold);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(host, port, apiKey, latency, faults, maxOrders, publicUrl, newSeed, notifyAnyHost, notifyInterval,
            slowInterval, hold);
    }

    public SimulatorOptions withSlowInterval(Duration interval) {
        return new SimulatorOptions(host, port, apiKey, latency, faults, maxOrders, publicUrl, seed, notifyAnyHost, notifyInterval,
            interval, hold);
    }

    public SimulatorOptions withHold(Duration longest) {
        return new SimulatorOptions(host, port, apiKey, latency, faults, maxOrders, publicUrl, seed, notifyAnyHost, notifyInterval,
            slowInterval, longest);
    }

    public SimulatorOptions withNotifyInterval(Duration interval) {
        return new SimulatorOptions(host, port, apiKey, latency, faults, maxOrders, publicUrl, seed, notifyAnyHost, interval, slowInterval,
            hold);
    }

    private static String checkedBase(String url) {
        try {
            URI uri = URI.create(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            require(web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null,
                "the public URL '" + url + "' should look like https://pay.example.com");
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("the public URL '" + url + "' should look like https://pay.example.com", wrong);
        }
        return url.replaceFirst("/+$", "");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Everything but the API key. */
    @Override
    public String toString() {
        return "SimulatorOptions[host=" + host + ", port=" + port + ", apiKey=" + (apiKey == null ? "any" : "***") + ", latency=" + latency
            + ", faults=" + faults + ", maxOrders=" + maxOrders + ", publicUrl=" + publicUrl + ", seed=" + seed
            + ", notifyAnyHost=" + notifyAnyHost + ", notifyInterval=" + notifyInterval + ", slowInterval=" + slowInterval + ", hold="
            + hold + "]";
    }
}
